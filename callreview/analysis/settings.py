"""What a workspace sets for the analysis of its calls."""

from dataclasses import dataclass

from callreview.analysis.keyword_lists import KeywordList


@dataclass(frozen=True)
class AnalysisSettings:
    """Everything the analysis of a call depends on beside the call itself.

    `sentiment` is as in `analysis.sentiment.load_sentiment`. Crosses processes.
    """

    lists: tuple[KeywordList, ...] = ()
    sentiment: str | None = None
