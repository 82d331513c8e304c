"""The columns of the call list: title, text, sort order and alignment of each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from callreview.config.language import N_, _
from callreview.domain.call import CallSummary, Status
from callreview.domain.sentiment import SentimentLabel
from callreview.ui.review.wording import clock, percent, sentiment_name

SortKey = tuple[int, float | str]

NEGATIVE_BELOW = -0.5
POSITIVE_ABOVE = 0.5


@dataclass(frozen=True)
class Column:
    """One column, `width` pixels wide at first.

    `text` is what is read, `key` what is sorted by; unknown values sort last.
    """

    name: str
    title: str
    width: int
    text: Callable[[CallSummary], str]
    key: Callable[[CallSummary], SortKey]
    number: bool = False


def status_name(status: Status) -> str:
    """The state of a call in the user's language."""
    return {
        "imported": _("New"),
        "processing": _("Working"),
        "processed": _("Ready"),
        "failed": _("Failed"),
    }[status]


def date_text(started_at: str) -> str:
    """An ISO 8601 time as date and minute, "" when unknown."""
    try:
        return datetime.fromisoformat(started_at).strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return started_at


def sentiment_label(score: float) -> SentimentLabel:
    """The side of a sentiment score (-5..+5)."""
    if score <= NEGATIVE_BELOW:
        return "negative"
    return "positive" if score >= POSITIVE_ABOVE else "neutral"


SHAPES: dict[SentimentLabel, str] = {"negative": "▼", "neutral": "●", "positive": "▲"}


def sentiment_text(score: float | None) -> str:
    """A sentiment score (-5..+5) with a shape that tells its side."""
    if score is None:
        return ""
    return f"{SHAPES[sentiment_label(score)]} {score:+.1f}"


def sentiment_words(score: float | None) -> str:
    """A sentiment score in words, for those who do not see shapes."""
    if score is None:
        return ""
    return f"{sentiment_name(sentiment_label(score))} {score:+.1f}"


def score_text(call: CallSummary) -> str:
    """The final score, marked when the form failed."""
    if call.score is None:
        return ""
    return ("✕ " if call.failed else "") + percent(call.score)


def _word(value: str) -> SortKey:
    return (0 if value else 1, value.casefold())


def _start(call: CallSummary) -> SortKey:
    """The moment of the call, so that calls of different time zones sort as they happened."""
    try:
        return (0, datetime.fromisoformat(call.started_at).timestamp())
    except ValueError:
        return (1, 0.0)


def _figure(value: float | None) -> SortKey:
    return (1, 0.0) if value is None else (0, value)


COLUMNS: tuple[Column, ...] = (
    Column("reference", N_("Call"), 150, lambda c: c.reference, lambda c: _word(c.reference)),
    Column("date", N_("Date"), 148, lambda c: date_text(c.started_at), _start),
    Column("agent", N_("Agent"), 100, lambda c: c.agent, lambda c: _word(c.agent)),
    Column(
        "duration",
        N_("Length"),
        58,
        lambda c: clock(c.duration_s),
        lambda c: _figure(c.duration_s),
        number=True,
    ),
    Column(
        "sentiment",
        N_("Sentiment"),
        76,
        lambda c: sentiment_text(c.sentiment),
        lambda c: _figure(c.sentiment),
        number=True,
    ),
    Column("score", N_("Score"), 72, score_text, lambda c: _figure(c.score), number=True),
    Column("status", N_("Status"), 68, lambda c: status_name(c.status), lambda c: _word(c.status)),
    Column("customer", N_("Customer"), 110, lambda c: c.customer, lambda c: _word(c.customer)),
    Column("queue", N_("Queue"), 96, lambda c: c.queue, lambda c: _word(c.queue)),
    Column("outcome", N_("Outcome"), 110, lambda c: c.outcome, lambda c: _word(c.outcome)),
)
