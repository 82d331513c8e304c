"""What the Findings panel says of a call, line by line and in groups."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from callreview.config.language import N_, _
from callreview.domain.figure_text import clock
from callreview.domain.finding import Finding, FindingKind
from callreview.domain.sentiment import SentimentLabel
from callreview.domain.usual_range import UsualRange
from callreview.ui.review.call_view import CallView
from callreview.ui.review.metric_lines import MetricLine, metric_lines

LOW_CONFIDENCE = 0.7
"""Findings that are less sure say so."""


@dataclass(frozen=True)
class Heading:
    """The title of a group and how many lines it has."""

    title: str
    count: int

    @property
    def aloud(self) -> str:
        """What a screen reader says."""
        return f"{self.title}, {self.count}"


@dataclass(frozen=True)
class Line:
    """One thing to read and hear, from `start_s` to `end_s` seconds.

    `turn` is the place of the turn in the transcript, with the words from `first_word` to
    `last_word`; None where nothing is said or all of the turn is meant. `side` gives it a shape.
    `note` stands below in a smaller size. Without a stretch of time there is nothing to hear.
    """

    text: str
    start_s: float = 0.0
    end_s: float = -1.0
    note: str = ""
    side: SentimentLabel | None = None
    turn: int | None = None
    first_word: int | None = None
    last_word: int | None = None

    @property
    def playable(self) -> bool:
        """Whether there is something to hear."""
        return self.end_s >= self.start_s

    @property
    def aloud(self) -> str:
        """What a screen reader says."""
        time = clock(self.start_s) if self.playable else ""
        return ", ".join(part for part in (time, self.text, self.note) if part)


Row = Heading | Line

_GROUPS: tuple[tuple[str, tuple[FindingKind, ...]], ...] = (
    (N_("Moments worth hearing"), ("moment",)),
    (N_("What the call is about"), ("contact_reason", "topic")),
    (N_("Promises and follow-ups"), ("promise",)),
    (N_("Complaints"), ("complaint", "purchase_given_up")),
    (N_("Questions"), ("question",)),
    (N_("Required phrases"), ("list_check",)),
    (N_("Mentions"), ("mention",)),
    (N_("Personal data"), ("personal_data",)),
)
_SIDES: Mapping[str, SentimentLabel] = {
    "fall": "negative",
    "worst_customer_turn": "negative",
    "recovery": "positive",
    "best_agent_answer": "positive",
}
_OPEN_FIRST = {"no": 0, "unclear": 1, "yes": 2}


def rows_of(view: CallView, usual: Mapping[str, UsualRange] | None) -> list[Row]:
    """Everything that was found in a call; the metrics against what is `usual`, None: not yet read."""
    rows: list[Row] = []
    for title, kinds in _GROUPS:
        found = [one for one in view.described_findings if one[0].kind in kinds]
        found.sort(key=lambda one: _place(one[0], kinds))
        _add(rows, _(title), [line_of(*one) for one in found])
    if view.transcript is not None and not rows:
        rows.append(Line(_("Nothing was found in this call.")))
    if view.metrics is not None and view.transcript is not None:
        lines = metric_lines(view.metrics, view.transcript.turns, usual)
        _add(rows, _talk_title(usual), [_metric(one) for one in lines])
    return rows


def _talk_title(usual: Mapping[str, UsualRange] | None) -> str:
    if usual is None:
        return _("Talk")
    if not usual:
        return _("Talk: not enough calls to say what is usual")
    return _("Talk, against what is usual")


def line_of(finding: Finding, text: str) -> Line:
    """A finding, whose words are `text`, as a line."""
    note = ""
    if finding.confidence < LOW_CONFIDENCE:
        note = _("unsure: {percent}").format(percent=f"{finding.confidence:.0%}")
    return Line(
        text,
        finding.start_s,
        finding.end_s,
        note,
        side_of(finding),
        finding.turn,
        finding.first_word,
        finding.last_word,
    )


def side_of(finding: Finding) -> SentimentLabel | None:
    """The side of a moment; None for everything else."""
    return _SIDES.get(finding.label) if finding.kind == "moment" else None


def _add(rows: list[Row], title: str, lines: Sequence[Line]) -> None:
    if lines:
        rows += (Heading(title, len(lines)), *lines)


def _place(one: Finding, kinds: Sequence[FindingKind]) -> tuple[int, int, float]:
    """The order in a group: by kind, what was not answered first, by time."""
    asked = _OPEN_FIRST.get(one.details.get("answered", ""), 1) if one.kind == "question" else 0
    return kinds.index(one.kind), asked, one.start_s


def _metric(one: MetricLine) -> Line:
    if one.moment is None:
        return Line(one.text, note=one.note)
    return Line(one.text, one.moment.start_s, one.moment.end_s, one.note)
