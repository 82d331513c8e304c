"""How often a list's phrases are said in many calls, quickly enough to count while one is written."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby

from callreview.analysis.phrases.keyword_lists import KeywordList
from callreview.analysis.phrases.keywords import PhraseSpotter
from callreview.analysis.phrases.korean_forms import bare_word, spoken_forms
from callreview.analysis.phrases.patterns import Pattern, searched, spoken_patterns
from callreview.analysis.phrases.spelling import spell_run_together, spelled_words
from callreview.analysis.talk.extent import talk_extent
from callreview.domain.transcript import Turn


@dataclass(frozen=True)
class PhraseCount:
    """So many hits in so many of the calls that were searched."""

    hits: int
    calls: int
    searched: int


class CountedCalls:
    """Calls prepared for counting: their turns, and all texts in one without spaces.

    Phrases are first looked for in that; only turns that may hold one are searched by the rules.
    Near-misses are not counted.
    """

    def __init__(self, calls: Sequence[Sequence[Turn]]) -> None:
        self._turns = [turn for turns in calls for turn in turns]
        self._call_of = [number for number, turns in enumerate(calls) for _turn in turns]
        self._extents = [talk_extent(turns) for turns in calls]
        spelled = [spelled_words(turn.text) for turn in self._turns]
        self._spoken = _Joined("".join(words) for words in spelled)
        self._bare = _Joined(
            "" if turn.text.isascii() else "".join(map(bare_word, words))
            for turn, words in zip(self._turns, spelled, strict=True)
        )

    def count(self, keyword_list: KeywordList) -> PhraseCount:
        """The hits of the list."""
        spotter = PhraseSpotter([replace(keyword_list, near=False)])
        hits: dict[int, int] = {}
        for call, numbers in groupby(self._may_hold(keyword_list), self._call_of.__getitem__):
            turns = [self._turns[number] for number in numbers]
            hits[call] = sum(map(len, spotter.find(turns, self._extents[call])))
        calls = sum(count > 0 for count in hits.values())
        return PhraseCount(sum(hits.values()), calls, len(self._extents))

    def _may_hold(self, keyword_list: KeywordList) -> list[int]:
        """The turns in which the letters of a phrase stand one after the other, in order."""
        keys = searched(_keys(keyword_list))
        if keys is None:
            return []
        places = (
            joined.turn_at(last)
            for joined in (self._spoken, self._bare)
            for last, _found in keys.iter(joined.text)
        )
        return sorted(set(places))


class _Joined:
    """The texts of turns, one below the other."""

    def __init__(self, texts: Iterable[str]) -> None:
        each = list(texts)
        self.text = "\n".join(each)
        self._starts = list(accumulate((len(text) + 1 for text in each), initial=0))

    def turn_at(self, place: int) -> int:
        """The number of the turn that holds this place of `text`."""
        return bisect_right(self._starts, place) - 1


def _keys(keyword_list: KeywordList) -> Iterator[tuple[str, Pattern]]:
    for pattern, spoken in spoken_patterns(keyword_list):
        for form in () if pattern.excluded else spoken_forms(spoken):
            yield spell_run_together(form), pattern
