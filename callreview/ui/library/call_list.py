"""The table of calls: which columns it shows, in which order and how wide."""

from PySide6.QtCore import QByteArray, QPoint, QSettings, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from callreview.config.language import _
from callreview.ui.library.columns import COLUMNS
from callreview.ui.library.filtered_calls import FilteredCalls

ROW_HEIGHT = 34
SAVED = f"columns-{len(COLUMNS)}"
"""Where the columns are remembered; a program with other columns starts afresh."""


class CallList(QTableView):
    """Calls in rows; leaves the Space key to the player."""

    def __init__(self, calls: FilteredCalls, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Calls"))
        self.setModel(calls)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSortingEnabled(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self._dress_header(self.horizontalHeader())
        names = [spec.name for spec in COLUMNS]
        self.sortByColumn(names.index("date"), Qt.SortOrder.DescendingOrder)

    def _dress_header(self, header: QHeaderView) -> None:
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, spec in enumerate(COLUMNS):
            self.setColumnWidth(column, spec.width)
            self.setColumnHidden(column, not spec.shown)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(
            lambda point: self.column_menu().popup(header.mapToGlobal(point))
        )

    def choose_columns(self) -> None:
        """Open the menu of columns under the header, for those who use no mouse."""
        header = self.horizontalHeader()
        menu = self.column_menu()
        menu.popup(header.mapToGlobal(QPoint(0, header.height())))
        menu.setActiveAction(menu.actions()[0])

    def column_menu(self) -> QMenu:
        """A menu that ticks the columns shown; the first one always is."""
        menu = QMenu(self)
        menu.setAccessibleName(_("Columns"))
        menu.aboutToHide.connect(menu.deleteLater)
        for column, spec in list(enumerate(COLUMNS))[1:]:
            action = menu.addAction(_(spec.title))
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(column))
            action.toggled.connect(
                lambda shown, number=column: self.setColumnHidden(number, not shown)
            )
        return menu

    def remember_columns(self, settings: QSettings) -> None:
        """Keep which columns are shown, their order, width and the sorting."""
        settings.setValue(SAVED, self.horizontalHeader().saveState())

    def restore_columns(self, settings: QSettings) -> None:
        """Show the columns as they were kept."""
        state = settings.value(SAVED)
        if isinstance(state, QByteArray):
            self.horizontalHeader().restoreState(state)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move and select, but do not take Space."""
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            event.ignore()
        else:
            super().keyPressEvent(event)
