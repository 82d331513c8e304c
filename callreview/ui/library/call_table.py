"""The model of the call list."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QColor

from callreview.config.language import _
from callreview.domain.call import CallSummary, sentiment_side
from callreview.ui.library.columns import COLUMNS, found_words, sentiment_words
from callreview.ui.review.wording import plain_tooltip
from callreview.ui.theme.colours import current_colours

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

CALL_ROLE = Role.UserRole
_ROOT = QModelIndex()


class CallTable(QAbstractTableModel):
    """The calls, one a row. Rows that did not change keep their place on a refresh."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._calls: list[CallSummary] = []
        self._column, self._order = 0, Qt.SortOrder.AscendingOrder

    @property
    def calls(self) -> Sequence[CallSummary]:
        """The calls in the order of the rows."""
        return self._calls

    def set_calls(self, calls: Sequence[CallSummary]) -> None:
        """Show these calls; the selection survives when the same calls are shown again."""
        calls = self._sorted(calls)
        if [call.id for call in calls] == [call.id for call in self._calls]:
            self._update(calls)
            return
        self.beginResetModel()
        self._calls = calls
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by the column's key; unknown values come last in both directions."""
        self._column, self._order = column, order
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        ids = [self._calls[index.row()].id for index in before]
        self._calls = self._sorted(self._calls)
        rows = {call.id: row for row, call in enumerate(self._calls)}
        after = [self.index(rows[id_], old.column()) for id_, old in zip(ids, before, strict=True)]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _sorted(self, calls: Sequence[CallSummary]) -> list[CallSummary]:
        key = COLUMNS[self._column].key
        known = [call for call in calls if not key(call)[0]]
        unknown = [call for call in calls if key(call)[0]]
        known.sort(key=key, reverse=self._order == Qt.SortOrder.DescendingOrder)
        return known + unknown

    def _update(self, calls: Sequence[CallSummary]) -> None:
        for row, (old, new) in enumerate(zip(self._calls, calls, strict=True)):
            if old != new:
                self._calls[row] = new
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Calls."""
        return 0 if parent.isValid() else len(self._calls)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        """The titles of the columns."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Role.DisplayRole:
            return _(COLUMNS[section].title)
        if role == Role.TextAlignmentRole:
            return _alignment(COLUMNS[section].number)
        return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """What one cell shows, and says to a screen reader."""
        call, column = self._calls[index.row()], COLUMNS[index.column()]
        if role == Role.DisplayRole:
            return column.text(call)
        if role == CALL_ROLE:
            return call
        if role == Role.TextAlignmentRole:
            return _alignment(column.number)
        if role == Role.ForegroundRole:
            return _colour(column.name, call)
        if role == Role.ToolTipRole:
            return plain_tooltip(call.problem or _tip(column.name, call) or column.text(call))
        if role == Role.AccessibleTextRole:
            return _aloud(column.name, call)
        return None


def _colour(column: str, call: CallSummary) -> QColor | None:
    score = {"sentiment": call.sentiment, "shift": call.shift}.get(column)
    return None if score is None else QColor(current_colours().sentiments[sentiment_side(score)])


def _aloud(column: str, call: CallSummary) -> str | None:
    """What a screen reader says where the text of a cell has a shape in it."""
    scores = {"sentiment": call.sentiment, "shift": call.shift}
    return sentiment_words(scores[column]) if column in scores else None


def _tip(column: str, call: CallSummary) -> str:
    return found_words(call) if column in call.found or column == "reason" else ""


def _alignment(number: bool) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
