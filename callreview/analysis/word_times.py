"""From characters of a turn's text to its words and their times."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from callreview.domain.transcript import Turn


def word_starts(turn: Turn) -> list[int]:
    """The character of `turn.text` at which each word begins."""
    pieces = [" " + word.text if word.space_before else word.text for word in turn.words]
    ends = list(accumulate(map(len, pieces)))
    # The text is stripped: what the first words bring in front of it is not there.
    stripped = ends[-1] - len("".join(pieces).lstrip()) if pieces else 0
    return [
        max(0, end - len(word.text) - stripped) for end, word in zip(ends, turn.words, strict=True)
    ]


def words_between(starts: Sequence[int], start: int, end: int) -> range:
    """The words, by their `word_starts`, that hold the characters from `start` to before `end`."""
    return range(max(0, bisect_right(starts, start) - 1), bisect_left(starts, end))


class WordTimes:
    """The times of stretches of a turn's text."""

    def __init__(self, turn: Turn) -> None:
        self._turn = turn
        self._starts = word_starts(turn)

    def between(self, start: int, end: int) -> tuple[float, float]:
        """When the words that hold the characters from `start` to before `end` are said."""
        first, last = self.words(start, end)
        return self._turn.words[first].start_s, self._turn.words[last].end_s

    def words(self, start: int, end: int) -> tuple[int, int]:
        """The first and the last word that hold the characters from `start` to before `end`."""
        first = max(0, bisect_right(self._starts, start) - 1)
        return first, max(first, bisect_right(self._starts, end - 1) - 1)
