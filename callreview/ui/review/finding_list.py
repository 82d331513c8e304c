"""The lines of the Findings panel: move with the arrow keys, hear with Enter or a click."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QListView, QWidget

from callreview.config.language import _
from callreview.ui.review.finding_delegate import FindingDelegate
from callreview.ui.review.finding_lines import Heading, Line, Row
from callreview.ui.review.transcript_model import NO_PARENT, Index
from callreview.ui.review.wording import plain_tooltip

ROW_ROLE = Qt.ItemDataRole.UserRole
BATCH = 40
"""Lines laid out at a time, so that many findings do not hold up the window."""


class FindingModel(QAbstractListModel):
    """Headings, which cannot be chosen, and lines."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Count headings and lines."""
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let the arrow keys pass over headings."""
        if not index.isValid() or isinstance(self.rows[index.row()], Heading):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give a row, its text, and what is told about it."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title if isinstance(row, Heading) else row.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.aloud
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, Line) and row.playable:
            return plain_tooltip(_("Enter or a click plays this moment"))
        return None


class FindingList(QListView):
    """Lines in groups; `chosen` carries the Line that is to be heard."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = FindingModel(self)
        self._delegate = FindingDelegate(self, ROW_ROLE)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(_("Findings"))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(BATCH)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.verticalScrollBar().setSingleStep(24)
        self.clicked.connect(self._choose)

    @property
    def rows(self) -> tuple[Row, ...]:
        """Headings and lines from top to bottom."""
        return self._model.rows

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows; when only some have changed, the place and the current line stay."""
        if tuple(rows) == self._model.rows:
            return
        current, place = self.currentIndex().row(), self.verticalScrollBar().value()
        line = self._model.rows[current] if current >= 0 else None
        self._delegate.clear()
        self._model.show_rows(rows)
        if line is not None and line in rows:
            self.setCurrentIndex(self._model.index(self._model.rows.index(line)))
            self.verticalScrollBar().setValue(place)
        elif self.hasFocus():
            self._stand_somewhere()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Play with Enter, move with the arrows; leave other keys to the screen."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and not event.modifiers():
            # Qt's own way goes to the last line that is laid out already.
            self._stand_on(-1 if event.key() == Qt.Key.Key_End else 0)
        elif event.key() in _MOVES and not event.modifiers():
            super().keyPressEvent(event)
            self._show_first_heading()
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Give the keyboard a line to stand on."""
        self._stand_somewhere()
        super().focusInEvent(event)

    def _stand_somewhere(self) -> None:
        if not self.currentIndex().isValid():
            self._stand_on(0)

    def _stand_on(self, number: int) -> None:
        """Make the line with this number the current one; negative numbers count from the end."""
        lines = [i for i, row in enumerate(self._model.rows) if isinstance(row, Line)]
        if lines:
            self.setCurrentIndex(self._model.index(lines[number]))
            self._show_first_heading()

    def _show_first_heading(self) -> None:
        if self.currentIndex().row() <= 1:
            self.scrollToTop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew when the width has changed."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._lay_out_again()

    def changeEvent(self, event: QEvent) -> None:
        """Draw anew in new colours or fonts."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._lay_out_again()

    def _lay_out_again(self) -> None:
        self._delegate.clear()
        self.scheduleDelayedItemsLayout()

    def _choose(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE) if index.isValid() else None
        if isinstance(row, Line) and row.playable:
            self.chosen.emit(row)


_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
