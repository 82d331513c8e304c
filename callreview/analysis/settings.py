"""What a workspace sets for the analysis of its calls."""

from dataclasses import dataclass

from callreview.analysis.phrases.keyword_lists import KeywordList
from callreview.domain.personal_data import KINDS
from callreview.domain.talk_thresholds import USUAL, TalkThresholds
from callreview.domain.topic import Topic


@dataclass(frozen=True)
class AnalysisSettings:
    """Everything the analysis of a call depends on beside the call itself.

    `sentiment` is as in `analysis.sentiment.load_sentiment`, `hidden_kinds` are the kinds of personal
    data that are masked (those of payment cards always are), `talk` are the thresholds of talk
    metrics, `topics` what calls may be about, `products` the names to find mentions of. Crosses
    processes.
    """

    lists: tuple[KeywordList, ...] = ()
    sentiment: str | None = None
    hidden_kinds: frozenset[str] = frozenset(KINDS)
    talk: TalkThresholds = USUAL
    topics: tuple[Topic, ...] = ()
    products: tuple[str, ...] = ()
