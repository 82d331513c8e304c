"""Filtering of the call list."""

from collections.abc import Collection

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt

from callreview.domain.call import CallSummary
from callreview.ui.library.call_table import CallTable


class FilteredCalls(QSortFilterProxyModel):
    """Shows the calls that match the words and fit the filters.

    A call matches the words when each of them stands in its metadata, or when the full-text search
    found the words in what was said or noted (`set_found`); `set_said_only` asks for the latter.
    """

    def __init__(self, table: CallTable) -> None:
        super().__init__(table)
        self._table = table
        self._words: list[str] = []
        self._found: frozenset[int] = frozenset()
        self._said_only = False
        self._fitting: frozenset[int] | None = None
        self.setSourceModel(table)

    def set_words(self, text: str) -> None:
        """Show calls that match all of these words."""
        self._words = text.casefold().split()
        self._found = frozenset()
        self._refilter()

    def set_found(self, call_ids: Collection[int]) -> None:
        """Also show these calls: the words were said or noted in them."""
        self._found = frozenset(call_ids)
        self._refilter()

    def set_said_only(self, said_only: bool) -> None:
        """Show only calls in which the words were found, not those in whose metadata they stand."""
        self._said_only = said_only
        self._refilter()

    def set_fitting(self, call_ids: frozenset[int] | None) -> None:
        """Show only these calls, which fit the filters; None while nothing is filtered."""
        self._fitting = call_ids
        self._refilter()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Let the table sort itself: comparing call by call from here takes seconds with 5,000."""
        self._table.sort(column, order)

    def _refilter(self) -> None:
        self.beginFilterChange()
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(
        self, source_row: int, _source_parent: QModelIndex | QPersistentModelIndex
    ) -> bool:
        """Whether a call is shown."""
        call = self._table.calls[source_row]
        fits = self._fitting is None or call.id in self._fitting
        return fits and (call.id in self._found or self._matches_words(call))

    def _matches_words(self, call: CallSummary) -> bool:
        if not self._words:
            return True
        if self._said_only:
            return False
        parts = (
            *(call.reference, call.agent, call.customer, call.queue, call.outcome),
            *(call.campaign, call.team, call.started_at),
        )
        text = " ".join(parts).casefold()
        return all(word in text for word in self._words)
