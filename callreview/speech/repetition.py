"""Loops of the recogniser: the same few words again and again, where nobody said them so often."""

import re
from collections.abc import Sequence

from callreview.domain.transcript import Word

_LONGEST_PHRASE = 8
# People do say "no, no, no, no" and repeat a sentence; a loop does not stop there.
_TIMES_OF_A_WORD = 7
_TIMES_OF_A_PHRASE = 4


def without_loops(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words, a phrase that is repeated over and over kept only once.

    That is a word said at least seven times in a row, or two to eight words at least four times.
    """
    spoken = [re.sub(r"[\W_]+", "", word.text).lower() for word in words]
    kept: list[Word] = []
    index = 0
    while index < len(words):
        length, times = _loop_at(spoken, index)
        kept += words[index : index + length]
        index += length * times
    return tuple(kept)


def _loop_at(spoken: Sequence[str], start: int) -> tuple[int, int]:
    """The phrase that loops from `start` on: its length in words and how often it is said."""
    for length in range(1, _LONGEST_PHRASE + 1):
        phrase = spoken[start : start + length]
        times = 1
        while spoken[start + times * length :][:length] == phrase:
            times += 1
        if times >= (_TIMES_OF_A_WORD if length == 1 else _TIMES_OF_A_PHRASE):
            return length, times
    return 1, 1
