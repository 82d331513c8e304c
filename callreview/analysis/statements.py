"""The sentences of a call: what findings are looked for in, with the way back to the words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from callreview.domain.transcript import Role, Turn, Word, join_words

LONGEST_WORDS = 60
"""A sentence that goes on longer is cut: nobody put a full stop."""

_ENDS = (".", "?", "!", "。", "？", "！", "…")
_ABBREVIATIONS = frozenset({"mr.", "mrs.", "ms.", "dr.", "st.", "no.", "a.m.", "p.m.", "vs."})


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
    def asks(self) -> bool:
        """Whether it ends in a question mark."""
        return self.text.endswith(("?", "？", "?!"))


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
    return text.endswith(_ENDS) and text.lower() not in _ABBREVIATIONS
