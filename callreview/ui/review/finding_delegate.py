"""Draws headings and lines of the Findings panel."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextLayout
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from callreview.domain.figure_text import clock
from callreview.ui.review.finding_lines import Heading, Line, Row
from callreview.ui.review.role_shapes import draw_sentiment
from callreview.ui.review.transcript_model import Index
from callreview.ui.review.turn_layout import wrapping
from callreview.ui.theme.colours import Colours, current_colours
from callreview.ui.theme.fonts import BODY_POINTS, SECTION_POINTS, SMALL_POINTS, sized
from callreview.ui.theme.spacing import FOCUS_WIDTH, LARGE, SMALL, TIGHT

TIME_GAP = 10
SHAPE = 9.0
LONGEST_TIME = "0:00:00"


@dataclass(frozen=True)
class _Fonts:
    heading: QFont
    text: QFont
    small: QFont


@dataclass(frozen=True)
class _Laid:
    """A row laid out: its text, its note and how tall it is."""

    text: QTextLayout
    note: QTextLayout | None
    height: int


class FindingDelegate(QStyledItemDelegate):
    """Draws rows from cached layouts; text is drawn as it is, never as markup."""

    def __init__(self, view: QListView, row_role: Qt.ItemDataRole) -> None:
        super().__init__(view)
        self._view = view
        self._role = row_role
        self._laid: dict[int, _Laid] = {}
        self._width = 0
        self._fonts = self._fonts_now()

    def clear(self) -> None:
        """Forget all layouts: rows, width, font or colours have changed."""
        self._laid.clear()
        self._fonts = self._fonts_now()

    def _fonts_now(self) -> _Fonts:
        font = self._view.font()
        return _Fonts(
            sized(font, SECTION_POINTS, strong=True),
            sized(font, BODY_POINTS),
            sized(font, SMALL_POINTS),
        )

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Give the height of a row, measured once for each width."""
        return QSize(self._view.viewport().width(), self._layout_of(index).height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        row, laid, colours = index.data(self._role), self._layout_of(index), current_colours()
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(box.topLeft())
        size = QRectF(0, 0, box.width(), box.height())
        if isinstance(row, Heading):
            self._paint_heading(painter, row, laid, colours)
        else:
            _paint_ground(painter, option, size, colours)
            self._paint_line(painter, row, laid, colours)
        painter.restore()

    def _paint_heading(
        self, painter: QPainter, row: Heading, laid: _Laid, colours: Colours
    ) -> None:
        at = QPointF(LARGE, LARGE)
        painter.setPen(QColor(colours.text))
        laid.text.draw(painter, at)
        last = laid.text.lineAt(laid.text.lineCount() - 1)
        painter.setFont(self._fonts.small)
        painter.setPen(QColor(colours.muted))
        base = at.y() + last.y() + last.ascent()
        painter.drawText(QPointF(at.x() + last.naturalTextWidth() + SMALL, base), str(row.count))

    def _paint_line(self, painter: QPainter, row: Line, laid: _Laid, colours: Colours) -> None:
        left, first = self._text_left(), laid.text.lineAt(0)
        base = SMALL + first.ascent()
        painter.setFont(self._fonts.small)
        painter.setPen(QColor(colours.accent if row.playable else colours.muted))
        time = clock(row.start_s) if row.playable else "–"
        width = QFontMetricsF(self._fonts.small).horizontalAdvance(time)
        painter.drawText(QPointF(left - TIME_GAP - width, base), time)
        if row.side is not None:
            box = QRectF(left, base - SHAPE, SHAPE, SHAPE - 1)
            draw_sentiment(painter, colours, row.side, box)
        painter.setPen(QColor(colours.text))
        laid.text.draw(painter, QPointF(left + self._indent(row), SMALL))
        if laid.note is not None:
            top = SMALL + laid.text.boundingRect().height() + 2
            painter.setPen(QColor(colours.muted))
            laid.note.draw(painter, QPointF(left, top))

    def _layout_of(self, index: Index) -> _Laid:
        width = self._view.viewport().width()
        if width != self._width:
            self._width = width
            self.clear()
        laid = self._laid.get(index.row())
        if laid is None:
            laid = self._laid[index.row()] = self._lay_out(index.data(self._role))
        return laid

    def _lay_out(self, row: Row) -> _Laid:
        if isinstance(row, Heading):
            text = _broken(row.title, self._fonts.heading, self._width - 2 * LARGE - 40)
            return _Laid(text, None, round(text.boundingRect().height() + LARGE + TIGHT))
        room = self._width - self._text_left() - LARGE
        text = _broken(row.text, self._fonts.text, room - self._indent(row))
        note = _broken(row.note, self._fonts.small, room) if row.note else None
        height = text.boundingRect().height() + 2 * SMALL
        if note is not None:
            height += note.boundingRect().height() + 2
        return _Laid(text, note, round(height))

    def _text_left(self) -> float:
        time = QFontMetricsF(self._fonts.small).horizontalAdvance(LONGEST_TIME)
        return SMALL + time + TIME_GAP

    def _indent(self, row: Line) -> float:
        return SHAPE + 6 if row.side is not None else 0.0


def _paint_ground(
    painter: QPainter, option: QStyleOptionViewItem, size: QRectF, colours: Colours
) -> None:
    state = option.state
    inside = size.adjusted(TIGHT, 1, -TIGHT, -1)
    painter.setPen(Qt.PenStyle.NoPen)
    if state & QStyle.StateFlag.State_Selected:
        painter.setBrush(QColor(colours.selection))
        painter.drawRoundedRect(inside, 5, 5)
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.setBrush(QColor(colours.hover))
        painter.drawRoundedRect(inside, 5, 5)
    if state & QStyle.StateFlag.State_HasFocus:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colours.accent), FOCUS_WIDTH))
        painter.drawRoundedRect(inside.adjusted(1, 1, -1, -1), 5, 5)


def _broken(text: str, font: QFont, width: float) -> QTextLayout:
    """Text broken into lines of this width, one below the other."""
    layout = QTextLayout(text, font)
    layout.setTextOption(wrapping())
    layout.beginLayout()
    y = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 60))
        line.setPosition(QPointF(0, y))
        y += line.height()
    layout.endLayout()
    return layout
