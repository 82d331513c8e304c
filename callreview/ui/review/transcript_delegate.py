"""Draws the turns of the transcript and knows where their words are."""

from collections import OrderedDict

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QTextLayout
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from callreview.domain.figure_text import clock
from callreview.domain.transcript import Turn
from callreview.ui.review.certainty import marks_of
from callreview.ui.review.highlights import Highlights
from callreview.ui.review.role_shapes import draw_role, draw_sentiment
from callreview.ui.review.transcript_model import Index, TranscriptModel
from callreview.ui.review.turn_layout import (
    LEFT,
    RIGHT,
    TOP,
    WIDEST_TEXT,
    HeightMeter,
    TurnFonts,
    TurnLayout,
)
from callreview.ui.review.wording import role_name, sentiment_name
from callreview.ui.theme.colours import Colours, current_colours
from callreview.ui.theme.spacing import FOCUS_WIDTH

MOST_LAYOUTS = 300
STRIPE = QRectF(LEFT - 18, 10, 3, 0)


class TranscriptDelegate(QStyledItemDelegate):
    """Draws turns from cached layouts; text is drawn as it is, never as markup."""

    def __init__(self, view: QListView, model: TranscriptModel) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._layouts: OrderedDict[int, TurnLayout] = OrderedDict()
        self._heights: dict[int, int] = {}
        self._width = 0
        self._fonts = TurnFonts.of(view.font())
        self._meter = HeightMeter(self._fonts, 0)
        self.highlights = Highlights()

    def clear(self) -> None:
        """Forget all layouts: text, font or colours have changed."""
        self._layouts.clear()
        self._heights.clear()
        self._fonts = TurnFonts.of(self._view.font())
        self._meter = HeightMeter(self._fonts, self._width)

    def layout_of(self, row: int) -> TurnLayout:
        """The layout of a row at the view's width."""
        self._notice_width()
        layout = self._layouts.get(row)
        if layout is None:
            layout = TurnLayout(self._model.turns[row], self._fonts, self._width, self._colours)
            self._layouts[row] = layout
            if len(self._layouts) > MOST_LAYOUTS:
                self._layouts.popitem(last=False)
        return layout

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Give the height of a turn, measured once for each width."""
        self._notice_width()
        row = index.row()
        height = self._heights.get(row)
        if height is None:
            height = self._heights[row] = self._meter.height(self._model.turns[row].text)
        return QSize(self._width, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one turn."""
        turn = self._model.turns[index.row()]
        box = _rect(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(box.topLeft())
        size = QRectF(0, 0, box.width(), box.height())
        self._paint_ground(painter, turn, index.row(), size)
        self._paint_header(painter, turn, size)
        self._paint_text(painter, index.row())
        if _has_focus(option):
            self._paint_focus(painter, size)
        painter.restore()

    @property
    def _colours(self) -> Colours:
        return current_colours()

    def _notice_width(self) -> None:
        width = self._view.viewport().width()
        if width != self._width:
            self._width = width
            self.clear()

    def _paint_ground(self, painter: QPainter, turn: Turn, row: int, size: QRectF) -> None:
        colours = self._colours
        playing = row == self.highlights.spoken.row
        painter.fillRect(size, QColor(colours.current_turn if playing else colours.surface))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.roles[turn.role]))
        stripe = STRIPE.adjusted(0, 0, 1.5 if playing else 0, size.height() - 20)
        painter.drawRoundedRect(stripe, 1.5, 1.5)

    def _paint_header(self, painter: QPainter, turn: Turn, size: QRectF) -> None:
        colours, fonts = self._colours, self._fonts
        base = TOP + QFontMetricsF(fonts.name).ascent()
        painter.setFont(fonts.detail)
        painter.setPen(QColor(colours.muted))
        time = QRectF(0, TOP, LEFT - 30, fonts.header)
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(time, flags, clock(turn.start_s))
        draw_role(painter, colours, turn.role, QRectF(LEFT, base - 9, 9, 9))
        right = min(size.width() - RIGHT, LEFT + WIDEST_TEXT)
        right = self._paint_sentiment(painter, turn, right, base)
        self._paint_name(painter, turn, QPointF(LEFT + 15, base), right)

    def _paint_sentiment(self, painter: QPainter, turn: Turn, right: float, base: float) -> float:
        if turn.sentiment is None:
            return right
        label = turn.sentiment.label
        if label == "neutral":
            # Most turns are: a dot says that the turn was judged, a word would be noise.
            box = QRectF(right - 5, base - 6, 5, 5)
            draw_sentiment(painter, self._colours, label, box)
            return right - 24
        text = sentiment_name(label)
        painter.setFont(self._fonts.detail)
        painter.setPen(QColor(self._colours.sentiments[label]))
        left = right - QFontMetricsF(self._fonts.detail).horizontalAdvance(text)
        painter.drawText(QPointF(left, base), text)
        draw_sentiment(painter, self._colours, label, QRectF(left - 15, base - 9, 10, 9))
        return left - 24

    def _paint_name(self, painter: QPainter, turn: Turn, at: QPointF, right: float) -> None:
        name = self._model.name_of(turn)
        role = role_name(turn.role)
        details = " · ".join((*([role] if name != role else []), *marks_of(turn)))
        name = f"~ {name}" if self._model.is_estimated(turn) else name
        measure = QFontMetricsF(self._fonts.name)
        role_width = QFontMetricsF(self._fonts.detail).horizontalAdvance(details) + 8
        room = max(right - at.x() - role_width, 40)
        shown = measure.elidedText(name, Qt.TextElideMode.ElideRight, room)
        painter.setFont(self._fonts.name)
        painter.setPen(QColor(self._colours.roles[turn.role]))
        painter.drawText(at, shown)
        if details:
            painter.setFont(self._fonts.detail)
            painter.setPen(QColor(self._colours.muted))
            painter.drawText(at + QPointF(measure.horizontalAdvance(shown) + 8, 0), details)

    def _paint_text(self, painter: QPainter, row: int) -> None:
        layout = self.layout_of(row)
        spoken = self.highlights.spoken
        if spoken.row == row:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._colours.current_word))
            for rect in layout.word_rects(spoken.word):
                painter.drawRoundedRect(rect.adjusted(-2, 0, 2, 1), 3, 3)
        painter.setPen(QColor(self._colours.text))
        layout.layout.draw(painter, layout.origin, self._ranges(row, layout))

    def _ranges(self, row: int, layout: TurnLayout) -> list[QTextLayout.FormatRange]:
        marks, colours = self.highlights, self._colours
        ranges = [
            layout.range_of(start, end, colours.found, colours.text)
            for start, end in marks.found.get(row, [])
        ]
        if marks.current is not None and marks.current[0] == row:
            start, end = marks.current[1:]
            ranges.append(layout.range_of(start, end, colours.found_current, colours.text))
        words = marks.selected_words(row, len(self._model.turns[row].words))
        if words is not None:
            ranges.append(layout.words_range(*words, colours.selection, colours.text))
        if marks.spoken.row == row and marks.spoken.word >= 0 and words is None:
            word = marks.spoken.word
            ranges.append(layout.words_range(word, word, "", colours.on_current_word))
        return ranges

    def _paint_focus(self, painter: QPainter, size: QRectF) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self._colours.accent), FOCUS_WIDTH))
        painter.drawRoundedRect(size.adjusted(3, 2, -3, -2), 5, 5)


def _rect(option: QStyleOptionViewItem) -> QRectF:
    return QRectF(option.rect)


def _has_focus(option: QStyleOptionViewItem) -> bool:
    return bool(option.state & QStyle.StateFlag.State_HasFocus)
