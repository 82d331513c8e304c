"""Recognises the windows of a call, many at a time, each in its language."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import repeat

import numpy as np

from callreview.audio.prepared import PreparedAudio
from callreview.domain.talk_metrics import Interval
from callreview.domain.transcript import Word
from callreview.speech.believable import believe
from callreview.speech.call_language import CallLanguage, HeardLanguages
from callreview.speech.encoded import Encoded
from callreview.speech.language_parts import parts_by_language, two_languages
from callreview.speech.name_repair import may_hold_names, names_heard
from callreview.speech.recognised import HeardWord, WindowWords
from callreview.speech.whisper import RATE, Heard, Sound, Whisper
from callreview.speech.windows import Window
from callreview.speech.word_times import place_words


@dataclass(frozen=True)
class ChannelWindow:
    """A window of a channel (0-based), and all speech of that channel, gaps closed."""

    channel: int
    window: Window
    speech: Sequence[Interval]


_Group = Mapping[int, Encoded]
"""Windows that are decoded together, by number."""

_Language = tuple[str, HeardLanguages]
"""The language of a window, and what it was decided by."""

_Found = tuple[Heard, _Language]
"""What the model says about a window, and its language."""


class WindowBatch:
    """The windows of one call; `language` "" finds out the language of each."""

    def __init__(
        self,
        whisper: Whisper,
        prepared: PreparedAudio,
        windows: Sequence[ChannelWindow],
        language: str,
        hotwords: str,
    ) -> None:
        self._whisper, self._prepared, self._windows = whisper, prepared, windows
        self._fixed, self._hotwords = language, hotwords
        self._call = CallLanguage()

    def recognise(
        self, numbers: Sequence[int], done: Mapping[int, WindowWords]
    ) -> dict[int, WindowWords]:
        """The words of the windows with these numbers that are not `done`.

        Calls have to follow each other in the order of the call: what was heard before helps to
        tell the language.
        """
        for number in numbers:
            if number in done:
                self._call.hear(done[number].languages)
        new = self._longest_first([number for number in numbers if number not in done])
        with ThreadPoolExecutor(self._whisper.workers) as pool:
            encoded = dict(zip(new, pool.map(self._encoded, new), strict=True))
            groups = self._groups(encoded)
            languages = self._languages(groups, pool.map(self._probabilities, groups))
            found: dict[int, _Found] = {}
            for heard in pool.map(self._heard, groups, repeat(languages)):
                found |= heard
            return dict(zip(found, pool.map(self._window_words, found.items()), strict=True))

    def _longest_first(self, numbers: Sequence[int]) -> list[int]:
        return sorted(numbers, key=lambda number: -self._windows[number].window.length_s)

    def _groups(self, encoded: Mapping[int, Encoded]) -> list[_Group]:
        """The windows in as many groups as are heard side by side, long and short ones in each."""
        workers = self._whisper.workers
        groups = [[*encoded.items()][first::workers] for first in range(workers)]
        return [dict(group) for group in groups if group]

    def _encoded(self, number: int) -> Encoded:
        one = self._windows[number]
        return self._whisper.encode(self._sound(one.channel, one.window.pieces))

    def _sound(self, channel: int, pieces: Iterable[Interval]) -> Sound:
        return np.concatenate(
            [self._prepared.mono(channel, one.start_s, one.end_s, RATE) for one in pieces]
        )

    def _probabilities(self, group: _Group) -> Sequence[Mapping[str, float]]:
        if self._fixed:
            return [{self._fixed: 1.0}] * len(group)
        return self._whisper.language_probabilities([*group.values()])

    def _languages(
        self, groups: Sequence[_Group], found: Iterable[Sequence[Mapping[str, float]]]
    ) -> dict[int, _Language]:
        heard = {
            number: HeardLanguages(probabilities, self._windows[number].window.length_s)
            for group, windows in zip(groups, found, strict=True)
            for number, probabilities in zip(group, windows, strict=True)
        }
        for one in heard.values():
            self._call.hear(one)
        return {number: (self._call.of(one), one) for number, one in heard.items()}

    def _heard(self, group: _Group, languages: Mapping[int, _Language]) -> dict[int, _Found]:
        own = [languages[number] for number in group]
        found = self._listen([*group.values()], [code for code, _heard in own])
        return dict(zip(group, zip(found, own, strict=True), strict=True))

    def _listen(self, encoded: Sequence[Encoded], languages: Sequence[str]) -> list[Heard]:
        """What is said in windows; one that may hold names is listened to again with these told."""
        found = self._whisper.words_in(encoded, languages, "")
        names = self._hotwords.splitlines()
        doubtful = [n for n, one in enumerate(found) if may_hold_names(one.words, names)]
        if doubtful:
            again = self._whisper.words_in(
                [encoded[n] for n in doubtful], [languages[n] for n in doubtful], self._hotwords
            )
            for number, second in zip(doubtful, again, strict=True):
                words = names_heard(found[number].words, second.words, names)
                found[number] = replace(found[number], words=words)
        return found

    def _window_words(self, item: tuple[int, _Found]) -> WindowWords:
        number, (heard, (code, languages)) = item
        one = self._windows[number]
        both = two_languages(languages.probabilities, self._call.spoken)
        if both and len(one.window.pieces) > 1:
            return self._in_parts(one, both, languages)
        words, dropped = self._believed(one, one.window, heard, code)
        return WindowWords(words, languages, dropped)

    def _in_parts(
        self, one: ChannelWindow, both: tuple[str, str], languages: HeardLanguages
    ) -> WindowWords:
        """The words of a window in which the language changes, each part in its own."""
        pieces = [self._whisper.encode(self._sound(one.channel, [p])) for p in one.window.pieces]
        heard = self._whisper.language_probabilities(pieces)
        words: tuple[HeardWord, ...] = ()
        dropped: Counter[str] = Counter()
        for part, code in parts_by_language(one.window, both, heard):
            encoded = self._whisper.encode(self._sound(one.channel, part.pieces))
            (said,) = self._listen([encoded], [code])
            own, left_out = self._believed(one, part, said, code)
            words += own
            dropped.update(left_out)
        return WindowWords(words, languages, dict(dropped))

    def _believed(
        self, one: ChannelWindow, window: Window, heard: Heard, code: str
    ) -> tuple[tuple[HeardWord, ...], Mapping[str, int]]:
        """The words to believe, in the recording's clock, and how many were left out."""

        def hear_again(
            parts: Sequence[Interval], *, at_leisure: bool = False
        ) -> Sequence[Sequence[Heard]]:
            whole = self._sound(one.channel, window.pieces)
            sounds = [whole[int(p.start_s * RATE) : int(p.end_s * RATE)] for p in parts]
            if at_leisure:
                return [self._whisper.hear_again(sound, code) for sound in sounds]
            encoded = [self._whisper.encode(sound) for sound in sounds]
            return [[heard] for heard in self._listen(encoded, [code] * len(parts))]

        speech = window.heard_speech(one.speech)
        believed = believe(heard, window.length_s, speech, hear_again)
        placed = place_words(believed.words, window, one.speech)
        return tuple(_heard_word(word, code) for word in placed), believed.dropped


def _heard_word(word: Word, language: str) -> HeardWord:
    return HeardWord(
        word.text, word.start_s, word.end_s, word.confidence, word.space_before, language
    )
