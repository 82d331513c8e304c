"""The left side of the window: search, filters, the call list, and places that were found."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from callreview.config.language import _, ngettext
from callreview.domain.call import CallSummary
from callreview.domain.transcript import Role
from callreview.ui.library.call_list import CallList
from callreview.ui.library.call_table import CALL_ROLE, CallTable
from callreview.ui.library.empty_library import EmptyLibrary
from callreview.ui.library.filter_bar import FilterBar
from callreview.ui.library.filtered_calls import FilteredCalls
from callreview.ui.library.found_list import FoundList, FoundPlace
from callreview.ui.review.wording import role_name
from callreview.ui.theme.spacing import LARGE, MEDIUM, SMALL

SEARCH_DELAY_MS = 200


ANYONE = ""
SPEAKERS: tuple[Role, ...] = ("agent", "customer", "supervisor", "ivr")


class LibraryPanel(QWidget):
    """The calls of the workspace. Enter or a click opens the call.

    `searchRequested` carries the words and the role that has to have said them, "" for anyone. What
    `filters` ask for is answered with `show_fitting`.
    """

    callChosen = Signal(int)
    placeChosen = Signal(int, float)
    searchRequested = Signal(str, str)
    importRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = CallTable(self)
        self.filter = FilteredCalls(self.model)
        self.search = self._search_field()
        self.speaker = self._speaker_box()
        self.filters = FilterBar()
        self.table = CallList(self.filter)
        self.table.clicked.connect(self._open)
        self.table.activated.connect(self._open)
        self.nothing = QLabel(_("No call fits. Clear the search or choose other filters."))
        self.nothing.setProperty("tone", "muted")
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.found = FoundList()
        self.found.placeChosen.connect(self.placeChosen)
        self.found.hide()
        self.found_title = QLabel()
        self.found_title.setProperty("tone", "small")
        self.found_title.hide()
        self.count = QLabel()
        self.count.setProperty("tone", "small")
        self._pages = QStackedWidget()
        self.empty = EmptyLibrary()
        self.empty.importRequested.connect(self.importRequested)
        self._lay_out()
        self._show_count()

    def _search_field(self) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(_("Search calls and what was said"))
        field.setAccessibleName(_("Search calls and what was said"))
        field.setClearButtonEnabled(True)
        self._delay = QTimer(self, singleShot=True, interval=SEARCH_DELAY_MS)
        self._delay.timeout.connect(self._ask)
        field.textChanged.connect(self._type)
        return field

    def _speaker_box(self) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(_("Who said what is searched for"))
        box.setToolTip(_("Who said what is searched for"))
        box.addItem(_("Anyone"), ANYONE)
        for role in SPEAKERS:
            box.addItem(role_name(role), role)
        box.currentIndexChanged.connect(self._choose_speaker)
        return box

    def _lay_out(self) -> None:
        calls = QWidget()
        layout = QVBoxLayout(calls)
        layout.setContentsMargins(LARGE, LARGE, 0, MEDIUM)
        layout.setSpacing(SMALL)
        search = QHBoxLayout()
        search.setSpacing(SMALL)
        search.addWidget(self.search, 1)
        search.addWidget(self.speaker)
        layout.addLayout(search)
        layout.addWidget(self.filters)
        layout.addWidget(self.table, 3)
        layout.addWidget(self.nothing, 3)
        layout.addWidget(self.found_title)
        layout.addWidget(self.found, 2)
        layout.addWidget(self.count)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(calls)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)

    def show_calls(self, calls: Sequence[CallSummary]) -> None:
        """Show the calls of the workspace, or how to begin when there are none."""
        selected, current = self.selected_calls, self.table.currentIndex().data(CALL_ROLE)
        self.model.set_calls(calls)
        self._select_again({call.id for call in selected}, current)
        self._pages.setCurrentIndex(1 if calls else 0)
        self._show_count()

    def show_fitting(self, call_ids: frozenset[int] | None) -> None:
        """Show only these calls, which fit the filters; None while nothing is filtered."""
        self.filter.set_fitting(call_ids)
        self._show_count()

    def show_found(self, places: Sequence[FoundPlace]) -> None:
        """Show where the words stand, and the calls they stand in."""
        self.filter.set_found({place.call_id for place in places})
        self._show_places(places)
        self._show_count()

    def select_call(self, call_id: int) -> None:
        """Select a call's row without opening it; does nothing while a filter hides it."""
        for row in range(self.filter.rowCount()):
            index = self.filter.index(row, 0)
            if index.data(CALL_ROLE).id == call_id:
                flags = QItemSelectionModel.SelectionFlag
                self.table.selectionModel().setCurrentIndex(
                    index, flags.ClearAndSelect | flags.Rows
                )
                return

    def _select_again(self, call_ids: set[int], current: CallSummary | None) -> None:
        """Select what was selected before calls came or went; a place in the list is kept too."""
        if current is None or self.table.currentIndex().isValid():
            return
        flags = QItemSelectionModel.SelectionFlag
        selection = self.table.selectionModel()
        for row in range(self.filter.rowCount()):
            index = self.filter.index(row, 0)
            call: CallSummary = index.data(CALL_ROLE)
            if call.id in call_ids:
                selection.select(index, flags.Select | flags.Rows)
            if call.id == current.id:
                selection.setCurrentIndex(index, flags.NoUpdate)

    @property
    def selected_calls(self) -> list[CallSummary]:
        """The selected calls in the order of the list."""
        rows = self.table.selectionModel().selectedRows()
        return [index.data(CALL_ROLE) for index in sorted(rows, key=QModelIndex.row)]

    def _type(self, text: str) -> None:
        self.filter.set_words(text)
        self._show_places(())
        self._show_count()
        self._delay.start()

    def _show_places(self, places: Sequence[FoundPlace]) -> None:
        self.found.show_places(places)
        count = len(places)
        text = ngettext("Found in {count} place", "Found in {count} places", count)
        self.found_title.setText(text.format(count=count))
        self.found_title.setVisible(bool(places))

    def _ask(self) -> None:
        self.searchRequested.emit(self.search.text().strip(), self.speaker.currentData())

    def _choose_speaker(self) -> None:
        self.filter.set_said_only(self.speaker.currentData() != ANYONE)
        self.filter.set_found(())
        self._show_places(())
        self._show_count()
        self._ask()

    def _open(self, index: QModelIndex) -> None:
        self.callChosen.emit(index.data(CALL_ROLE).id)

    def _show_count(self) -> None:
        shown, total = self.filter.rowCount(), self.model.rowCount()
        self.table.setVisible(shown > 0)
        self.nothing.setVisible(shown == 0)
        text = ngettext("{total} call", "{total} calls", total).format(total=total)
        if shown != total:
            text = _("{shown} of {calls}").format(shown=shown, calls=text)
        self.count.setText(text)
