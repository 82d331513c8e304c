"""A call as it is known before anything is recognised: its metadata and its recording."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from callreview.domain.finding import FindingKind
from callreview.domain.sentiment import SentimentLabel

Direction = Literal["inbound", "outbound", ""]
Status = Literal["imported", "processing", "processed", "failed"]


@dataclass(frozen=True)
class CallMetadata:
    """Who called whom, when and with which outcome (docs/definitions.md, "Exchange").

    `started_at` is ISO 8601, "" when unknown. `hold_s` and `csat` are None when unknown.
    `agent_channel` is 0-based, None when unknown. `extra` keeps every further column.
    """

    reference: str
    agent: str = ""
    started_at: str = ""
    customer_id: str = ""
    caller: str = ""
    direction: Direction = ""
    queue: str = ""
    campaign: str = ""
    source: str = ""
    outcome: str = ""
    team: str = ""
    language: str = ""
    csat: float | None = None
    hold_s: float | None = None
    agent_channel: int | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


FigureName = Literal["sentiment", "shift", "dead_air_s", "interruptions", "talk_share"]
"""The figures of a CallSummary that calls can be chosen by."""


@dataclass(frozen=True)
class FigureRange:
    """Calls whose figure lies from `least` to `most`, both inclusive; None is open.

    A call without the figure is in no range.
    """

    figure: FigureName
    least: float | None = None
    most: float | None = None


NEGATIVE_AT = -0.5
POSITIVE_AT = 0.5
"""Scores of a speaker from which on a call counts as negative or positive."""


def sentiment_side(score: float) -> SentimentLabel:
    """The side of a speaker's sentiment score (-5..+5)."""
    if score <= NEGATIVE_AT:
        return "negative"
    return "positive" if score >= POSITIVE_AT else "neutral"


def sentiment_range(side: SentimentLabel) -> FigureRange:
    """The calls whose customer is on this side."""
    inside = (math.nextafter(NEGATIVE_AT, 0.0), math.nextafter(POSITIVE_AT, 0.0))
    limits: dict[SentimentLabel, tuple[float | None, float | None]] = {
        "negative": (None, NEGATIVE_AT),
        "neutral": inside,
        "positive": (POSITIVE_AT, None),
    }
    return FigureRange("sentiment", *limits[side])


@dataclass(frozen=True)
class Found:
    """Calls in which something of a kind was found; `label` "" stands for any of that kind."""

    kind: FindingKind
    label: str = ""


@dataclass(frozen=True)
class CallFilter:
    """Which calls of the list are wanted; "", None and () leave a field open.

    `text` is looked for in reference, agent, customer, caller, queue, outcome and campaign.
    `started_from` and `started_to` are ISO 8601 dates or times, the latter exclusive. `reason` is
    the surest contact reason. A call has to have everything of `found`, hits of all keyword
    `lists`, and all `figures` in their range; the active transcript of its recording counts.
    """

    text: str = ""
    agent: str = ""
    team: str = ""
    queue: str = ""
    outcome: str = ""
    language: str = ""
    status: Status | None = None
    scored: bool | None = None
    started_from: str = ""
    started_to: str = ""
    reason: str = ""
    found: tuple[Found, ...] = ()
    lists: tuple[str, ...] = ()
    figures: tuple[FigureRange, ...] = ()


@dataclass(frozen=True)
class FilterChoices:
    """The values that occur in the calls of a workspace, in alphabetical order."""

    agents: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    queues: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    found: Mapping[FindingKind, tuple[str, ...]] = field(default_factory=dict)
    lists: tuple[str, ...] = ()


@dataclass(frozen=True)
class CallSummary:
    """One row of the call list.

    `sentiment` is the customer's score (-5..+5) and `shift` its change from the first to the last
    quarter, `score` the final score in percent of the newest finished human evaluation;
    `dead_air_s` is the total in seconds, `interruptions` and `talk_share` (0..1) are the agent's.
    All of them are None when there is none. `reason` is the surest contact reason, `found` says
    how many findings there are of each kind.
    """

    id: int
    reference: str
    started_at: str
    agent: str
    customer: str
    duration_s: float
    queue: str
    direction: str
    outcome: str
    campaign: str
    team: str
    language: str
    status: Status
    channels: int
    sentiment: float | None
    score: float | None
    scorecard: str
    failed: bool
    problem: str
    shift: float | None = None
    dead_air_s: float | None = None
    interruptions: int | None = None
    talk_share: float | None = None
    reason: str = ""
    found: Mapping[FindingKind, int] = field(default_factory=dict)
