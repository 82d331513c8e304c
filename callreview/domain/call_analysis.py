"""What analysis found out about a whole call, beside what it marked in the turns."""

from collections.abc import Mapping
from dataclasses import dataclass

from callreview.domain.sentiment import SpeakerSentiment
from callreview.domain.talk_metrics import TalkMetrics
from callreview.domain.transcript import Role


@dataclass(frozen=True)
class CallAnalysis:
    """Sentiment of each role, the talk metrics, and the models that made them (kind -> id)."""

    sentiment: Mapping[Role, SpeakerSentiment]
    metrics: TalkMetrics
    models: Mapping[str, str]
