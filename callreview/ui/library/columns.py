"""The columns of the call list: title, text, sort order and alignment of each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from callreview.config.language import N_, _
from callreview.domain.call import CallSummary, Status, sentiment_side
from callreview.domain.figure_text import clock, signed
from callreview.domain.finding import FindingKind
from callreview.domain.sentiment import SentimentLabel
from callreview.services.finding_labels import label_name
from callreview.services.finding_words import kind_name
from callreview.ui.review.wording import percent, precise, sentiment_name

SortKey = tuple[int, float | str]


@dataclass(frozen=True)
class Column:
    """One column, `width` pixels wide at first.

    `text` is what is read, `key` what is sorted by; unknown values sort last. A column that is not
    `shown` at first can be chosen in the menu of the header.
    """

    name: str
    title: str
    width: int
    text: Callable[[CallSummary], str]
    key: Callable[[CallSummary], SortKey]
    number: bool = False
    shown: bool = True


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


SHAPES: dict[SentimentLabel, str] = {"negative": "▼", "neutral": "●", "positive": "▲"}


def sentiment_text(score: float | None) -> str:
    """A sentiment score (-5..+5) with a shape that tells its side."""
    if score is None:
        return ""
    return f"{SHAPES[sentiment_side(score)]} {signed(score)}"


def sentiment_words(score: float | None) -> str:
    """A sentiment score in words, for those who do not see shapes."""
    if score is None:
        return ""
    return f"{sentiment_name(sentiment_side(score))} {signed(score)}"


def shift_text(shift: float | None) -> str:
    """How the sentiment changed over the call, with a shape that tells the direction."""
    if shift is None:
        return ""
    return f"{SHAPES[sentiment_side(shift)]} {signed(shift)}"


def found_words(call: CallSummary) -> str:
    """What was found in a call, a kind a line with its number."""
    return "\n".join(f"{kind_name(kind)}: {count}" for kind, count in call.found.items())


def _reason(call: CallSummary) -> str:
    return label_name("contact_reason", call.reason) if call.reason else ""


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


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.0%}"


def _seconds(value: float | None) -> str:
    return "" if value is None else precise(value)


def _count(kind: FindingKind, title: str, *, shown: bool = False) -> Column:
    """A column of how many findings of a kind there are; blank where there are none."""
    return Column(
        kind,
        title,
        84,
        lambda call: str(call.found.get(kind, "")),
        lambda call: _figure(call.found.get(kind)),
        number=True,
        shown=shown,
    )


def _figure(value: float | None) -> SortKey:
    return (1, 0.0) if value is None else (0, value)


COLUMNS: tuple[Column, ...] = (
    Column("reference", N_("Call"), 136, lambda c: c.reference, lambda c: _word(c.reference)),
    Column("date", N_("Date"), 146, lambda c: date_text(c.started_at), _start),
    Column("agent", N_("Agent"), 96, lambda c: c.agent, lambda c: _word(c.agent)),
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
    Column("reason", N_("Contact reason"), 124, _reason, lambda c: _word(_reason(c))),
    Column("score", N_("Score"), 72, score_text, lambda c: _figure(c.score), number=True),
    Column("status", N_("Status"), 68, lambda c: status_name(c.status), lambda c: _word(c.status)),
    _count("complaint", N_("Complaints"), shown=True),
    _count("promise", N_("Promises"), shown=True),
    Column("customer", N_("Customer"), 110, lambda c: c.customer, lambda c: _word(c.customer)),
    Column("queue", N_("Queue"), 96, lambda c: c.queue, lambda c: _word(c.queue)),
    Column("outcome", N_("Outcome"), 110, lambda c: c.outcome, lambda c: _word(c.outcome)),
    Column(
        "shift",
        N_("Change"),
        76,
        lambda c: shift_text(c.shift),
        lambda c: _figure(c.shift),
        number=True,
        shown=False,
    ),
    _count("purchase_given_up", N_("Purchase given up")),
    _count("list_check", N_("Required phrases")),
    _count("question", N_("Questions")),
    _count("personal_data", N_("Personal data")),
    Column(
        "dead_air",
        N_("Dead air"),
        72,
        lambda c: _seconds(c.dead_air_s),
        lambda c: _figure(c.dead_air_s),
        number=True,
        shown=False,
    ),
    Column(
        "interruptions",
        N_("Interruptions"),
        84,
        lambda c: "" if c.interruptions is None else str(c.interruptions),
        lambda c: _figure(c.interruptions),
        number=True,
        shown=False,
    ),
    Column(
        "talk_share",
        N_("Talk share"),
        76,
        lambda c: _share(c.talk_share),
        lambda c: _figure(c.talk_share),
        number=True,
        shown=False,
    ),
    Column(
        "language",
        N_("Language"),
        72,
        lambda c: c.language,
        lambda c: _word(c.language),
        shown=False,
    ),
    Column("team", N_("Team"), 96, lambda c: c.team, lambda c: _word(c.team), shown=False),
    Column(
        "campaign",
        N_("Campaign"),
        96,
        lambda c: c.campaign,
        lambda c: _word(c.campaign),
        shown=False,
    ),
)
