"""One-channel telephone calls of which it is known who says what when, to measure diarization on."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import soundfile

from callreview.audio.decode import prepare_audio
from callreview.audio.prepared import PreparedAudio
from callreview.domain.intervals import close_gaps, subtract
from callreview.domain.talk_metrics import Interval
from callreview.domain.transcript import Word
from callreview.speech.voice_activity import find_speech

REPOSITORY = Path(__file__).resolve().parents[2]
SHARED = REPOSITORY.parent / "shared" / "data"
SAMPLES = REPOSITORY / "resources" / "samples"
LIKE_VOICES = REPOSITORY / "tests" / "data" / "like_voices"

SPEAKERS = ("agent", "customer")
PAUSE_S = 0.3
"""Shorter gaps do not end a stretch of speech (docs/definitions.md)."""

Samples = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Mix:
    """A call on one channel and who speaks when in it.

    `speech` is where each speaker's own channel holds sound, before mixing. `said` are the words of
    each speaker, empty where they are not known.
    """

    name: str
    prepared: PreparedAudio
    speech: dict[str, tuple[Interval, ...]]
    said: dict[str, tuple[Word, ...]]

    @property
    def worded(self) -> dict[str, tuple[Interval, ...]]:
        """When the words of each speaker are said, with gaps under 0.3 s closed."""
        return {
            who: close_gaps((Interval(word.start_s, word.end_s) for word in words), PAUSE_S)
            for who, words in self.said.items()
        }


def prepared_from(samples: Samples, rate: int, path: Path) -> PreparedAudio:
    """Sound as the product keeps it: float samples (frames,) become 16-bit PCM."""
    pcm = np.clip(np.round(samples * 32767), -32768, 32767).astype("<i2")
    path.write_bytes(pcm.tobytes())
    return PreparedAudio(path, 1, rate, len(pcm), (), path.stem)


def clean(samples: Samples, _rate: int, _folder: Path) -> Samples:
    """The mix as it is."""
    return samples


def noisy(samples: Samples, _rate: int, _folder: Path, snr_db: float = 15.0) -> Samples:
    """Pink noise 15 dB below the speech."""
    random = np.random.default_rng(15)
    spectrum = np.fft.rfft(random.normal(size=len(samples)))
    spectrum /= np.sqrt(np.maximum(1, np.arange(len(spectrum))))
    spectrum[np.arange(len(spectrum)) * _rate / len(samples) < 200] = 0
    noise = np.fft.irfft(spectrum, len(samples))
    loud = samples[np.abs(samples) > 0.05 * np.abs(samples).max()]
    level = np.sqrt(np.mean(loud**2)) * 10 ** (-snr_db / 20)
    return samples + noise * (level / np.sqrt(np.mean(noise**2)))


def through_gsm(samples: Samples, rate: int, folder: Path) -> Samples:
    """GSM 06.10, the full-rate coder of mobile telephones."""
    path = folder / "gsm.wav"
    soundfile.write(path, samples, rate, format="WAV", subtype="GSM610")
    return soundfile.read(path)[0][: len(samples)]


def through_mp3(samples: Samples, rate: int, folder: Path, bit_rate: int = 16000) -> Samples:
    """MP3 at 16 kbit/s, as call recorders archive."""
    path = folder / "low.mp3"
    with av.open(str(path), "w") as output:
        stream = output.add_stream("libmp3lame", rate=rate, layout="mono")
        stream.bit_rate = bit_rate
        pcm = (samples * 32767).astype(np.int16).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(pcm, format="s16p", layout="mono")
        frame.sample_rate, frame.pts = rate, 0
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            output.mux(packet)
    decoded = prepare_audio([path], folder / "low.pcm")
    return decoded.samples()[: len(samples), 0] / 32768.0


LINES: dict[str, Callable[[Samples, int, Path], Samples]] = {
    "clean": clean,
    "noise 15 dB": noisy,
    "GSM": through_gsm,
    "MP3 16 kbit/s": through_mp3,
}


def sample_mixes(line: str, folder: Path) -> Iterator[Mix]:
    """The ten sample calls with both channels on one, sent over a line."""
    for path in sorted((SAMPLES / "truth").glob("*.json")):
        both = prepare_audio([SAMPLES / f"{path.stem}.flac"], folder / "both.pcm")
        yield _mix(path, both, folder, LINES[line])


def one_sided(folder: Path) -> Iterator[Mix]:
    """Each channel of the sample calls alone: one voice, as on voicemail."""
    for path in sorted((SAMPLES / "truth").glob("*.json")):
        samples, rate = soundfile.read(SAMPLES / f"{path.stem}.flac")
        for channel, who in enumerate(("agent", "customer")):
            prepared = prepared_from(samples[:, channel], rate, folder / f"{path.stem}-{who}.pcm")
            yield Mix(f"{path.stem} {who}", prepared, {who: ()}, {})


def transferred(folder: Path) -> Iterator[Mix]:
    """Two sample calls one after the other with three voices in all: one agent, two customers."""
    for first, second in (("S01", "S02"), ("S02", "S08"), ("S07", "S04"), ("S05", "S02")):
        parts = []
        for start in (first, second):
            (path,) = SAMPLES.glob(f"{start}-*.flac")
            samples, rate = soundfile.read(path)
            parts.append(samples.sum(axis=1) / 2)
        prepared = prepared_from(np.concatenate(parts), rate, folder / f"{first}{second}.pcm")
        yield Mix(f"{first}+{second}", prepared, dict.fromkeys("abc", ()), {})


def like_voices(folder: Path) -> Iterator[Mix]:
    """Calls of two women or two men with like voices (scripts/sample_calls/like_voices.py)."""
    for path in sorted(LIKE_VOICES.glob("*.json")):
        both = prepare_audio([path.with_suffix(".opus")], folder / "both.pcm")
        yield _mix(path, both, folder, clean)


def real_pair(folder: Path) -> tuple[Mix, dict[str, tuple[Interval, ...]]]:
    """A real call of two files on one channel; also the voice activity of each file."""
    sides = [SHARED / "calls" / f"Auto_Repairs_40_UTC_{who}.wav" for who in ("agent", "caller")]
    both = prepare_audio(sides, folder / "pair.pcm")
    active = {
        name: close_gaps(find_speech(both, channel, lambda: False), PAUSE_S)
        for channel, name in enumerate(SPEAKERS)
    }
    samples = both.samples() / 32768.0
    prepared = prepared_from(samples.sum(axis=1) / 2, both.sample_rate, folder / "mixed.pcm")
    return Mix("Auto_Repairs_40", prepared, own_sound(both), {}), active


def own_sound(both: PreparedAudio) -> dict[str, tuple[Interval, ...]]:
    """Where each channel holds sound of its own: above -42 dBFS over 50 ms, gaps under 0.3 s closed.

    That is 20 dB below telephone speech and 13 dB above the noise of these lines. Sound under
    0.15 s, and what is 12 dB fainter than the other channel at the time, is left out.
    """
    sides = [both.mono(channel).astype(np.float64) for channel in range(both.channels)]
    power = np.stack(
        [(side[: len(side) // 160 * 160].reshape(-1, 160) ** 2).mean(axis=1) for side in sides], 1
    )
    smooth = [np.convolve(one, np.ones(5) / 5, "same") for one in power.T]
    found = {}
    for channel, name in enumerate(SPEAKERS):
        edges = np.flatnonzero(np.diff(smooth[channel] > 10**-4.2, prepend=False, append=False))
        raw = (Interval(a / 100, b / 100) for a, b in edges.reshape(-1, 2).tolist())
        found[name] = tuple(
            one
            # Gaps of exactly 0.3 s, as counted in steps of 10 ms, stay open.
            for one in close_gaps(raw, PAUSE_S - 1e-6)
            if one.length_s >= 0.15 and not _is_fainter(power, channel, one)
        )
    return found


def _is_fainter(power: Samples, channel: int, span: Interval) -> bool:
    during = power[round(span.start_s * 100) : round(span.end_s * 100)].mean(axis=0)
    return bool(during[channel] < 10**-1.2 * during[1 - channel])


def _mix(
    truth_file: Path,
    both: PreparedAudio,
    folder: Path,
    line: Callable[[Samples, int, Path], Samples],
) -> Mix:
    samples, rate = both.samples() / 32768.0, both.sample_rate
    truth = json.loads(truth_file.read_text("utf-8"))
    said: dict[str, list[Word]] = {}
    for turn in truth["turns"]:
        said.setdefault(turn["speaker"], []).extend(
            Word(word["text"], word["start_s"], word["end_s"], 1.0) for word in turn["words"]
        )
    tunes = [Interval(hold["start_s"], hold["end_s"]) for hold in truth["holds"]]
    heard = line(samples.sum(axis=1) / 2, rate, folder)
    return Mix(
        truth_file.stem,
        prepared_from(heard, rate, folder / f"{truth_file.stem}.pcm"),
        {who: subtract(spans, tunes) for who, spans in own_sound(both).items()},
        {who: tuple(words) for who, words in said.items()},
    )
