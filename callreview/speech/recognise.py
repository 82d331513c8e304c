"""Prepared audio to words: voice activity, windows, language and the recogniser, per channel."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from callreview.audio.prepared import PreparedAudio
from callreview.config.language import _
from callreview.domain.errors import Cancelled, UserError
from callreview.domain.intervals import close_gaps
from callreview.domain.talk_metrics import Interval
from callreview.domain.transcript import Word
from callreview.speech.call_language import HeardLanguages, choose_languages
from callreview.speech.distinct_channels import distinct_channels
from callreview.speech.recognised import ChannelWords
from callreview.speech.voice_activity import find_speech
from callreview.speech.whisper import BATCH_WINDOWS, RATE, Sound, Whisper
from callreview.speech.windows import Window, pack_windows
from callreview.speech.word_times import place_words

# docs/definitions.md, "Talk metrics": gaps under 0.3 s are closed.
CLOSED_GAP_S = 0.3

Progress = Callable[[float, float], None]
"""Is told the seconds of speech done and in total."""


@dataclass(frozen=True)
class _Heard:
    """A channel, where somebody speaks on it, and the windows that holds."""

    channel: int
    speech: tuple[Interval, ...]
    windows: tuple[Window, ...]


class Recogniser:
    """A speech model in memory; loading takes about a second and 300 MB.

    `folder` comes from `speech.models.model_folder`; `threads` None uses every core.
    """

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        self._whisper = Whisper(folder, threads)

    def recognise(
        self,
        prepared: PreparedAudio,
        *,
        language: str = "",
        progress: Progress | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> list[ChannelWords]:
        """Words of each channel with a sound of its own, times in the recording's clock.

        `language` is a code such as "ko", or "" to find it out; then a stretch that is clearly in
        another language is recognised in that. Raises UserError for a language
        that the model does not know and Cancelled when `cancelled()` says so (asked every few
        windows).
        """
        self._check_language(language)
        heard = [
            _listen(prepared, channel, cancelled)
            for channel in distinct_channels(prepared, cancelled)
        ]
        languages = self._languages(prepared, heard, language)
        done = _Done(sum(w.length_s for one in heard for w in one.windows), progress, cancelled)
        return [
            ChannelWords(
                one.channel,
                code,
                probability,
                tuple(self._words(prepared, one, code, done, fixed=bool(language))),
                close_gaps(one.speech, CLOSED_GAP_S),
            )
            for one, (code, probability) in zip(heard, languages, strict=True)
        ]

    def known_language(self, language: str) -> str:
        """The code of a language as metadata give it ("en-US"), "" when the model has none."""
        code = language.replace("_", "-").split("-")[0].strip().lower()
        return code if code in self._whisper.languages else ""

    def _check_language(self, language: str) -> None:
        if language and language not in self._whisper.languages:
            raise UserError(
                _(
                    'The speech model does not know the language "{language}". Give a code such as en or ko.'
                ).format(language=language)
            )

    def _languages(
        self, prepared: PreparedAudio, heard: Sequence[_Heard], language: str
    ) -> list[tuple[str, float]]:
        if language:
            return [(language, 1.0) if one.windows else ("", 0.0) for one in heard]
        return choose_languages([self._heard_languages(prepared, one) for one in heard])

    def _heard_languages(self, prepared: PreparedAudio, one: _Heard) -> HeardLanguages | None:
        """Listen to the window with the most speech."""
        if not one.windows:
            return None
        window = max(one.windows, key=lambda window: window.length_s)
        sound = _sound(prepared, one.channel, window)
        return HeardLanguages(self._whisper.language_probabilities(sound), window.length_s)

    def _words(
        self, prepared: PreparedAudio, one: _Heard, language: str, done: "_Done", *, fixed: bool
    ) -> Iterator[Word]:
        for start in range(0, len(one.windows), BATCH_WINDOWS):
            done.check()
            windows = one.windows[start : start + BATCH_WINDOWS]
            sounds = [_sound(prepared, one.channel, window) for window in windows]
            found = self._whisper.words_in(sounds, language, fixed=fixed)
            for window, words in zip(windows, found, strict=True):
                yield from place_words(words, window, close_gaps(one.speech, CLOSED_GAP_S))
            done.add(sum(window.length_s for window in windows))


class _Done:
    """Counts the seconds of speech that are done."""

    def __init__(
        self, total_s: float, progress: Progress | None, cancelled: Callable[[], bool]
    ) -> None:
        self._total_s, self._done_s = total_s, 0.0
        self._progress, self._cancelled = progress, cancelled
        self.add(0.0)

    def add(self, seconds: float) -> None:
        self._done_s += seconds
        if self._progress is not None:
            self._progress(self._done_s, self._total_s)

    def check(self) -> None:
        if self._cancelled():
            raise Cancelled


def _listen(prepared: PreparedAudio, channel: int, cancelled: Callable[[], bool]) -> _Heard:
    speech = find_speech(prepared, channel, cancelled)
    return _Heard(channel, speech, pack_windows(speech, prepared.duration_s))


def _sound(prepared: PreparedAudio, channel: int, window: Window) -> Sound:
    return np.concatenate(
        [prepared.mono(channel, piece.start_s, piece.end_s, RATE) for piece in window.pieces]
    )
