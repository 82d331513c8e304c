"""Sorting and filtering of the call list."""

from collections.abc import Collection

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel

from callreview.domain.call import CallSummary
from callreview.ui.library.call_table import CALL_ROLE, SORT_ROLE


class CallFilter(QSortFilterProxyModel):
    """Shows the calls that match the words and the chosen agent, queue, outcome and status.

    A call matches the words when each of them stands in its metadata, or when the full-text search
    found the words in what was said or noted (`set_found`).
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: list[str] = []
        self._found: frozenset[int] = frozenset()
        self._chosen: dict[str, str] = {}
        self.setSortRole(SORT_ROLE)

    def set_words(self, text: str) -> None:
        """Show calls that match all of these words."""
        self._words = text.casefold().split()
        self._found = frozenset()
        self._refilter()

    def set_found(self, call_ids: Collection[int]) -> None:
        """Also show these calls: the words were said or noted in them."""
        self._found = frozenset(call_ids)
        self._refilter()

    def choose(self, attribute: str, value: str) -> None:
        """Show only calls whose `attribute` is `value`; "" shows all."""
        self._chosen[attribute] = value
        self._refilter()

    def _refilter(self) -> None:
        self.beginFilterChange()
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(
        self, source_row: int, source_parent: QModelIndex | QPersistentModelIndex
    ) -> bool:
        """Whether a call is shown."""
        index = self.sourceModel().index(source_row, 0, source_parent)
        call: CallSummary = index.data(CALL_ROLE)
        chosen = all(getattr(call, name) == value for name, value in self._chosen.items() if value)
        return chosen and (call.id in self._found or self._matches_words(call))

    def _matches_words(self, call: CallSummary) -> bool:
        if not self._words:
            return True
        parts = (
            *(call.reference, call.agent, call.customer, call.queue, call.outcome),
            *(call.campaign, call.team, call.started_at),
        )
        text = " ".join(parts).casefold()
        return all(word in text for word in self._words)

    def lessThan(
        self,
        source_left: QModelIndex | QPersistentModelIndex,
        source_right: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Order by the column's key; unknown values come last in both directions."""
        left, right = source_left.data(SORT_ROLE), source_right.data(SORT_ROLE)
        if left[0] != right[0]:
            ascending = self.sortOrder().value == 0
            return bool((left[0] < right[0]) == ascending)
        return bool(left < right)
