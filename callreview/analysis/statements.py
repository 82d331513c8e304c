"""The sentences of a call: what findings are looked for in, with the way back to the words."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from callreview.analysis.phrases.spelling import spelled_words
from callreview.domain.finding import Finding, FindingKind
from callreview.domain.transcript import Role, Turn, Word, join_words

LONGEST_WORDS = 60
"""A sentence that goes on longer is cut: nobody put a full stop."""

_ENDS = (".", "?", "!", "。", "？", "！", "…")
_ABBREVIATIONS = frozenset({"mr.", "mrs.", "ms.", "dr.", "st.", "no.", "a.m.", "p.m.", "vs."})


@dataclass(frozen=True)
class SpelledStatement:
    """The words of a statement as patterns read them: `starts[i]` is where word i begins."""

    text: str
    starts: list[int]

    def words(self, found: re.Match[str]) -> tuple[int, int]:
        """The first and the last word that hold what was found."""
        inside = found.group()
        start = found.start() + len(inside) - len(inside.lstrip())
        end = found.end() - len(inside) + len(inside.rstrip())
        return bisect_right(self.starts, start) - 1, bisect_right(self.starts, end - 1) - 1


@dataclass(frozen=True)
class Statement:
    """A sentence of a turn: `turn` is the turn's position, the words are counted within it.

    `text` is as it is read; `words` are those from `first_word` to `last_word` (inclusive).
    """

    turn: int
    first_word: int
    last_word: int
    role: Role
    words: tuple[Word, ...]
    text: str

    @property
    def place(self) -> tuple[int, int]:
        """What tells it from the other statements of a call."""
        return self.turn, self.first_word

    @property
    def asks(self) -> bool:
        """Whether it ends in a question mark."""
        return self.text.endswith(("?", "？", "?!"))

    @cached_property
    def spelled(self) -> SpelledStatement:
        """The words in small letters, one space between them, without signs."""
        text = ""
        starts = []
        for word in self.words:
            spelled = " ".join(spelled_words(word.text))
            if spelled and (word.space_before or not text):
                text += " "
            starts.append(len(text))
            text += spelled
        return SpelledStatement(text + " ", starts)

    def finding(
        self,
        kind: FindingKind,
        label: str,
        confidence: float,
        details: Mapping[str, str] | None = None,
        *,
        first: int = 0,
        last: int | None = None,
    ) -> Finding:
        """What its words from `first` to `last` (inclusive) show; without them, the whole of it."""
        end = len(self.words) - 1 if last is None else last
        return Finding(
            kind,
            label,
            self.words[first].start_s,
            self.words[end].end_s,
            self.role,
            confidence,
            self.turn,
            self.first_word + first,
            self.first_word + end,
            details or {},
        )


def statements_of(turns: Sequence[Turn]) -> list[Statement]:
    """All sentences of the turns, in their order."""
    return [
        Statement(position, first, last, turn.role, words, join_words(words))
        for position, turn in enumerate(turns)
        for first, last, words in _sentences(turn.words)
    ]


def _sentences(words: tuple[Word, ...]) -> Iterator[tuple[int, int, tuple[Word, ...]]]:
    first = 0
    for number, word in enumerate(words):
        last = number == len(words) - 1
        if last or _ends(word.text) or number - first + 1 >= LONGEST_WORDS:
            yield first, number, words[first : number + 1]
            first = number + 1


def _ends(text: str) -> bool:
    initial = len(text) == 2 and text.isascii() and text[0].isalpha()  # the "P." of "P.O. box"
    return text.endswith(_ENDS) and not initial and text.lower() not in _ABBREVIATIONS
