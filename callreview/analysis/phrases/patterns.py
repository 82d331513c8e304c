"""The phrases of keyword lists, prepared to be looked for all at once (Aho-Corasick)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import ahocorasick

from callreview.analysis.phrases.keyword_lists import KeywordList
from callreview.analysis.phrases.variants import variants

_SYMBOL = re.compile(r"[^\w\s.,;:!?'’\"-]")


@dataclass(frozen=True, eq=False)
class Pattern:
    """One way to say a phrase, or an exclusion, of a list.

    `phrase` is as it stands in the list; `literal` is set where its other characters matter too.
    """

    source: KeywordList
    phrase: str
    excluded: bool
    literal: str = ""

    def is_literally(self, text: str, start: int, end: int) -> bool:
        """Whether it stands there with all its other characters, such as in "C++"."""
        room = len(self.literal)
        return self.literal in text[max(0, start - room) : end + room].lower()


class Found(NamedTuple):
    """A pattern and the characters of a turn's text where it was found, nearly or exactly."""

    pattern: Pattern
    start: int
    end: int
    near: bool = False


Value = tuple[int, tuple[Pattern, ...]]
"""The length of a key and the patterns that share it."""


class Automaton(Protocol):
    """What is used of ahocorasick.Automaton, which has no types."""

    def add_word(self, key: str, value: object) -> bool:
        """Add a key with what it stands for."""

    def make_automaton(self) -> None:
        """Finish; keys can be looked for from now on."""

    def iter(self, text: str) -> Iterator[tuple[int, Value]]:
        """Every key in the text, overlapping or not: the place of its last character, its value."""


def searched(keys: Iterable[tuple[str, Pattern]]) -> Automaton | None:
    """An automaton that looks for all keys at once; None when there are none."""
    patterns: dict[str, list[Pattern]] = {}
    for key, pattern in keys:
        patterns.setdefault(key, []).append(pattern)
    if not patterns:
        return None
    result: Automaton = ahocorasick.Automaton()
    for key, same in patterns.items():
        result.add_word(key, (len(key), tuple(same)))
    result.make_automaton()
    return result


def spoken_patterns(keyword_list: KeywordList) -> Iterator[tuple[Pattern, str]]:
    """Each way to say each phrase and exclusion of a list."""
    for excluded, phrases in ((False, keyword_list.phrases), (True, keyword_list.exclusions)):
        for phrase in phrases:
            for spoken in variants(phrase):
                literal = spoken.lower() if _SYMBOL.search(spoken) else ""
                yield Pattern(keyword_list, phrase, excluded, literal), spoken
