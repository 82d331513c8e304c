"""Prepared audio to words: voice activity, windows, languages and the recogniser, per channel."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from callreview.audio.prepared import PreparedAudio
from callreview.config.language import _
from callreview.domain.errors import Cancelled, UserError
from callreview.domain.intervals import close_gaps
from callreview.domain.talk_metrics import Interval
from callreview.speech.bleed import find_bleed, without_bleed, words_in_bleed
from callreview.speech.call_language import CallLanguage
from callreview.speech.distinct_channels import distinct_channels
from callreview.speech.recognised import ChannelWords, WindowWords
from callreview.speech.voice_activity import find_speech
from callreview.speech.whisper import BATCH_WINDOWS, Whisper
from callreview.speech.window_batch import ChannelWindow, WindowBatch
from callreview.speech.windows import pack_windows

# docs/definitions.md, "Talk metrics": gaps under 0.3 s are closed.
CLOSED_GAP_S = 0.3

Progress = Callable[[float, float], None]
"""Is told the seconds of speech done and in total."""

Finished = Mapping[int, WindowWords]
"""Windows that are done, by their number in the order of the call."""


@dataclass(frozen=True)
class _Listened:
    """A channel, where somebody speaks on it, and where it only hears another channel."""

    channel: int
    speech: tuple[Interval, ...]
    bleed: tuple[Interval, ...]


class Recogniser:
    """A speech model in memory; loading takes about a second and 300 MB.

    `folder` comes from `speech.models.model_folder`; `workers` None uses every core.
    """

    def __init__(self, folder: Path, workers: int | None = None) -> None:
        self._whisper = Whisper(folder, workers)

    def recognise(
        self,
        prepared: PreparedAudio,
        *,
        language: str = "",
        hotwords: str = "",
        finished: Finished | None = None,
        on_finished: Callable[[Finished], None] = lambda _windows: None,
        progress: Progress = lambda _done_s, _total_s: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> list[ChannelWords]:
        """Words of each channel with a sound of its own, times in the recording's clock.

        `language` is a code such as "ko", or "" to find it out; then a window that is clearly in
        another language is recognised in that. `hotwords` are names to listen for. `on_finished` is
        told of windows as they are done: with them as `finished`, the same recording goes on where
        it was left. Raises UserError for a language
        that the model does not know and Cancelled when `cancelled()` says so (asked every few
        windows).
        """
        self._check_language(language)
        listened = _listen(prepared, cancelled)
        windows = _windows(listened, prepared.duration_s)
        batch = WindowBatch(self._whisper, prepared, windows, language, hotwords)
        done = dict(finished or {})
        for numbers in _chunks(len(windows), BATCH_WINDOWS * self._whisper.workers):
            if cancelled():
                raise Cancelled
            progress(_length_s(windows[number] for number in done), _length_s(windows))
            new = batch.recognise(numbers, done)
            done |= new
            on_finished(new)
        progress(_length_s(windows), _length_s(windows))
        return _with_bleed_counted(
            [_channel_words(one, windows, done) for one in listened], listened
        )

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


def _listen(prepared: PreparedAudio, cancelled: Callable[[], bool]) -> list[_Listened]:
    channels = distinct_channels(prepared, cancelled)
    with ThreadPoolExecutor() as pool:
        found = pool.map(lambda channel: find_speech(prepared, channel, cancelled), channels)
        speech = dict(zip(channels, found, strict=True))
    bleed = find_bleed(prepared, speech)
    return [
        _Listened(channel, without_bleed(speech[channel], bleed[channel]), bleed[channel])
        for channel in speech
    ]


def _windows(listened: Sequence[_Listened], duration_s: float) -> list[ChannelWindow]:
    """The windows of all channels in the order of the call."""
    found = [
        ChannelWindow(one.channel, window, close_gaps(one.speech, CLOSED_GAP_S))
        for one in listened
        for window in pack_windows(one.speech, duration_s)
    ]
    return sorted(found, key=lambda one: (one.window.pieces[0].start_s, one.channel))


def _chunks(count: int, size: int) -> Iterator[range]:
    """Numbers in parts of at most `size`, evenly: a small rest would be decoded at a high price."""
    parts = math.ceil(count / size)
    edges = [part * count // max(parts, 1) for part in range(parts + 1)]
    return (range(start, end) for start, end in pairwise(edges) if end > start)


def _length_s(windows: Iterable[ChannelWindow]) -> float:
    return sum(one.window.length_s for one in windows)


def _channel_words(
    one: _Listened, windows: Sequence[ChannelWindow], done: Finished
) -> ChannelWords:
    own = [done[number] for number, window in enumerate(windows) if window.channel == one.channel]
    words = tuple(word for window in own for word in window.words)
    spoken = Counter(word.language for word in words)
    heard = CallLanguage()
    for window in own:
        heard.hear(window.languages)
    language = max(sorted(spoken), key=lambda code: spoken[code], default=heard.shared()[0])
    return ChannelWords(
        one.channel,
        language,
        heard.probability(language),
        words,
        close_gaps(one.speech, CLOSED_GAP_S),
        dict(sum((Counter(window.dropped) for window in own), Counter[str]())),
    )


def _with_bleed_counted(
    channels: Sequence[ChannelWords], listened: Sequence[_Listened]
) -> list[ChannelWords]:
    """Count on each channel the words of the others that it only heard."""

    def bled(hearer: _Listened) -> int:
        others = [one for one in channels if one.channel != hearer.channel]
        return sum(words_in_bleed(one.words, hearer.bleed) for one in others)

    return [
        replace(one, dropped={**one.dropped, "bleed": count}) if (count := bled(hearer)) else one
        for one, hearer in zip(channels, listened, strict=True)
    ]
