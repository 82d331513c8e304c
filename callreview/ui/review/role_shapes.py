"""Shapes that tell roles and sentiments apart without colour."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPolygonF

from callreview.domain.sentiment import SentimentLabel
from callreview.domain.transcript import Role
from callreview.ui.theme.colours import Colours


def draw_role(painter: QPainter, colours: Colours, role: Role, box: QRectF) -> None:
    """The role's shape: agent a disc, customer a square, everyone else a ring."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = QColor(colours.roles[role])
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    if role == "agent":
        painter.drawEllipse(box)
    elif role == "customer":
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 1.5, 1.5)
    else:
        painter.setPen(colour)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
    painter.restore()


def draw_sentiment(painter: QPainter, colours: Colours, label: SentimentLabel, box: QRectF) -> None:
    """The sentiment's shape: a triangle up, a triangle down, or a disc for neutral."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(QColor(colours.sentiments[label])))
    if label == "neutral":
        painter.drawEllipse(box)
        painter.restore()
        return
    tip, foot = (box.top(), box.bottom()) if label == "positive" else (box.bottom(), box.top())
    painter.drawPolygon(
        QPolygonF(
            [
                QPointF(box.center().x(), tip),
                QPointF(box.right(), foot),
                QPointF(box.left(), foot),
            ]
        )
    )
    painter.restore()


def draw_hit(painter: QPainter, colours: Colours, centre: QPointF, size: float) -> None:
    """The mark of a keyword hit: a diamond."""
    half = size / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.accent))
    painter.drawPolygon(
        QPolygonF(
            [
                centre + QPointF(0, -half),
                centre + QPointF(half, 0),
                centre + QPointF(0, half),
                centre + QPointF(-half, 0),
            ]
        )
    )
    painter.restore()
