"""The Findings panel: what was found in a call, every line of it to hear."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from callreview.config.language import _
from callreview.domain.usual_range import UsualRange
from callreview.ui.review.call_view import CallView
from callreview.ui.review.finding_lines import Line, rows_of
from callreview.ui.review.finding_list import FindingList
from callreview.ui.review.labels import label
from callreview.ui.theme.spacing import LARGE


class FindingsPanel(QWidget):
    """Groups of lines; `chosen` carries the Line that is to be heard and shown."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._view: CallView | None = None
        self._usual: Mapping[str, UsualRange] | None = None
        self.list = FindingList(self)
        self.list.chosen.connect(self.chosen)
        self.empty = label("", "muted", self, wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.empty.setContentsMargins(LARGE, LARGE, LARGE, LARGE)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.list)
        self._pages.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        self.setFocusProxy(self.list)

    @property
    def count(self) -> int:
        """How many things were found; talk metrics do not count."""
        return len(self._view.findings) if self._view else 0

    def show_call(self, view: CallView) -> None:
        """Show what was found in a call; the current line stays when it is the same call."""
        if self._view is not None and self._view.summary.id != view.summary.id:
            self.list.show_rows(())
        self._view = view
        self._show()

    def show_usual(self, usual: Mapping[str, UsualRange]) -> None:
        """Say what is usual for the talk metrics of the workspace's calls."""
        self._usual = usual
        self._show()

    def _show(self) -> None:
        if self._view is None:
            return
        self.list.show_rows(rows_of(self._view, self._usual))
        self._pages.setCurrentWidget(self.list if self.list.rows else self.empty)
        self.empty.setText(_("What is found in the call appears here once it is processed."))

    def choose(self, line: Line) -> None:
        """Make a line the current one, as when its mark was clicked elsewhere."""
        if line in self.list.rows:
            model = self.list.model()
            self.list.setCurrentIndex(model.index(self.list.rows.index(line), 0))
