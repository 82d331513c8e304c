"""The ribbon over the waveform: the course of sentiment and the moments worth hearing.

Above the middle line is positive, below it negative: place and shape say what the colour says.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen

from callreview.config.language import _
from callreview.domain.finding import Finding
from callreview.domain.sentiment import SCALE, SentimentLabel
from callreview.domain.transcript import Role
from callreview.ui.review.finding_lines import side_of
from callreview.ui.review.time_axis import TimeAxis
from callreview.ui.theme.colours import Colours

RIBBON: Final = 56
"""Height in pixels: a row of moments above the curves."""
PINS: Final = 18
PIN: Final = 13.0
PIN_REACH: Final = 9.0
FILL: Final = 60

Curves = Mapping[Role, Sequence[float]]


def draw_ribbon(
    painter: QPainter, colours: Colours, axis: TimeAxis, top: float, curves: Curves, width: float
) -> None:
    """The curves over `width` pixels of the axis: the customer's filled, the agent's dashed."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(0, top + PINS, min(width, axis.content_px - axis.scroll_px), RIBBON - PINS - 4)
    painter.setPen(QPen(QColor(colours.border), 1))
    painter.drawLine(QPointF(0, box.center().y()), QPointF(box.right(), box.center().y()))
    if "agent" in curves:
        pen = QPen(QColor(colours.roles["agent"]), 1.3, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawPath(_line(axis, curves["agent"], box))
    if "customer" in curves:
        line = _line(axis, curves["customer"], box)
        _fill_sides(painter, colours, line, box)
        painter.setPen(QPen(QColor(colours.roles["customer"]), 1.8))
        painter.drawPath(line)


def draw_moments(
    painter: QPainter, colours: Colours, axis: TimeAxis, top: float, moments: Sequence[Finding]
) -> None:
    """A pin for each moment with a triangle that tells its side, and a line down to the words."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for moment in moments:
        centre = pin_centre(axis, top, moment)
        colour = QColor(colours.sentiments[side_of(moment) or "neutral"])
        painter.setPen(QPen(colour, 1, Qt.PenStyle.DotLine))
        painter.drawLine(centre, QPointF(centre.x(), top + RIBBON))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(centre, PIN / 2, PIN / 2)
        _draw_side(painter, colours, moment, centre)


def pin_centre(axis: TimeAxis, top: float, moment: Finding) -> QPointF:
    """The middle of a moment's pin, kept inside the window at either end of the call."""
    x = axis.x_of(moment.start_s)
    first, last = -axis.scroll_px + PIN / 2, axis.content_px - axis.scroll_px - PIN / 2
    return QPointF(min(max(x, first), last), top + PINS / 2)


def moment_at(
    axis: TimeAxis, top: float, moments: Sequence[Finding], at: QPointF
) -> Finding | None:
    """The moment whose pin is under a point, the nearest where pins lie close."""
    near = [
        (abs(at.x() - pin_centre(axis, top, moment).x()), number)
        for number, moment in enumerate(moments)
    ]
    if not near or not top <= at.y() < top + PINS or min(near)[0] > PIN_REACH:
        return None
    return moments[min(near)[1]]


def draw_ribbon_gutter(
    painter: QPainter, colours: Colours, top: float, curves: Curves, font: QFont
) -> None:
    """The name of the ribbon and which line is whose."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font)
    painter.setPen(QColor(colours.muted))
    painter.drawText(QPointF(14, top + 14), _("Sentiment"))
    known: tuple[tuple[Role, str, Qt.PenStyle], ...] = (
        ("customer", _("Customer"), Qt.PenStyle.SolidLine),
        ("agent", _("Agent"), Qt.PenStyle.DashLine),
    )
    y = top + 31
    for role, name, style in known:
        if role in curves:
            painter.setPen(QPen(QColor(colours.roles[role]), 1.8, style))
            painter.drawLine(QPointF(14, y - 4), QPointF(28, y - 4))
            painter.setPen(QColor(colours.muted))
            painter.drawText(QPointF(34, y), name)
            y += 16


def _line(axis: TimeAxis, values: Sequence[float], box: QRectF) -> QPainterPath:
    """The part of a curve that lies in the box and a step beyond it on either side."""
    step_s = axis.duration_s / len(values)
    first = max(int(axis.s_of(box.left()) / step_s) - 2, 0)
    last = min(int(axis.s_of(box.right()) / step_s) + 3, len(values))
    points = [
        QPointF(axis.x_of((number + 0.5) * step_s), _y(values[number], box))
        for number in range(first, last)
    ]
    path = QPainterPath()
    if not points:
        return path
    if first == 0:
        points.insert(0, QPointF(axis.x_of(0.0), points[0].y()))
    if last == len(values):
        points.append(QPointF(axis.x_of(axis.duration_s), points[-1].y()))
    path.moveTo(points[0])
    for point in points[1:]:
        path.lineTo(point)
    return path


def _fill_sides(painter: QPainter, colours: Colours, line: QPainterPath, box: QRectF) -> None:
    """Tint what lies between the curve and the middle line."""
    if line.isEmpty():
        return
    middle = box.center().y()
    area = QPainterPath(line)
    area.lineTo(QPointF(line.currentPosition().x(), middle))
    area.lineTo(QPointF(line.elementAt(0).x, middle))
    area.closeSubpath()
    above = QRectF(box.left() - 4, box.top(), box.width() + 8, middle - box.top())
    halves: tuple[tuple[SentimentLabel, QRectF], ...] = (
        ("positive", above),
        ("negative", above.translated(0, above.height())),
    )
    for side, half in halves:
        painter.save()
        painter.setClipRect(half, Qt.ClipOperation.IntersectClip)
        tint = QColor(colours.sentiments[side])
        tint.setAlpha(FILL)
        painter.fillPath(area, tint)
        painter.restore()


def _y(value: float, box: QRectF) -> float:
    share = min(max(value / SCALE, -1.0), 1.0)
    return box.center().y() - share * (box.height() / 2 - 1)


def _draw_side(painter: QPainter, colours: Colours, moment: Finding, centre: QPointF) -> None:
    up = side_of(moment) == "positive"
    tip, foot = (-3.2, 2.4) if up else (3.2, -2.4)
    shape = QPainterPath(centre + QPointF(0, tip))
    shape.lineTo(centre + QPointF(3.6, foot))
    shape.lineTo(centre + QPointF(-3.6, foot))
    shape.closeSubpath()
    painter.fillPath(shape, QColor(colours.surface))
