"""The Whisper model, as far as CallReview uses it: windows of sound to words with times."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from callreview.config.language import _
from callreview.domain.errors import UserError
from callreview.domain.transcript import Word
from callreview.speech.repetition import without_loops

RATE = 16000
BATCH_WINDOWS = 4

# On scripted calls a beam of 5 cost 40 % more time and made 2.5 % word errors, not 2.4 %.
_BEAM = 1
# Whisper's own limits (its paper, section 4.5): above, a text repeats itself; below, it is guessed.
_REPEATS = 2.4
_GUESSED = -1.0
_NO_SPEECH = 0.6
_SURE_LANGUAGE = 0.8
# The model may end its text early, above all where the language changes; windows are all speech.
_UNHEARD_S = 4.0
_RETRY_TEMPERATURES = (0.0, 0.2, 0.4, 0.6, 0.8)

Sound = npt.NDArray[np.float32]


@dataclass(frozen=True)
class _Segment:
    """What the model says about a window and how sure it is; word times in the window."""

    words: tuple[Word, ...]
    compression: float
    log_probability: float
    no_speech: float

    @property
    def doubtful(self) -> bool:
        return self.compression > _REPEATS or self.log_probability < _GUESSED

    @property
    def invented(self) -> bool:
        """Whether the model heard no speech and guessed; a repetition alone may be true."""
        return self.no_speech > _NO_SPEECH and self.log_probability < _GUESSED


class Whisper:
    """A loaded model; `threads` None uses every core. Never downloads anything."""

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        os.environ["HF_HUB_OFFLINE"] = "1"
        from faster_whisper import BatchedInferencePipeline, WhisperModel
        from tqdm import tqdm  # type: ignore[import-untyped]

        # Else a progress bar that nobody sees keeps a thread alive for good.
        tqdm.monitor_interval = 0

        try:
            self._model: Any = WhisperModel(
                str(folder),
                device="cpu",
                compute_type="int8",
                cpu_threads=threads or os.cpu_count() or 1,
            )
        except (RuntimeError, ValueError, KeyError) as problem:
            raise UserError(
                _("The speech model in {folder} cannot be loaded: {problem}").format(
                    folder=folder, problem=problem
                )
            ) from problem
        self._batched: Any = BatchedInferencePipeline(self._model)

    @property
    def languages(self) -> frozenset[str]:
        """The codes of the languages the model knows, such as "en" and "ko"."""
        return frozenset(self._model.supported_languages)

    def language_probabilities(self, sound: Sound) -> Mapping[str, float]:
        """How likely each language is in the first 30 s of `sound` (mono, 16 kHz); sums to 1."""
        if len(self.languages) == 1:
            return dict.fromkeys(self.languages, 1.0)
        _language, _probability, found = self._model.detect_language(sound)
        return dict(found)

    def words_in(
        self, windows: Sequence[Sound], language: str, *, fixed: bool
    ) -> list[tuple[Word, ...]]:
        """The words of each window (mono, 16 kHz, up to 30 s), times in seconds in the window.

        A window whose text repeats itself or looks guessed is recognised again with rising
        temperature, and so is the rest of a window whose text ends early; in another language when
        that is clearly spoken there and the language is not `fixed`. What still is invented or
        loops is left out.
        """
        lengths = np.array([len(window) for window in windows])
        ends = np.cumsum(lengths)
        clips = [
            {"start": start / RATE, "end": end / RATE}
            for start, end in zip(ends - lengths, ends, strict=True)
        ]
        segments, _info = self._batched.transcribe(
            np.concatenate(windows),
            language=language,
            beam_size=_BEAM,
            word_timestamps=True,
            clip_timestamps=clips,
            batch_size=len(windows),
        )
        found: list[list[_Segment]] = [[] for _window in windows]
        for segment in segments:
            # `seek` is where the window of this segment starts, in hundredths rounded down.
            window = int(np.searchsorted(ends, segment.seek * RATE / 100 + RATE / 50, "right"))
            found[window].append(_read(segment, segment.seek / 100))
        return [
            self._believable_words(segments, window, language, fixed)
            for segments, window in zip(found, windows, strict=True)
        ]

    def _believable_words(
        self, segments: Sequence[_Segment], window: Sound, language: str, fixed: bool
    ) -> tuple[Word, ...]:
        if any(segment.doubtful for segment in segments):
            segments = self._again(window, language, fixed)
        words = [word for one in segments if not one.invented for word in one.words]
        end_s = words[-1].end_s if words else 0.0
        rest = window[int(end_s * RATE) :]
        if len(rest) >= _UNHEARD_S * RATE:
            heard = [one for one in self._again(rest, language, fixed) if not one.doubtful]
            words += [_later(word, end_s) for one in heard for word in one.words]
        return without_loops(words)

    def _language(self, window: Sound, expected: str) -> str:
        language, probability = max(
            self.language_probabilities(window).items(), key=lambda item: item[1]
        )
        return language if probability >= _SURE_LANGUAGE else expected

    def _again(self, window: Sound, language: str, fixed: bool) -> list[_Segment]:
        segments, _info = self._model.transcribe(
            window,
            language=language if fixed else self._language(window, language),
            beam_size=_BEAM,
            temperature=_RETRY_TEMPERATURES,
            condition_on_previous_text=False,
            word_timestamps=True,
        )
        return [_read(segment, 0.0) for segment in segments]


def _later(word: Word, shift_s: float) -> Word:
    return replace(word, start_s=word.start_s + shift_s, end_s=word.end_s + shift_s)


def _read(segment: Any, offset_s: float) -> _Segment:  # noqa: ANN401 (a class of faster-whisper)
    words = tuple(_word(word, offset_s) for word in segment.words or () if word.word.strip())
    return _Segment(words, segment.compression_ratio, segment.avg_logprob, segment.no_speech_prob)


def _word(word: Any, offset_s: float) -> Word:  # noqa: ANN401 (a class of faster-whisper)
    return Word(
        text=word.word.strip(),
        start_s=float(word.start) - offset_s,
        end_s=float(word.end) - offset_s,
        confidence=min(max(float(word.probability), 0.0), 1.0),
        space_before=word.word.startswith(" "),
    )
