"""What a coaching report is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from callreview.domain.annotation import Comment
from callreview.domain.call import CallSummary
from callreview.domain.evaluation import Evaluation
from callreview.domain.sentiment import SpeakerSentiment
from callreview.domain.talk_metrics import TalkMetrics
from callreview.domain.transcript import Role

ENOUGH_CALLS = 10
"""Fewer observations show "not enough calls yet" (docs/definitions.md, "Sampling")."""


@dataclass(frozen=True)
class CoachedCall:
    """A call of the agent and what is known of it.

    `evaluation` is the newest finished human one; a draft does not count. `models` are the models
    that made the transcript, by part. `synthetic` tells that nobody really called.
    """

    summary: CallSummary
    evaluation: Evaluation | None = None
    sentiment: Mapping[Role, SpeakerSentiment] = field(default_factory=dict)
    metrics: TalkMetrics | None = None
    comments: tuple[Comment, ...] = ()
    models: Mapping[str, str] = field(default_factory=dict)
    synthetic: bool = False


@dataclass(frozen=True)
class CoachingData:
    """The calls of one agent in one period.

    `made_at`, `period_start` and `period_end` are ISO 8601; an empty period is that of the calls.
    `team_scores` are the final scores (percent) of the other agents' finished evaluations with
    the same scorecards.
    """

    agent: str
    calls: tuple[CoachedCall, ...]
    made_at: str
    period_start: str = ""
    period_end: str = ""
    team: str = ""
    team_scores: tuple[float, ...] = ()
    program: str = ""
