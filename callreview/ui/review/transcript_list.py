"""The list of turns: click, select, follow."""

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QListView, QToolTip, QWidget

from callreview.config.language import _
from callreview.domain.evaluation import Evidence
from callreview.domain.transcript import Turn
from callreview.ui.review.highlights import Highlights
from callreview.ui.review.role_menu import role_menu
from callreview.ui.review.spoken_index import NOTHING, Spoken
from callreview.ui.review.transcript_delegate import TranscriptDelegate
from callreview.ui.review.transcript_menu import transcript_menu
from callreview.ui.review.transcript_model import TranscriptModel
from callreview.ui.review.turn_layout import LEFT, TOP
from callreview.ui.review.wording import plain_tooltip

CALM_TOP, CALM_BOTTOM = 0.08, 0.72
FOLLOW_AT = 0.3


class TranscriptList(QListView):
    """Turns to read, click and select in. Times are seconds.

    A click on a word or a turn's time asks to hear it; a drag (or Shift with the arrow keys)
    selects words. It follows the sound until the user scrolls away.
    """

    wordClicked = Signal(float)
    turnClicked = Signal(float)
    rangeSelected = Signal(float, float, str)
    selectionCleared = Signal()
    commentRequested = Signal(float, float)
    evidenceRequested = Signal(object)
    roleChosen = Signal(str, str)
    followChanged = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = TranscriptModel(self)
        self._delegate = TranscriptDelegate(self, self._model)
        self._following = True
        self._pressed: QPointF | None = None
        self._anchor: Spoken | None = None
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(_("Transcript"))
        self.verticalScrollBar().actionTriggered.connect(lambda _action: self.leave_sound())
        self.verticalScrollBar().setSingleStep(24)

    @property
    def transcript_model(self) -> TranscriptModel:
        """The turns."""
        return self._model

    @property
    def spoken(self) -> Spoken:
        """The turn and word that are highlighted as spoken."""
        return self._delegate.highlights.spoken

    @property
    def following(self) -> bool:
        """Whether the list scrolls along with the sound."""
        return self._following

    def show_turns(
        self,
        turns: tuple[Turn, ...],
        names: dict[str, str],
        estimated: frozenset[str] = frozenset(),
    ) -> None:
        """Show another call's turns from the start."""
        self._delegate.highlights = Highlights()
        self._delegate.clear()
        self._model.show_turns(turns, names, estimated)
        self.scrollToTop()
        self.follow_sound()
        if self.hasFocus():
            self._stand_somewhere()

    def replace_turns(
        self,
        turns: tuple[Turn, ...],
        names: dict[str, str],
        estimated: frozenset[str] = frozenset(),
    ) -> bool:
        """Show changed turns of the same call at the same place; tell whether any changed."""
        if turns == self._model.turns and names == self._model.names:
            return False
        place, row = self.verticalScrollBar().value(), self.currentIndex().row()
        marks = self._delegate.highlights
        marks.spoken, marks.selection = NOTHING, None
        self._delegate.clear()
        self._model.show_turns(turns, names, estimated)
        if row >= 0:
            self.setCurrentIndex(self._model.index(min(row, len(turns) - 1)))
        self.verticalScrollBar().setValue(place)
        return True

    def set_position(self, seconds: float) -> None:
        """Highlight what is spoken at a time; only rows that change are drawn again."""
        before, now = self.spoken, self._model.spoken_at(seconds)
        if now == before:
            return
        self._delegate.highlights.spoken = now
        for row in {before.row, now.row} - {-1}:
            self._redraw_row(row)
        if self._following and now.row >= 0:
            self._reveal(now)

    def follow_sound(self) -> None:
        """Scroll along with the sound again."""
        if not self._following:
            self._following = True
            self.followChanged.emit(True)
        if self.spoken.row >= 0:
            self._reveal(self.spoken)

    def leave_sound(self) -> None:
        """Stay where the user scrolled to."""
        if self._following:
            self._following = False
            self.followChanged.emit(False)

    def show_found(
        self, found: list[tuple[int, int, int]], current: tuple[int, int, int] | None
    ) -> None:
        """Mark places of text, (row, first character, end), and go to the current one."""
        marks = self._delegate.highlights
        marks.found = {}
        for row, start, end in found:
            marks.found.setdefault(row, []).append((start, end))
        marks.current = current
        if current is not None:
            self.leave_sound()
            self.scrollTo(self._model.index(current[0]), QListView.ScrollHint.PositionAtCenter)
        self.viewport().update()

    # Selection -------------------------------------------------------------------------------

    def selection(self) -> Evidence | None:
        """The selected words and when they are said."""
        return self._delegate.highlights.selected(self._model.turns)

    def select_words(self, one: Spoken, other: Spoken) -> None:
        """Select from one word to another, in either order, without telling anyone."""
        first, last = min(one, other), max(one, other)
        self._delegate.highlights.selection = (first, last)
        self.viewport().update()

    def clear_selection(self) -> None:
        """Select nothing, without telling anyone."""
        self._delegate.highlights.selection = None
        self.viewport().update()

    def _drop_selection(self) -> None:
        if self._delegate.highlights.selection is not None:
            self.clear_selection()
            self.selectionCleared.emit()

    def _announce_selection(self) -> None:
        chosen = self.selection()
        if chosen is not None:
            self.rangeSelected.emit(chosen.start_s, chosen.end_s, chosen.quote)

    def _extend_selection(self, step: int) -> None:
        """Grow or shrink the selection by one word of its last turn, or begin one."""
        marks = self._delegate.highlights
        row = marks.selection[1].row if marks.selection else self.currentIndex().row()
        if row < 0 or not self._model.turns[row].words:
            return
        start = marks.spoken if marks.spoken.row == row else Spoken(row, 0)
        self.select_words(*marks.extended(start, step, len(self._model.turns[row].words)))
        self._announce_selection()

    # Places ----------------------------------------------------------------------------------

    def word_point(self, row: int, word: int) -> QPointF:
        """The middle of a word in the viewport."""
        rects = self._delegate.layout_of(row).word_rects(word)
        top_left = QPointF(self.visualRect(self._model.index(row)).topLeft())
        return top_left + (rects[0].center() if rects else QPointF(LEFT, TOP))

    def _reveal(self, spoken: Spoken) -> None:
        row = QRectF(self.visualRect(self._model.index(spoken.row)))
        rects = self._delegate.layout_of(spoken.row).word_rects(spoken.word)
        target = rects[0].translated(row.topLeft()) if rects else row
        height = self.viewport().height()
        if target.top() >= height * CALM_TOP and target.bottom() <= height * CALM_BOTTOM:
            return
        bar = self.verticalScrollBar()
        anchor = row.top() if row.height() < height * 0.4 else target.top()
        bar.setValue(round(bar.value() + anchor - height * FOLLOW_AT))

    def _redraw_row(self, row: int) -> None:
        self.viewport().update(self.visualRect(self._model.index(row)))

    def _row_at(self, point: QPointF) -> tuple[int, QPointF]:
        """The row under a point and the point within it; row -1 where there is none."""
        index = self.indexAt(point.toPoint())
        top_left = QPointF(self.visualRect(index).topLeft())
        return index.row(), point - top_left

    def _nearest(self, point: QPointF) -> Spoken | None:
        inside = QPointF(point.x(), min(max(point.y(), 0), self.viewport().height() - 1))
        row, at = self._row_at(inside)
        if row < 0 or not self._model.turns[row].words:
            return None
        return Spoken(row, self._delegate.layout_of(row).nearest_word(at))

    # Mouse -----------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a selection."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed = event.position()
        self._anchor = None
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.setCurrentIndex(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select words while the button is down."""
        self._show_cursor(event.position())
        if self._pressed is None:
            return
        moved = (event.position() - self._pressed).manhattanLength()
        if self._anchor is None and moved >= QApplication.startDragDistance():
            self._anchor = self._nearest(self._pressed)
        end = self._nearest(event.position())
        if self._anchor is not None and end is not None:
            self.select_words(self._anchor, end)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Announce the selection, or what was clicked."""
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            return
        if self._anchor is not None:
            self._anchor = None
            self._announce_selection()
            return
        self._drop_selection()
        self._click(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the second click of a double click for nothing."""
        event.accept()

    def _click(self, point: QPointF) -> None:
        row, at = self._row_at(point)
        if row < 0:
            return
        turn = self._model.turns[row]
        word = self._delegate.layout_of(row).word_at(at)
        self.follow_sound()
        if word is not None:
            self.wordClicked.emit(turn.words[word].start_s)
        else:
            self.turnClicked.emit(turn.start_s)

    def _show_cursor(self, point: QPointF) -> None:
        row, at = self._row_at(point)
        over_word = row >= 0 and self._delegate.layout_of(row).word_at(at) is not None
        over_time = row >= 0 and at.x() < LEFT
        shape = Qt.CursorShape.IBeamCursor if over_word else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over_time else shape)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, and stay there."""
        self.leave_sound()
        super().wheelEvent(event)

    # Keys ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move between turns, play, select and copy; leave other keys to the screen."""
        key, shift = event.key(), event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.follow_sound()
            self.turnClicked.emit(self._model.turns[self.currentIndex().row()].start_s)
        elif shift and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._extend_selection(1 if key == Qt.Key.Key_Right else -1)
        elif key == Qt.Key.Key_Escape and self._delegate.highlights.selection is not None:
            self._drop_selection()
        elif key == Qt.Key.Key_R and not event.modifiers() and self.currentIndex().isValid():
            self._ask_role(self.currentIndex())
        elif key in _MOVES:
            self.leave_sound()
            super().keyPressEvent(event)
        else:
            event.ignore()

    def copy(self) -> None:
        """Put the selected words, or else the current turn, on the clipboard."""
        chosen = self.selection()
        row = self.currentIndex().row()
        if chosen is not None:
            QGuiApplication.clipboard().setText(chosen.quote)
        elif row >= 0:
            QGuiApplication.clipboard().setText(self._model.copy_text(row))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the selection or the turn."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        chosen = self.selection()
        if not index.isValid() and chosen is None:
            return
        place = chosen or self._turn_as_evidence(index)
        turn = self._model.turns[index.row()] if index.isValid() else None
        transcript_menu(self, place, turn).popup(event.globalPos())

    def _ask_role(self, index: QModelIndex) -> None:
        """Ask who speaks in a turn."""
        place = self.visualRect(index).topLeft() + QPoint(LEFT, TOP)
        role_menu(self, self._model.turns[index.row()]).popup(self.viewport().mapToGlobal(place))

    def _turn_as_evidence(self, index: QModelIndex) -> Evidence:
        turn = self._model.turns[index.row()]
        return Evidence(turn.start_s, turn.end_s, turn.text)

    # Qt's notices ----------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Give the keyboard a turn to stand on."""
        super().focusInEvent(event)
        self._stand_somewhere()

    def _stand_somewhere(self) -> None:
        if not self.currentIndex().isValid() and self._model.rowCount():
            self.setCurrentIndex(self._model.index(max(self.spoken.row, 0)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew when the width has changed."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        """Draw anew in new colours or fonts."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._delegate.clear()
            self.scheduleDelayedItemsLayout()

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell about the word under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            text = plain_tooltip(self.tip_text(QPointF(event.pos())))
            QToolTip.showText(event.globalPos(), text, self.viewport())
            return True
        return super().viewportEvent(event)

    def tip_text(self, point: QPointF) -> str:
        """The hits under a point of the viewport, one a line, and whether the word is unsure."""
        row, at = self._row_at(point)
        return self._delegate.layout_of(row).tip_at(at, self._model.list_titles) if row >= 0 else ""


_MOVES = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
)
