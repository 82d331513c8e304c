"""The Whisper model, as far as CallReview uses it: windows of sound to words with times.

Windows are short (`windows.LONGEST_WINDOW_S`) and are not padded to the 30 s that Whisper was
trained on: half of the encoder's time would go into silence. A second of silence at the end is what
it needs to know that nothing more comes; without it, it repeats itself. Several windows are decoded
together, because a decoding step reads all weights however many windows it is for.
"""

import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from callreview.config.language import _
from callreview.domain.errors import UserError
from callreview.domain.transcript import Word
from callreview.speech.encoded import Encoded, together
from callreview.speech.glossary import told_in
from callreview.speech.likeliest_text import likeliest_texts

RATE = 16000
BATCH_WINDOWS = 16
_MOST_WORKERS = 4

_SILENCE_AT_THE_END_S = 1.0
# The decoder reads all that was encoded for every word. Every second moment (40 ms apart) is as good
# for it: word errors of the sample calls stay (1.81 and 1.95 %), Korean ones fall.
_STRIDE = 2
# A language is heard in half of these moments as well.
_LANGUAGE_STRIDE = 2
_RETRY_TEMPERATURES = (0.0, 0.2, 0.4, 0.6, 0.8)
_INSTRUCTIONS = "CT2_FORCE_CPU_ISA"
_PREPENDED, _APPENDED = "\"'“¿([{-", "\"'.。,，!！?？:：”)]}、"

Sound = npt.NDArray[np.float32]

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Heard:
    """What the model says about a stretch of sound, in its clock, and how sure it is of it.

    `compression` is high when a text repeats itself; `log_probability` is the mean of all tokens.
    """

    words: tuple[Word, ...]
    compression: float
    log_probability: float
    no_speech: float


class Whisper:
    """A loaded model, on the GPU when there is one. Never downloads anything.

    On processors, `workers` batches run side by side, which takes less time in all than more
    threads for one batch. None takes every core: up to four workers, with more threads beyond.
    """

    def __init__(self, folder: Path, workers: int | None = None) -> None:
        os.environ["HF_HUB_OFFLINE"] = "1"
        from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]
        from tqdm import tqdm  # type: ignore[import-untyped]

        # Else a progress bar that nobody sees keeps a thread alive for good.
        tqdm.monitor_interval = 0
        # NumPy's threads go on turning after each window's features: a third of the encoder's time.
        threadpool_limits(1, "blas")

        cores = os.cpu_count() or 1
        self.workers = workers or min(cores, _MOST_WORKERS)
        try:
            self._model: Any = _load(folder, self.workers, 1 if workers else cores // self.workers)
        except (RuntimeError, ValueError, KeyError) as problem:
            raise UserError(
                _("The speech model in {folder} cannot be loaded: {problem}").format(
                    folder=folder, problem=problem
                )
            ) from problem

    @property
    def languages(self) -> frozenset[str]:
        """The codes of the languages the model knows, such as "en" and "ko"."""
        return frozenset(self._model.supported_languages)

    def encode(self, sound: Sound) -> Encoded:
        """Let the encoder hear a window (mono, 16 kHz, up to 29 s).

        One at a time, each at its own length: a batch does not fit the processor's cache.
        """
        import ctranslate2

        features = self._features(sound)
        # What a GPU has encoded can be read only when it was brought from there.
        heard = self._model.encode(features[np.newaxis]).to_device(ctranslate2.Device.cpu)
        return Encoded(np.array(heard)[0, ::_STRIDE], int(features.shape[-1]))

    def language_probabilities(self, encoded: Sequence[Encoded]) -> list[Mapping[str, float]]:
        """How likely each language is in each window; sums to 1."""
        if not self._model.model.is_multilingual:
            return [{"en": 1.0}] * len(encoded)
        coarse = [replace(one, moments=one.moments[::_LANGUAGE_STRIDE]) for one in encoded]
        found = self._model.model.detect_language(together(coarse))
        return [{code.strip("<|>"): p for code, p in window} for window in found]

    def words_in(
        self, encoded: Sequence[Encoded], languages: Sequence[str], hotwords: str
    ) -> list[Heard]:
        """What is said in each window, in its language; `hotwords` are names to listen for."""
        told = [told_in(hotwords, language) for language in languages]
        if len(set(told)) > 1:
            return self._words_apart(encoded, languages, told, hotwords)
        tokenizers = [self._tokenizer(language) for language in languages]
        prompts = [
            self._model.get_prompt(one, [], without_timestamps=True, hotwords=names or None)
            for one, names in zip(tokenizers, told, strict=True)
        ]
        results = likeliest_texts(self._model.model, encoded, prompts)
        tokens = [
            [token for token in result.sequences_ids[0] if token < one.eot]
            for result, one in zip(results, tokenizers, strict=True)
        ]
        words = self._aligned(encoded, tokenizers, tokens)
        return [_heard(*one) for one in zip(words, tokens, results, tokenizers, strict=True)]

    def _words_apart(
        self,
        encoded: Sequence[Encoded],
        languages: Sequence[str],
        told: Sequence[str],
        hotwords: str,
    ) -> list[Heard]:
        """`words_in` for windows that are told different names: they cannot be decoded together."""
        found: dict[int, Heard] = {}
        for names in dict.fromkeys(told):
            chosen = [index for index, one in enumerate(told) if one == names]
            own = [languages[index] for index in chosen]
            heard = self.words_in([encoded[index] for index in chosen], own, hotwords)
            found.update(zip(chosen, heard, strict=True))
        return [found[index] for index in range(len(encoded))]

    def hear_again(self, sound: Sound, language: str) -> list[Heard]:
        """Listen to one window (mono, 16 kHz) again as Whisper was trained: 30 s, at leisure.

        Where the text still repeats itself or looks guessed, the temperature rises.
        """
        segments, _info = self._model.transcribe(
            sound,
            language=language,
            beam_size=1,
            temperature=_RETRY_TEMPERATURES,
            condition_on_previous_text=False,
            word_timestamps=True,
        )
        return [
            Heard(
                tuple(_word(vars(word)) for word in segment.words or () if _text(vars(word))),
                segment.compression_ratio,
                segment.avg_logprob,
                segment.no_speech_prob,
            )
            for segment in segments
        ]

    def _features(self, sound: Sound) -> npt.NDArray[np.float32]:
        padded = np.pad(sound, (0, int(_SILENCE_AT_THE_END_S * RATE)))
        features: npt.NDArray[np.float32] = self._model.feature_extractor(padded)[..., :-1]
        # The encoder halves the frames.
        return features[..., : features.shape[-1] // 2 * 2]

    def _tokenizer(self, language: str) -> Any:  # noqa: ANN401 (a class of faster-whisper)
        from faster_whisper.tokenizer import Tokenizer

        model = self._model
        return Tokenizer(
            model.hf_tokenizer, model.model.is_multilingual, task="transcribe", language=language
        )

    def _aligned(
        self, encoded: Sequence[Encoded], tokenizers: Sequence[Any], tokens: Sequence[list[int]]
    ) -> Iterator[tuple[Word, ...]]:
        """Words with times in their window.

        One window after the other: together, each is padded to the longest text, at three fifths
        more processor time.
        """
        for window, tokenizer, own in zip(encoded, tokenizers, tokens, strict=True):
            frames = window.frames // _STRIDE
            find = self._model.find_alignment
            aligned = find(tokenizer, [own], together([window]), frames)[0] if own else []
            yield tuple(_slower(word) for word in _words(aligned))


def _load(folder: Path, workers: int, threads: int) -> Any:  # noqa: ANN401 (a class of faster-whisper)
    import ctranslate2
    from faster_whisper import WhisperModel

    if ctranslate2.get_cuda_device_count():
        try:
            return WhisperModel(str(folder), device="cuda", compute_type="default")
        except (RuntimeError, ValueError) as problem:
            _log.warning("the GPU cannot be used, the processor is: %s", problem)
    on_processor = partial(
        WhisperModel,
        str(folder),
        device="cpu",
        compute_type="int8",
        cpu_threads=threads,
        num_workers=workers,
    )
    # CTranslate2 uses these only when told to, at a fourteenth less processor time; where the
    # processor has none, it says so.
    os.environ.setdefault(_INSTRUCTIONS, "AVX512")
    try:
        return on_processor()
    except ValueError:
        os.environ.pop(_INSTRUCTIONS)
        return on_processor()


def _heard(words: tuple[Word, ...], tokens: Sequence[int], result: Any, tokenizer: Any) -> Heard:  # noqa: ANN401
    from faster_whisper.transcribe import get_compression_ratio

    text = tokenizer.decode(tokens).strip()
    # CTranslate2 gives the mean over the tokens; Whisper counts the end of the text as one more.
    log_probability = result.scores[0] * len(result.sequences_ids[0]) / (len(tokens) + 1)
    compression = get_compression_ratio(text) if text else 0.0
    return Heard(words, compression, log_probability, result.no_speech_prob)


def _words(aligned: list[dict[str, Any]]) -> tuple[Word, ...]:
    from faster_whisper.transcribe import merge_punctuations

    merge_punctuations(aligned, _PREPENDED, _APPENDED)
    return tuple(_word(one) for one in aligned if _text(one))


def _slower(word: Word) -> Word:
    """The word in the time of its window: the moments between those that were read count too."""
    return replace(word, start_s=word.start_s * _STRIDE, end_s=word.end_s * _STRIDE)


def _text(found: Mapping[str, Any]) -> str:
    """The word without half letters, which the model leaves where it breaks off."""
    return str(found["word"]).replace("\ufffd", "").strip()


def _word(found: Mapping[str, Any]) -> Word:
    return Word(
        text=_text(found),
        start_s=float(found["start"]),
        end_s=float(found["end"]),
        confidence=min(max(float(found["probability"]), 0.0), 1.0),
        space_before=found["word"].startswith(" "),
    )
