"""Where a reviewer's mark stands in a transcript that may not be the one it was made on.

A mark keeps its time in the recording and the words it quoted; neither is ever rewritten. In another
version of the transcript the same words are spelled, spaced or timed a little differently, or some
were heard differently. The mark stands where, within a few seconds, most letters of the quote are
found; case, punctuation, accents and spaces make no difference. Where they are not, it is lost.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from callreview.domain.evaluation import Evidence
from callreview.domain.letters import letters
from callreview.domain.transcript import Transcript, Word, join_words

SEARCH_S = 8.0
"""How far from its time a quote is looked for (seconds): models disagree by a few at most."""

NEAR_S = 1.0
"""A mark without words belongs to what is said at most this far from it (seconds)."""

_ALIKE = 0.6
# Short quotes are like many other words by chance.
_ALIKE_SHORT = ((6, 1.0), (12, 0.8), (20, 0.7))
_DISTANCE_COST_PER_S = 0.01
_CLIMB_WORDS = 3
_BEST_STARTS = 4


@dataclass(frozen=True)
class Anchor:
    """Where a mark stands: its time (seconds), its turns (first and last) and the words there.

    `turns` is None where nobody speaks. `likeness` is 1 where every letter is as quoted.
    """

    start_s: float
    end_s: float
    turns: tuple[int, int] | None
    text: str
    likeness: float = 1.0


@dataclass(frozen=True)
class _Placed:
    """A word, its turn and its letters as they are compared."""

    word: Word
    turn: int
    letters: str


@dataclass(frozen=True)
class _Run:
    """Words in a row and how much their letters are those of the quote (0..1)."""

    words: Sequence[_Placed]
    likeness: float
    rank: float


class Anchors:
    """Finds marks in one transcript; building it reads every word once."""

    def __init__(self, transcript: Transcript) -> None:
        every = [
            _Placed(word, number, letters(word.text))
            for number, turn in enumerate(transcript.turns)
            for word in turn.words
        ]
        voices: dict[str, list[_Placed]] = {}
        for placed in every:
            voices.setdefault(transcript.turns[placed.turn].speaker, []).append(placed)
        self._turns = [(turn.start_s, turn.end_s) for turn in transcript.turns]
        # A quote may run over the turns of both, or over another's interruption.
        self._streams = [_Stream(every), *(_Stream(v) for v in voices.values() if len(voices) > 1)]

    def find(self, mark: Evidence) -> Anchor | None:
        """Where the mark stands, None when its words are not found near its time.

        A mark without words stands where it was made as long as somebody speaks there.
        """
        quote = letters(mark.quote)
        if not quote:
            return self._by_time(mark)
        runs = [run for stream in self._streams for run in stream.runs(mark, quote)]
        best = max(runs, key=lambda run: run.rank, default=None)
        if best is None or best.likeness < _needed(len(quote)):
            return None
        return _anchor(mark, best.words, best.likeness)

    def _by_time(self, mark: Evidence) -> Anchor | None:
        earliest_s, latest_s = mark.start_s - NEAR_S, mark.end_s + NEAR_S
        turns = [
            number
            for number, (start_s, end_s) in enumerate(self._turns)
            if start_s <= latest_s and end_s >= earliest_s
        ]
        if not turns:
            return None
        text = _text(self._streams[0].between(mark.start_s, mark.end_s))
        return Anchor(mark.start_s, mark.end_s, (turns[0], turns[-1]), text)


class _Stream:
    """Words in the order they are read, and quick access to those of a time."""

    def __init__(self, words: Sequence[_Placed]) -> None:
        self._words = words
        self._by_time = sorted(range(len(words)), key=lambda index: _middle_s(words[index]))
        self._middles = [_middle_s(words[index]) for index in self._by_time]

    def between(self, start_s: float, end_s: float) -> list[_Placed]:
        """The words whose middle lies between two times (seconds)."""
        first = bisect_left(self._middles, start_s)
        last = bisect_right(self._middles, end_s)
        return [self._words[index] for index in sorted(self._by_time[first:last])]

    def runs(self, mark: Evidence, quote: str) -> Iterator[_Run]:
        """The runs of words near the mark that are most like the quote."""
        near = self.between(mark.start_s - SEARCH_S, mark.end_s + SEARCH_S)
        near = [placed for placed in near if placed.letters]
        text = _Text(near, mark, quote)
        starts = sorted((text.from_word(first) for first in range(len(near))), key=_rank)
        for run in starts[-_BEST_STARTS:]:
            yield text.climb(run)


class _Text:
    """The letters of words in a row, compared with a quote."""

    def __init__(self, words: Sequence[_Placed], mark: Evidence, quote: str) -> None:
        from rapidfuzz.distance import Levenshtein

        self._words, self._mark, self._quote = words, mark, quote
        self._letters = "".join(placed.letters for placed in words)
        self._ends = list(accumulate(len(placed.letters) for placed in words))
        self._likeness = Levenshtein.normalized_similarity

    def from_word(self, first: int) -> tuple[_Run, int, int]:
        """The run from this word on that is about as long as the quote."""
        begin = self._ends[first - 1] if first else 0
        last = min(bisect_left(self._ends, begin + len(self._quote)), len(self._ends) - 1)
        if last > first and self._ends[last] - begin > len(self._quote):
            shorter = begin + len(self._quote) - self._ends[last - 1]
            last -= shorter < self._ends[last] - begin - len(self._quote)
        return self._run(first, last), first, last

    def climb(self, start: tuple[_Run, int, int]) -> _Run:
        """The best run whose ends are at most a few words from those of `start`."""
        _run, first, last = start
        reach = range(-_CLIMB_WORDS, _CLIMB_WORDS + 1)
        runs = [
            self._run(first + before, last + after)
            for before in reach
            for after in reach
            if 0 <= first + before <= last + after < len(self._words)
        ]
        return max(runs, key=lambda run: run.rank)

    def _run(self, first: int, last: int) -> _Run:
        begin = self._ends[first - 1] if first else 0
        likeness = self._likeness(self._quote, self._letters[begin : self._ends[last]])
        words = self._words[first : last + 1]
        away_s = abs(words[0].word.start_s - self._mark.start_s)
        away_s += abs(words[-1].word.end_s - self._mark.end_s)
        return _Run(words, likeness, likeness - _DISTANCE_COST_PER_S * away_s)


def _rank(found: tuple[_Run, int, int]) -> float:
    return found[0].rank


def _needed(length: int) -> float:
    return next((needed for most, needed in _ALIKE_SHORT if length < most), _ALIKE)


def _anchor(mark: Evidence, words: Sequence[_Placed], likeness: float) -> Anchor:
    inside = all(mark.start_s <= _middle_s(placed) <= mark.end_s for placed in words)
    if likeness == 1.0 and inside:
        # Nothing has moved: a stretch that was chosen wider than its words stays so.
        return Anchor(mark.start_s, mark.end_s, _turns(words), _text(words))
    start_s = min(placed.word.start_s for placed in words)
    end_s = max(placed.word.end_s for placed in words)
    return Anchor(start_s, end_s, _turns(words), _text(words), likeness)


def _turns(words: Sequence[_Placed]) -> tuple[int, int]:
    numbers = [placed.turn for placed in words]
    return min(numbers), max(numbers)


def _text(words: Sequence[_Placed]) -> str:
    return join_words(tuple(placed.word for placed in words))


def _middle_s(placed: _Placed) -> float:
    return (placed.word.start_s + placed.word.end_s) / 2
