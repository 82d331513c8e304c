"""The turns of a comparison as a list: read, stepped through and heard with mouse or keyboard."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QTextLayout,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from callreview.config.language import _
from callreview.domain.figure_text import clock
from callreview.domain.transcript_diff import ComparedTurn
from callreview.ui.review.compared_text import ComparedText, Place
from callreview.ui.review.role_shapes import draw_role
from callreview.ui.review.transcript_model import NO_PARENT, Index
from callreview.ui.review.turn_layout import (
    HEADER_GAP,
    LEFT,
    TOP,
    HeightMeter,
    TurnFonts,
    break_lines,
    wrapping,
)
from callreview.ui.review.wording import role_name
from callreview.ui.theme.colours import current_colours
from callreview.ui.theme.spacing import FOCUS_WIDTH

STEPS: dict[int, int] = {Qt.Key.Key_N: 1, Qt.Key.Key_P: -1}

Found = tuple[int, Place]
"""A row and a difference in it."""


class ComparisonModel(QAbstractListModel):
    """One row for each turn; its accessible text reads who, when and the words with their signs."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.turns: tuple[ComparedTurn, ...] = ()
        self.texts: tuple[ComparedText, ...] = ()
        self.names: dict[str, str] = {}

    def show_turns(self, turns: Sequence[ComparedTurn], names: dict[str, str]) -> None:
        """Show other turns; `names` are the speakers' names by speaker id."""
        self.beginResetModel()
        self.turns, self.names = tuple(turns), names
        self.texts = tuple(ComparedText.of(turn) for turn in turns)
        self.endResetModel()

    def name_of(self, row: int) -> str:
        """The name of the one who speaks in a row."""
        turn = self.turns[row].turn
        return self.names.get(turn.speaker) or role_name(turn.role)

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Count the turns."""
        return 0 if parent.isValid() else len(self.turns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Give the text of a turn, alone or as a screen reader reads it."""
        if not index.isValid():
            return None
        row = index.row()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.texts[row].text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            start = clock(self.turns[row].turn.start_s)
            return f"{self.name_of(row)}, {start}: {self.texts[row].text}"
        return None


class ComparisonDelegate(QStyledItemDelegate):
    """Draws a turn: when, who, and its words; text is drawn as it is, never as markup."""

    def __init__(self, view: QListView, model: ComparisonModel) -> None:
        super().__init__(view)
        self._view, self._model = view, model
        self._fonts = TurnFonts.of(view.font())
        self._meter, self._width = HeightMeter(self._fonts, 0), 0
        self.current: Found | None = None

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Give the height of a turn at the list's width."""
        width = self._view.viewport().width()
        if width != self._width:
            self._width, self._meter = width, HeightMeter(self._fonts, width)
        return QSize(width, self._meter.height(self._model.texts[index.row()].text))

    def layout_of(self, row: int) -> QTextLayout:
        """The words of a row broken into lines at the list's width."""
        layout = QTextLayout(self._model.texts[row].text, self._fonts.text)
        layout.setTextOption(wrapping())
        current = self.current[1] if self.current and self.current[0] == row else None
        layout.setFormats(self._model.texts[row].formats(current_colours(), current))
        break_lines(layout, self._view.viewport().width())
        return layout

    @property
    def origin(self) -> QPointF:
        """Where the words of a row begin, from its top left corner."""
        return QPointF(LEFT, TOP + self._fonts.header + HEADER_GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one turn."""
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(box.topLeft())
        size = QRectF(0, 0, box.width(), box.height())
        painter.fillRect(size, QColor(current_colours().surface))
        self._paint_header(painter, index.row())
        painter.setPen(QColor(current_colours().text))
        self.layout_of(index.row()).draw(painter, self.origin)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(current_colours().accent), FOCUS_WIDTH))
            painter.drawRoundedRect(size.adjusted(3, 2, -3, -2), 5, 5)
        painter.restore()

    def _paint_header(self, painter: QPainter, row: int) -> None:
        colours, fonts = current_colours(), self._fonts
        turn = self._model.turns[row].turn
        base = TOP + QFontMetricsF(fonts.name).ascent()
        painter.setFont(fonts.detail)
        painter.setPen(QColor(colours.muted))
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(0, TOP, LEFT - 30, fonts.header), flags, clock(turn.start_s))
        draw_role(painter, colours, turn.role, QRectF(LEFT, base - 9, 9, 9))
        painter.setFont(fonts.name)
        painter.setPen(QColor(colours.roles[turn.role]))
        painter.drawText(QPointF(LEFT + 15, base), self._model.name_of(row))


class ComparisonList(QListView):
    """Turns with their differences.

    A click on a difference, or Enter, asks to hear it (start and end, seconds); N and P go to the
    next and the previous one.
    """

    playRequested = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Differences between two versions"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.turns = ComparisonModel(self)
        self.setModel(self.turns)
        self.drawing = ComparisonDelegate(self, self.turns)
        self.setItemDelegate(self.drawing)
        self._found: list[Found] = []

    @property
    def current(self) -> Found | None:
        """The difference that was gone to last."""
        return self.drawing.current

    def show_turns(self, turns: Sequence[ComparedTurn], names: dict[str, str]) -> None:
        """Show other turns from the start."""
        self.drawing.current = None
        self.turns.show_turns(turns, names)
        self._found = [
            (row, place) for row, text in enumerate(self.turns.texts) for place in text.places
        ]

    def step(self, by: int) -> None:
        """Go to the next difference, or the one before (-1), from the last or the current row."""
        if not self._found:
            return
        if self.current in self._found:
            number = (self._found.index(self.current) + by) % len(self._found)
        else:
            row = max(self.currentIndex().row(), 0)
            later = [n for n, (at, _place) in enumerate(self._found) if at >= row]
            number = (later[0] if later else 0) if by > 0 else (later[0] if later else 0) - 1
        self._go_to(self._found[number])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step and play; leave every key that is not for the list to the screen."""
        if event.key() in STEPS and not event.modifiers():
            self.step(STEPS[event.key()])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._play_row()
        elif event.key() == Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Hear the difference that was clicked."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        corner = QPointF(self.visualRect(index).topLeft())
        unit = _unit_at(
            self.drawing.layout_of(index.row()), event.position() - corner - self.drawing.origin
        )
        place = None if unit is None else self.turns.texts[index.row()].at(unit)
        if place is not None:
            self._go_to((index.row(), place))
            self._play(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _go_to(self, found: Found) -> None:
        self.drawing.current = found
        index = self.turns.index(found[0], 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.viewport().update()

    def _play_row(self) -> None:
        row = self.currentIndex().row()
        if self.current is not None and self.current[0] == row:
            self._play(self.current[1])
        elif 0 <= row < len(self.turns.turns):
            places = self.turns.texts[row].places
            turn = self.turns.turns[row].turn
            if places:
                self._go_to((row, places[0]))
                self._play(places[0])
            else:
                self.playRequested.emit(turn.start_s, turn.end_s)

    def _play(self, place: Place) -> None:
        self.playRequested.emit(place.difference.start_s, place.difference.end_s)


def _unit_at(layout: QTextLayout, at: QPointF) -> int | None:
    """The UTF-16 unit of the text under a point, None beside the words."""
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        if line.y() <= at.y() < line.y() + line.height():
            inside = 0 <= at.x() <= line.naturalTextWidth()
            return line.xToCursor(at.x(), line.CursorPosition.CursorOnCharacter) if inside else None
    return None
