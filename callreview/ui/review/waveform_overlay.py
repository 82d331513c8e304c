"""What moves above the waveform's tiles: selection, playhead and the focus frame."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from callreview.ui.theme.colours import Colours


def draw_selection(painter: QPainter, colours: Colours, box: QRectF) -> None:
    """A tinted stretch between two lines."""
    tint = QColor(colours.accent)
    tint.setAlpha(48)
    painter.fillRect(box, tint)
    painter.setPen(QPen(QColor(colours.accent), 1.5))
    painter.drawLine(box.topLeft(), box.bottomLeft())
    painter.drawLine(box.topRight(), box.bottomRight())


def draw_playhead(painter: QPainter, colours: Colours, x: float, height: float) -> None:
    """A line with a small flag on the ruler."""
    colour = QColor(colours.text)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1.6))
    painter.drawLine(QPointF(x, 0), QPointF(x, height))
    painter.setBrush(colour)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawPolygon(QPolygonF([QPointF(x - 5, 0), QPointF(x + 5, 0), QPointF(x, 7)]))


def draw_focus(painter: QPainter, colours: Colours, box: QRectF) -> None:
    """The frame that shows where the keyboard is."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(colours.accent), 2))
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
    painter.restore()
