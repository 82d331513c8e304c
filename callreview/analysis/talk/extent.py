"""From when to when people talk in a call: where "the first 30 seconds" are."""

from collections.abc import Sequence
from dataclasses import dataclass

from callreview.analysis.phrases.keyword_lists import KeywordList
from callreview.domain.talk_metrics import Interval
from callreview.domain.transcript import Hit, Turn


@dataclass(frozen=True)
class Extent:
    """The talk of a call in seconds, from its first word to its last; announcements do not count."""

    start_s: float
    end_s: float

    def window(self, keyword_list: KeywordList) -> Interval:
        """When the phrases of a list have to be said, in seconds."""
        if keyword_list.position == "start":
            return Interval(self.start_s, min(self.start_s + keyword_list.within_s, self.end_s))
        if keyword_list.position == "end":
            return Interval(max(self.end_s - keyword_list.within_s, self.start_s), self.end_s)
        return Interval(self.start_s, self.end_s)

    def holds(self, keyword_list: KeywordList, hit: Hit) -> bool:
        """Whether a hit of the list begins where the list is looked for."""
        if keyword_list.position == "anywhere":
            return True
        window = self.window(keyword_list)
        return window.start_s <= hit.start_s <= window.end_s


def talk_extent(turns: Sequence[Turn]) -> Extent:
    """When people talk in a call with these turns; 0 to 0 when nobody does."""
    spoken = [turn for turn in turns if turn.role != "ivr"] or turns
    start_s = min((turn.start_s for turn in spoken), default=0.0)
    return Extent(start_s, max((turn.end_s for turn in spoken), default=0.0))
