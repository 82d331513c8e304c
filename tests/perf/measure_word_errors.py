"""Word errors, cost and word times of CallReview's recogniser beside stock faster-whisper.

Both run here one after the other on each recording, with the same model, precision and threads:
the sample calls (exact scripts with the place of every word) and, where they lie beside the
repository, the scripted calls of `../shared/data/synthetic_calls`. Costs are seconds per second of
recording; on a busy computer only their ratio means something.
Usage: python -m tests.perf.measure_word_errors [--first N] [--calls FOLDER]
--first takes so many recordings of each set, --calls those of a folder that
`scripts.sample_calls.dialogues` wrote, instead of both sets.
"""

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from callreview.audio.decode import prepare_audio
from callreview.audio.prepared import PreparedAudio
from callreview.domain.call import CallMetadata
from callreview.domain.transcript import Word, join_words
from callreview.speech.models import model_folder
from callreview.speech.recognise import Recogniser
from callreview.speech.speakers import assign_roles
from callreview.speech.word_errors import (
    WordErrors,
    count_word_errors,
    normalise,
    total_word_errors,
)

REPOSITORY = Path(__file__).resolve().parents[2]
SHARED = REPOSITORY.parent / "shared" / "data"
SAMPLES = REPOSITORY / "resources" / "samples"

Said = dict[int | None, list[Word]]
"""Words by channel; all of them under None where a channel holds more than one voice."""


@dataclass(frozen=True)
class Recording:
    """A recording and what was said in it; scripted words without times have none."""

    path: Path
    language: str
    said: Said
    timed: bool


@dataclass
class Measured:
    """What one recogniser cost and did wrong, summed over recordings of a language."""

    audio_s: float = 0.0
    wall_s: float = 0.0
    cpu_s: float = 0.0
    errors: list[WordErrors] = field(default_factory=list)
    time_errors_s: list[float] = field(default_factory=list)


def calls_in(folder: Path) -> Iterator[Recording]:
    """Calls of two channels with the place of every word, such as those that come with CallReview."""
    for path in sorted((folder / "truth").glob("*.json")):
        truth = json.loads(path.read_text("utf-8"))
        said: Said = {0: [], 1: []}
        for turn in truth["turns"]:
            said[truth["channels"].index(turn["speaker"])] += [
                Word(word["text"], word["start_s"], word["end_s"], 1.0) for word in turn["words"]
            ]
        (sound,) = folder.glob(f"{path.stem}.[!j]*")
        yield Recording(sound, truth["language"], said, timed=True)


def scripted_calls() -> Iterator[Recording]:
    """The scripted calls beside the repository: one channel, no times."""
    for path in sorted((SHARED / "synthetic_calls").glob("*.mp3")):
        truth = json.loads((SHARED / "references" / f"{path.stem}.json").read_text("utf-8"))
        text = " ".join(segment["text"] for segment in truth["segments"])
        words = [Word(word, 0.0, 0.0, 1.0) for word in text.split()]
        yield Recording(path, "en", {None: words}, timed=False)


def measure(recordings: Sequence[Recording], recognisers: dict[str, Callable]) -> dict:
    """Let every recogniser do every recording; results by language and recogniser."""
    results: dict[str, dict[str, Measured]] = {}
    for recording in recordings:
        with tempfile.TemporaryDirectory() as folder:
            prepared = prepare_audio([recording.path], Path(folder) / "call.pcm")
            for name, recognise in recognisers.items():
                by_name = results.setdefault(recording.language, {})
                one(by_name.setdefault(name, Measured()), recording, prepared, recognise)
    return results


def one(
    measured: Measured, recording: Recording, prepared: PreparedAudio, recognise: Callable
) -> None:
    """Add one recording to what was measured."""
    wall_s, cpu_s = time.perf_counter(), time.process_time()
    heard = recognise(prepared)
    measured.wall_s += time.perf_counter() - wall_s
    measured.cpu_s += time.process_time() - cpu_s
    measured.audio_s += prepared.duration_s
    for channel, said in recording.said.items():
        words = heard[channel or 0]
        measured.errors.append(
            count_word_errors(join_words(tuple(said)), join_words(words), recording.language)
        )
        if recording.timed:
            measured.time_errors_s += time_errors_s(said, words)


def time_errors_s(said: Sequence[Word], heard: Sequence[Word]) -> list[float]:
    """How far the start of each recognised word is from where the same word was said."""
    errors = []
    for word in heard:
        text = normalise(word.text)
        near = [abs(s.start_s - word.start_s) for s in said if normalise(s.text) == text]
        if near and min(near) < 2.0:
            errors.append(min(near))
    return errors


def ours(recogniser: Recogniser) -> Callable[[PreparedAudio], dict[int, tuple[Word, ...]]]:
    """CallReview's recogniser."""

    def recognise(prepared: PreparedAudio) -> dict[int, tuple[Word, ...]]:
        return {one.channel: one.words for one in recogniser.recognise(prepared)}

    return recognise


def stock() -> Callable[[PreparedAudio], dict[int, tuple[Word, ...]]]:
    """faster-whisper as it comes, on each channel."""
    from faster_whisper import WhisperModel

    model = WhisperModel(str(model_folder()), device="cpu", compute_type="int8", cpu_threads=2)

    def recognise(prepared: PreparedAudio) -> dict[int, tuple[Word, ...]]:
        return {
            channel: tuple(
                Word(word.word.strip(), word.start, word.end, word.probability)
                for segment in model.transcribe(prepared.mono(channel), word_timestamps=True)[0]
                for word in segment.words
            )
            for channel in range(prepared.channels)
        }

    return recognise


def roles_right(recordings: Sequence[Recording], recogniser: Recogniser) -> str:
    """In how many sample calls the agent is found without being told the channel."""
    right = 0
    for recording in recordings:
        with tempfile.TemporaryDirectory() as folder:
            prepared = prepare_audio([recording.path], Path(folder) / "call.pcm")
            speakers = assign_roles(recogniser.recognise(prepared), CallMetadata(""))
            right += [speaker.role for speaker in speakers] == ["agent", "customer"]
    return f"{right} of {len(recordings)}"


def show(title: str, results: dict[str, dict[str, Measured]]) -> None:
    """Print one line for each language and recogniser."""
    for language, by_name in sorted(results.items()):
        for name, measured in by_name.items():
            errors = total_word_errors(measured.errors)
            cost = f"wall {measured.wall_s / measured.audio_s:.3f}"
            cost += f"  cpu {measured.cpu_s / measured.audio_s:.3f}"
            times = statistics.median(measured.time_errors_s) if measured.time_errors_s else None
            start = "" if times is None else f"  word start off by {1000 * times:.0f} ms (median)"
            print(
                f"{title:14} {language}  {name:22} errors {100 * errors.rate:5.2f} % of "
                f"{errors.units}  {cost}{start}",
                flush=True,
            )


def main() -> None:
    """Measure both sets, or the calls of a folder."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--first", type=int)
    parser.add_argument("--calls", type=Path)
    arguments = parser.parse_args()
    count = arguments.first
    recogniser = Recogniser(model_folder(), workers=2)
    recognisers = {"CallReview": ours(recogniser), "faster-whisper (stock)": stock()}
    if arguments.calls:
        show(arguments.calls.name, measure(list(calls_in(arguments.calls))[:count], recognisers))
        return
    samples = list(calls_in(SAMPLES))[:count]
    show("sample calls", measure(samples, recognisers))
    print(f"sample calls: agent found by phrases: {roles_right(samples, recogniser)}", flush=True)
    show("scripted calls", measure(list(scripted_calls())[:count], recognisers))


if __name__ == "__main__":
    main()
