"""What was found to be personal data: which words of which turn, and of what kind."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from callreview.analysis.personal_data.spoken_numbers import Token

Place = tuple[int, int]
"""A turn and a word of it."""


@dataclass(frozen=True)
class Found:
    """Words of one turn, from place `first` to `last`, that hold personal data of a kind."""

    kind: str
    turn: int
    first: int
    last: int


class Taken:
    """The words of a call that are personal data; the first kind that takes a word keeps it."""

    def __init__(self) -> None:
        self._kinds: dict[Place, str] = {}

    def __contains__(self, token: Token) -> bool:
        return (token.turn, token.first) in self._kinds

    def kind(self, token: Token) -> str:
        """The kind of a token that is taken, or ""."""
        return self._kinds.get((token.turn, token.first), "")

    def add(self, token: Token, kind: str) -> None:
        """Take the words of a token."""
        self.take(token.turn, range(token.first, token.last + 1), kind)

    def take(self, turn: int, words: Iterable[int], kind: str) -> None:
        """Take words of a turn by their places."""
        for word in words:
            self._kinds.setdefault((turn, word), kind)

    def found(self) -> Iterator[Found]:
        """The taken words; neighbours of one kind are one stretch."""
        held: Found | None = None
        for (turn, word), kind in sorted(self._kinds.items()):
            if held is not None and held == Found(kind, turn, held.first, word - 1):
                held = Found(kind, turn, held.first, word)
                continue
            if held is not None:
                yield held
            held = Found(kind, turn, word, word)
        if held is not None:
            yield held
