"""Finding the phrases of keyword lists in what was said.

English and its like match whole words. Korean phrases match from the start of a word on and
whatever its spacing, so that particles and endings may follow: 환불 in "환불을", "환불해 주세요".
All phrases are looked for at once (Aho-Corasick), so thousands of them cost hardly more than one.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import ahocorasick

from callreview.analysis.keyword_lists import (
    KeywordList,
    ListRole,
    list_to_data,
    load_shipped_lists,
    parse_list,
    read_list,
)
from callreview.analysis.phrase_text import SpelledText, spell_run_together, spell_words
from callreview.analysis.word_times import WordTimes
from callreview.domain.transcript import Hit, Turn

__all__ = [
    "KeywordList",
    "ListRole",
    "PhraseSpotter",
    "list_to_data",
    "load_shipped_lists",
    "parse_list",
    "read_list",
]

_FREE_ENDINGS = ("ko",)
"""Languages that put endings onto words and are spaced differently by different people."""

_SYMBOL = re.compile(r"[^\w\s.,;:!?'’\"-]")


@dataclass(frozen=True)
class _Pattern:
    """A phrase or an exclusion of a list; `symbols` says that its other characters matter too."""

    list: str
    role: ListRole
    phrase: str
    excluded: bool
    symbols: bool


_Value = tuple[int, tuple[_Pattern, ...]]
"""The length of a key and the patterns that share it."""


class _Found(NamedTuple):
    """A pattern and the characters of the turn's text where it was found."""

    pattern: _Pattern
    start: int
    end: int


class _Automaton(Protocol):
    """What is used of ahocorasick.Automaton, which has no types."""

    def add_word(self, key: str, value: _Value) -> bool: ...

    def make_automaton(self) -> None: ...

    def iter(self, text: str) -> Iterator[tuple[int, _Value]]: ...


class PhraseSpotter:
    """Finds the phrases of many keyword lists in turns; building it costs more than using it."""

    def __init__(self, lists: Iterable[KeywordList]) -> None:
        every = tuple(lists)
        free = [keyword_list for keyword_list in every if keyword_list.language in _FREE_ENDINGS]
        whole = [keyword_list for keyword_list in every if keyword_list not in free]
        self._whole_words = _automaton(whole, _whole_words_key)
        self._word_starts = _automaton(free, _word_start_key)
        self._plain = any(phrase.isascii() for one in free for phrase in one.phrases)

    def find(self, turn: Turn) -> tuple[Hit, ...]:
        """The hits in the turn by place; one inside a longer one of its own list is left out."""
        text = turn.text
        found = [
            found
            for found in self._search(text)
            if found.pattern.role in ("any", turn.role) or turn.role == "unknown"
        ]
        if not found:
            return ()
        times = WordTimes(turn)
        return tuple(
            Hit(f.pattern.list, f.pattern.phrase, *times.between(f.start, f.end), f.start, f.end)
            for f in _longest(found)
        )

    def _search(self, text: str) -> Iterator[_Found]:
        if self._whole_words is not None:
            yield from _matches(self._whole_words, spell_words(text), text, 1)
        if self._word_starts is not None and (self._plain or not text.isascii()):
            yield from _matches(self._word_starts, spell_run_together(text), text, 0)


def _matches(
    automaton: _Automaton, spelled: SpelledText, text: str, border: int
) -> Iterator[_Found]:
    """What the automaton finds; keys have `border` spaces on either side."""
    for last, (length, patterns) in automaton.iter(spelled.text):
        first = last - length + 1 + border
        if not border and not spelled.starts_word(first):
            continue
        start, end = spelled.source(first, last - border)
        for pattern in patterns:
            if not pattern.symbols or _literally(pattern.phrase, text, start, end):
                yield _Found(pattern, start, end)


def _literally(phrase: str, text: str, start: int, end: int) -> bool:
    """Whether the phrase stands there with all its other characters, such as in "C++"."""
    room = len(phrase)
    return phrase.lower() in text[max(0, start - room) : end + room].lower()


def _longest(found: Sequence[_Found]) -> list[_Found]:
    """The hits that no exclusion and no longer hit of the same list covers, by place."""
    by_list: dict[str, list[_Found]] = {}
    for one in found:
        by_list.setdefault(one.pattern.list, []).append(one)
    kept = {
        (name, one.start, one.end): one
        for name, ours in by_list.items()
        for one in reversed(ours)
        if not one.pattern.excluded
        and (len(ours) == 1 or not any(_covers(other, one) for other in ours))
    }
    return sorted(kept.values(), key=lambda one: (one.start, one.end))


def _covers(one: _Found, other: _Found) -> bool:
    """Whether `one` keeps `other`, of the same list, from being a hit."""
    inside = one.start <= other.start and other.end <= one.end
    return inside and (one.pattern.excluded or one.end - one.start > other.end - other.start)


def _automaton(lists: Sequence[KeywordList], key_of: Callable[[str], str]) -> _Automaton | None:
    """An automaton whose values are the length of the key and the patterns that share it."""
    patterns: dict[str, list[_Pattern]] = {}
    for keyword_list in lists:
        for phrase, excluded in _phrases(keyword_list):
            symbols = _SYMBOL.search(phrase) is not None
            pattern = _Pattern(keyword_list.name, keyword_list.role, phrase, excluded, symbols)
            patterns.setdefault(key_of(phrase), []).append(pattern)
    if not patterns:
        return None
    automaton: _Automaton = ahocorasick.Automaton()
    for key, same in patterns.items():
        automaton.add_word(key, (len(key), tuple(same)))
    automaton.make_automaton()
    return automaton


def _phrases(keyword_list: KeywordList) -> Iterator[tuple[str, bool]]:
    yield from ((phrase, False) for phrase in keyword_list.phrases)
    yield from ((phrase, True) for phrase in keyword_list.exclusions)


def _whole_words_key(phrase: str) -> str:
    return spell_words(phrase).text


def _word_start_key(phrase: str) -> str:
    return spell_run_together(phrase).text
