"""How well speakers on one channel are told apart, and what it costs.

Error rates are against the sound of each speaker's own channel before mixing, and against the
words of the generator, without and with 0.25 s around every boundary left out, overlap counted. Then:
the share of words (at their true times) given to the right speaker, and how often the number of
voices is found. Argument: how many recordings of each set (default: all).
"""

import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from callreview.domain.talk_metrics import Interval
from callreview.speech.diarization.by_voice import split_by_voice
from callreview.speech.diarization.tell_apart import tell_apart
from callreview.speech.diarization.voices import Voices
from callreview.speech.recognised import ChannelWords, HeardWord
from tests.perf.diarization_error import (
    DiarizationError,
    Speech,
    best_names,
    diarization_error,
)
from tests.perf.telephone_mixes import (
    LINES,
    SHARED,
    Mix,
    like_voices,
    one_sided,
    real_pair,
    sample_mixes,
    transferred,
)

COLLAR_S = 0.25


@dataclass
class Measured:
    """What was found over a set of recordings."""

    errors: dict[str, list[DiarizationError]] = field(default_factory=dict)
    words: int = 0
    right: int = 0
    recordings: int = 0
    counted: int = 0
    alike: int = 0
    audio_s: float = 0.0
    cpu_s: float = 0.0

    def add(self, mix: Mix, voices: Voices, truths: dict[str, Speech]) -> None:
        """Add one recording whose number of speakers was given."""
        found = speech_of(voices)
        for name, truth in truths.items():
            pair = [diarization_error(truth, found, collar) for collar in (0.0, COLLAR_S)]
            before = self.errors.get(name, [DiarizationError()] * 2)
            self.errors[name] = [a + b for a, b in zip(before, pair, strict=True)]
        self.right += words_right(mix, voices)
        self.words += sum(len(words) for words in mix.said.values())
        self.alike += voices.alike

    def lines(self) -> Iterator[str]:
        """The figures as they are printed."""
        for name, (plain, collared) in self.errors.items():
            parts = (plain.missed_s, plain.false_alarm_s, plain.confused_s)
            missed, false_alarm, confused = (100 * part / plain.speech_s for part in parts)
            yield (
                f"error against {name}: {100 * plain.rate:5.2f} / {100 * collared.rate:.2f} % "
                f"(missed {missed:.1f}, false alarm {false_alarm:.1f}, confused {confused:.1f})"
            )
        if self.words:
            yield f"words given the right speaker: {100 * self.right / self.words:.2f} %"
        yield f"number of voices found: {self.counted} of {self.recordings}; alike: {self.alike}"
        yield f"cost: {self.cpu_s / self.audio_s:.3f} s of CPU for a second of sound"


def speech_of(voices: Voices) -> dict[str, tuple[Interval, ...]]:
    """Who was found to speak when."""
    return {str(voice): voices.speech(voice) for voice in range(voices.count)}


def words_right(mix: Mix, voices: Voices) -> int:
    """How many words, at their true times, go to the voice that said them."""
    names = best_names(mix.speech, speech_of(voices))
    said = sorted(
        ((word, who) for who, words in mix.said.items() for word in words),
        key=lambda one: one[0].start_s,
    )
    heard = tuple(
        HeardWord(w.text, w.start_s, w.end_s, w.confidence, speaker_confidence=1.0, language=who)
        for w, who in said
    )
    # The language carries the true speaker through.
    parts = split_by_voice(ChannelWords(0, "", 1.0, heard, ()), voices)
    by_speech = {voices.speech(voice): names.get(str(voice)) for voice in range(voices.count)}
    return sum(word.language == by_speech.get(part.speech) for part in parts for word in part.words)


def measure(mixes: Iterable[Mix], speakers: int, more: Speech | None = None) -> Measured:
    """Tell speakers apart twice: their number to be found, then given."""
    measured = Measured()
    for mix in mixes:
        started = time.process_time()
        voices = tell_apart(mix.prepared, 0)
        measured.cpu_s += time.process_time() - started
        measured.audio_s += mix.prepared.duration_s
        measured.recordings += 1
        measured.counted += voices.count == speakers
        if not any(mix.speech.values()):
            continue
        if voices.count != speakers:
            voices = tell_apart(mix.prepared, 0, speakers=speakers)
        truths: dict[str, Speech] = {"sound of the channels": mix.speech}
        if mix.said:
            truths["words"] = mix.worded
        if more:
            truths["voice activity of the channels"] = more
        measured.add(mix, voices, truths)
    return measured


def show(title: str, measured: Measured) -> None:
    """Print the figures of one set."""
    print(f"{title} ({measured.recordings} recordings)")
    for line in measured.lines():
        print(f"  {line}", flush=True)


def main() -> None:
    """Measure every set."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        if SHARED.is_dir():
            pair, active = real_pair(folder)
            show("Auto_Repairs_40 on one channel", measure([pair], 2, active))
        for line in LINES:
            show(f"Sample calls, {line}", measure(islice(sample_mixes(line, folder), count), 2))
        show("Like voices", measure(islice(like_voices(folder), count), 2))
        show("One voice", measure(islice(one_sided(folder), count), 1))
        show("Three voices", measure(islice(transferred(folder), count), 3))


if __name__ == "__main__":
    main()
