"""Which word is spoken at a time, found by binary search."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from callreview.domain.transcript import Turn


class Spoken(NamedTuple):
    """A turn's row and a word's number in it; -1 where there is none."""

    row: int
    word: int


NOTHING = Spoken(-1, -1)


class SpokenIndex:
    """Finds the turn and word at a time among turns ordered by their start.

    Where turns overlap, the one that started last counts: that is what the ear follows.
    """

    def __init__(self, turns: Sequence[Turn]) -> None:
        self._turns = turns
        self._starts = [turn.start_s for turn in turns]
        self._latest_end = list(accumulate((turn.end_s for turn in turns), max))
        self._word_starts: dict[int, list[float]] = {}

    def at(self, seconds: float) -> Spoken:
        """The turn and word at `seconds`; a word counts until the next one of its turn starts."""
        row = bisect_right(self._starts, seconds) - 1
        while row >= 0 and self._latest_end[row] > seconds:
            if seconds < self._turns[row].end_s:
                return Spoken(row, self._word_at(row, seconds))
            row -= 1
        return NOTHING

    def _word_at(self, row: int, seconds: float) -> int:
        starts = self._word_starts.get(row)
        if starts is None:
            starts = [word.start_s for word in self._turns[row].words]
            self._word_starts[row] = starts
        return bisect_right(starts, seconds) - 1
