"""A call as it is known before anything is recognised: its metadata and its recording."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

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


@dataclass(frozen=True)
class CallFilter:
    """Which calls of the list are wanted; "" and None leave a field open.

    `text` is looked for in reference, agent, customer, caller, queue, outcome and campaign.
    `started_from` and `started_to` are ISO 8601 dates or times, the latter exclusive.
    """

    text: str = ""
    agent: str = ""
    team: str = ""
    queue: str = ""
    outcome: str = ""
    status: Status | None = None
    scored: bool | None = None
    started_from: str = ""
    started_to: str = ""


@dataclass(frozen=True)
class CallSummary:
    """One row of the call list.

    `sentiment` is the customer's score (-5..+5), `score` the final score in percent of the newest
    finished human evaluation; both None when there is none.
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
