"""Topics that were found in the calls, to be added to those of the workspace."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from callreview.config.language import _, ngettext
from callreview.domain.topic import SuggestedTopic
from callreview.ui.bridge import Job
from callreview.ui.review.labels import label
from callreview.ui.review.wording import plain_tooltip
from callreview.ui.settings.choice_list import ChoiceList
from callreview.ui.theme.spacing import SMALL

STEPS = 1000
SUGGESTED_ROLE = Qt.ItemDataRole.UserRole


class SuggestionBox(QWidget):
    """A button that asks for suggestions, how far the search is, and what it found.

    `requested` asks for a search; `chosen` carries the SuggestedTopic that is to be added.
    """

    requested = Signal()
    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self.suggest = QPushButton(_("&Suggest topics"))
        self.suggest.setAutoDefault(False)
        self.suggest.setToolTip(_("Look for what many calls have in common"))
        self.suggest.clicked.connect(self._press)
        self.progress = QProgressBar()
        self.progress.setRange(0, STEPS)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(_("Progress"))
        self.progress.hide()
        self.note = label("", "small", self, wrap=True)
        self.note.hide()
        self.list = ChoiceList()
        self.list.setAccessibleName(_("Suggested topics"))
        self.list.itemActivated.connect(lambda _item: self.add())
        self.add_button = QPushButton(_("Add &this topic"))
        self.add_button.setAutoDefault(False)
        self.add_button.clicked.connect(lambda _checked=False: self.add())
        self.show_suggestions(None)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SMALL)
        for widget in (self.suggest, self.progress, self.note):
            layout.addWidget(widget)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.add_button)

    def watch(self, job: Job) -> None:
        """Show how far a search is; the button stops it."""
        self._job = job
        self.show_suggestions(None)
        self.suggest.setText(_("&Stop the search"))
        self.progress.setValue(0)
        self.progress.show()
        job.progressed.connect(self._show_progress)
        job.ended.connect(self._ended)

    def show_suggestions(self, found: Sequence[SuggestedTopic] | None) -> None:
        """Show what was found; None while nothing was looked for."""
        self.list.clear()
        for suggested in found or ():
            self.list.addItem(_item(suggested))
        self.list.setVisible(bool(found))
        kinds = QSizePolicy.Policy
        self.setSizePolicy(kinds.Preferred, kinds.Expanding if found else kinds.Maximum)
        self.add_button.setVisible(bool(found))
        self.note.setText(_("No further topic stands out in these calls."))
        self.note.setVisible(found is not None and not found)
        if found:
            self.list.setCurrentRow(0)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def add(self) -> None:
        """Add the chosen suggestion and take it from the list."""
        row = self.list.currentRow()
        if row >= 0:
            self.chosen.emit(self.list.takeItem(row).data(SUGGESTED_ROLE))
            self.add_button.setEnabled(self.list.count() > 0)

    def stop(self) -> None:
        """Stop the search, if there is one."""
        if self._job is not None:
            self._job.cancel()

    def _press(self) -> None:
        if self._job is None:
            self.requested.emit()
        else:
            self.stop()

    def _show_progress(self, _text: str, fraction: float) -> None:
        self.progress.setValue(round(STEPS * fraction))

    def _ended(self) -> None:
        self._job = None
        self.suggest.setText(_("&Suggest topics"))
        self.progress.hide()


def _item(suggested: SuggestedTopic) -> QListWidgetItem:
    count = suggested.calls
    text = ngettext("{topic}  ·  {count} call", "{topic}  ·  {count} calls", count)
    item = QListWidgetItem(text.format(topic=suggested.topic.name, count=count))
    item.setToolTip(plain_tooltip("\n".join(suggested.topic.examples[:5])))
    item.setData(SUGGESTED_ROLE, suggested)
    return item
