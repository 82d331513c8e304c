"""What lies on the waveform: sentiment, hits, comments, damage and masked stretches.

Every mark has a shape of its own; colour only repeats what the shape says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from callreview.config.language import _
from callreview.domain.annotation import Comment
from callreview.domain.figure_text import clock
from callreview.domain.finding import Finding
from callreview.domain.recording import Damage
from callreview.domain.sentiment import SentimentLabel
from callreview.domain.transcript import MaskedSpan, Role
from callreview.services.finding_words import describe
from callreview.services.personal_data import kind_name
from callreview.ui.review.lanes import Lane
from callreview.ui.review.ribbon import RIBBON, moment_at
from callreview.ui.review.role_shapes import draw_hit, draw_sentiment
from callreview.ui.review.time_axis import TimeAxis
from callreview.ui.review.wording import describe_hit, sentiment_name
from callreview.ui.theme.colours import Colours

SHAPE = 9.0
REACH_PX = 7.0
RULER = 22
COMMENT_ROW = 16
LANE_GAP = 6
MARK_ROW = 14


@dataclass(frozen=True)
class Marks:
    """All marks of one call.

    `curves` and `moments` make the ribbon; `list_titles` are titles of keyword lists by name.
    """

    damage: tuple[Damage, ...] = ()
    masked: tuple[MaskedSpan, ...] = ()
    comments: tuple[Comment, ...] = ()
    curves: Mapping[Role, Sequence[float]] = field(default_factory=dict)
    moments: tuple[Finding, ...] = ()
    list_titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def has_ribbon(self) -> bool:
        """Whether the course of sentiment is known."""
        return bool(self.curves)

    @property
    def ribbon_top(self) -> float:
        """Where the ribbon begins, in pixels."""
        return RULER + (COMMENT_ROW if self.comments else 0)


@dataclass(frozen=True)
class LaneBox:
    """A lane and its place: top and height in pixels, marks included."""

    lane: Lane
    top: float
    height: float

    @property
    def wave(self) -> QRectF:
        """Where the waveform goes (x and width are the caller's)."""
        return QRectF(0, self.top + MARK_ROW, 0, max(self.height - 2 * MARK_ROW, 8))


def place_lanes(lanes: tuple[Lane, ...], height: float, marks: Marks) -> tuple[LaneBox, ...]:
    """Share the height below the ruler, the comments and the ribbon among the lanes."""
    top = marks.ribbon_top + (RIBBON if marks.has_ribbon else 0)
    each = (height - top - LANE_GAP * len(lanes)) / max(len(lanes), 1)
    return tuple(
        LaneBox(lane, top + number * (each + LANE_GAP), each) for number, lane in enumerate(lanes)
    )


def draw_ruler(painter: QPainter, colours: Colours, axis: TimeAxis, reach: QRectF) -> None:
    """Ticks and times over the part of the axis inside `reach` (pixels)."""
    step = axis.tick_step_s(72)
    first = max(int(axis.s_of(reach.left() - 80) / step), 0)
    last = int(axis.s_of(reach.right()) / step) + 1
    for number in range(first, last + 1):
        x = axis.x_of(number * step)
        painter.setPen(QColor(colours.border))
        painter.drawLine(QPointF(x, 4), QPointF(x, RULER - 4))
        painter.setPen(QColor(colours.muted))
        text = clock(number * step) if step >= 1 else f"{number * step:.1f}"
        painter.drawText(QPointF(x + 5, RULER - 7), text)


def draw_spans(
    painter: QPainter, colours: Colours, axis: TimeAxis, marks: Marks, top: float, height: float
) -> None:
    """Damage hatched one way in red, masked stretches cross-hatched in grey."""
    for damage in marks.damage:
        colour = colours.sentiments["negative"]
        box = _span(axis, damage.start_s, damage.end_s, top, height)
        _hatch(painter, box, colour, Qt.BrushStyle.BDiagPattern)
    for masked in marks.masked:
        box = _span(axis, masked.start_s, masked.end_s, top, height)
        _hatch(painter, box, colours.muted, Qt.BrushStyle.DiagCrossPattern)


def _span(axis: TimeAxis, start_s: float, end_s: float, top: float, height: float) -> QRectF:
    left = axis.x_of(start_s)
    return QRectF(left, top, max(axis.x_of(end_s) - left, 3.0), height)


def _hatch(painter: QPainter, box: QRectF, colour: str, style: Qt.BrushStyle) -> None:
    tint = QColor(colour)
    tint.setAlpha(26)
    painter.fillRect(box, tint)
    lines = QColor(colour)
    lines.setAlpha(150)
    painter.fillRect(box, QBrush(lines, style))
    painter.setPen(QPen(QColor(colour), 1))
    painter.drawLine(box.topLeft(), box.bottomLeft())
    painter.drawLine(box.topRight(), box.bottomRight())


def draw_lane_marks(
    painter: QPainter, colours: Colours, axis: TimeAxis, box: LaneBox, reach: QRectF
) -> None:
    """Hits above the lane's waveform and sentiment below it."""
    hits_y = box.top + MARK_ROW / 2
    for turn in box.lane.turns:
        left, right = axis.x_of(turn.start_s), axis.x_of(turn.end_s)
        if right < reach.left() - SHAPE or left > reach.right() + SHAPE:
            continue
        if turn.sentiment is not None and turn.sentiment.label != "neutral":
            strip = QRectF(left, box.top + box.height - MARK_ROW + 3, right - left, SHAPE)
            _sentiment_strip(painter, colours, turn.sentiment.label, strip)
        for hit in turn.hits:
            draw_hit(painter, colours, QPointF(axis.x_of(hit.start_s), hits_y), SHAPE)


def _sentiment_strip(
    painter: QPainter, colours: Colours, label: SentimentLabel, strip: QRectF
) -> None:
    colour = QColor(colours.sentiments[label])
    y = strip.bottom() - 1.5 if label == "positive" else strip.top() + 1.5
    painter.setPen(QPen(colour, 2.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.drawLine(QPointF(strip.left(), y), QPointF(max(strip.right(), strip.left() + 2), y))
    middle = strip.center().x()
    shape = QRectF(middle - SHAPE / 2, strip.top(), SHAPE, SHAPE - 1)
    draw_sentiment(painter, colours, label, shape)


def draw_comments(
    painter: QPainter, colours: Colours, axis: TimeAxis, comments: tuple[Comment, ...]
) -> None:
    """A speech bubble at each comment's start and a line over its stretch."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for comment in comments:
        left, right = axis.x_of(comment.start_s), axis.x_of(comment.end_s)
        painter.setPen(QPen(QColor(colours.accent), 2))
        if right > left + 2:
            painter.drawLine(
                QPointF(left, RULER + COMMENT_ROW - 2), QPointF(right, RULER + COMMENT_ROW - 2)
            )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.accent))
        painter.drawRoundedRect(QRectF(left - 1, RULER, 12, 9), 2.5, 2.5)
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(left - 1, RULER + 6),
                    QPointF(left + 5, RULER + 8),
                    QPointF(left - 1, RULER + 13),
                ]
            )
        )


def describe_marks(axis: TimeAxis, marks: Marks, boxes: tuple[LaneBox, ...], at: QPointF) -> str:
    """What the marks under a point say, one a line; "" where there are none."""
    start_s, end_s = axis.s_of(at.x() - REACH_PX), axis.s_of(at.x() + REACH_PX)
    moment = moment_at(axis, marks.ribbon_top, marks.moments, at)
    lines = [describe(moment)] if moment else []
    lines += _describe_spans(marks, start_s, end_s)
    for box in boxes:
        if box.top <= at.y() < box.top + box.height:
            lines += _describe_lane(box.lane, start_s, end_s, marks.list_titles)
    if marks.comments and at.y() < RULER + COMMENT_ROW:
        lines += [
            _("{time} {author}: {text}").format(time=clock(c.start_s), author=c.author, text=c.text)
            for c in marks.comments
            if c.start_s <= end_s and max(c.end_s, c.start_s) >= axis.s_of(at.x() - 2 * REACH_PX)
        ]
    return "\n".join(lines)


def _describe_spans(marks: Marks, start_s: float, end_s: float) -> list[str]:
    lines = [
        _("Damaged recording: {reason}").format(reason=damage.reason)
        for damage in marks.damage
        if damage.start_s <= end_s and damage.end_s >= start_s
    ]
    return lines + [
        _("Masked personal data: {kind}").format(kind=kind_name(masked.kind))
        for masked in marks.masked
        if masked.start_s <= end_s and masked.end_s >= start_s
    ]


def _describe_lane(
    lane: Lane, start_s: float, end_s: float, list_titles: Mapping[str, str]
) -> list[str]:
    lines: list[str] = []
    for turn in lane.turns:
        if turn.start_s > end_s or turn.end_s < start_s:
            continue
        if turn.sentiment is not None and turn.sentiment.label != "neutral":
            lines.append(sentiment_name(turn.sentiment.label))
        lines += [
            describe_hit(hit, list_titles)
            for hit in turn.hits
            if hit.start_s <= end_s and max(hit.end_s, hit.start_s) >= start_s
        ]
    return lines
