"""The speech models of this computer: which is used, and how others come and go."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from callreview.config.language import _, ngettext
from callreview.domain.file_size import size_text
from callreview.services.models import InstalledModel, ModelList
from callreview.ui.bridge import Job
from callreview.ui.review.labels import label
from callreview.ui.settings.models_table import ModelsTable
from callreview.ui.theme.spacing import LARGE, MEDIUM, SMALL
from callreview.ui.window.job_bar import JobRow

SIZE = (840, 480)


class ModelsDialog(QDialog):
    """The list, what can be done with the chosen model, and work under way."""

    useRequested = Signal(str)
    addRequested = Signal(object)
    downloadRequested = Signal()
    removeRequested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Speech models"))
        self.resize(*SIZE)
        self.row: JobRow | None = None
        self.table = ModelsTable()
        self.use = self._button(_("&Use this model"), self._use)
        self.use.setProperty("kind", "primary")
        self.add = self._button(_("&Add a folder…"), self._add)
        self.download = self._button(_("&Download…"), self.downloadRequested.emit)
        self.remove = self._button(_("&Remove"), self._remove)
        self.close_button = self._button(_("Close"), self.reject)
        self.hint = label("", "muted", self, wrap=True)
        self.said = label("", "", self, wrap=True)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.gpu = label("", "muted", self, wrap=True)
        self._work = QVBoxLayout()
        self._lay_out()
        self.table.itemSelectionChanged.connect(self._enable)
        self.table.doubleClicked.connect(lambda _index: self._use())
        self.show_models(ModelList(()))
        self.hint.setText(_("Looking for models…"))
        self.say("")
        self.table.setFocus()

    def _button(self, text: str, slot: object) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(slot)
        return button

    def _lay_out(self) -> None:
        buttons = QVBoxLayout()
        buttons.setSpacing(SMALL)
        for button in (self.use, self.add, self.download, self.remove):
            buttons.addWidget(button)
        buttons.addStretch(1)
        middle = QHBoxLayout()
        middle.setSpacing(MEDIUM)
        middle.addWidget(self.table, 1)
        middle.addLayout(buttons)
        foot = QHBoxLayout()
        foot.addWidget(self.gpu, 1)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(LARGE, LARGE, LARGE, LARGE)
        layout.setSpacing(MEDIUM)
        layout.addWidget(self.hint)
        layout.addLayout(middle, 1)
        layout.addWidget(self.said)
        layout.addLayout(self._work)
        layout.addLayout(foot)

    def show_models(self, found: ModelList) -> None:
        """Show what is on this computer, and what is wrong with the rest."""
        self.table.show_models(found.models)
        alone = len([model for model in found.models if model.kind == "speech"]) == 1
        self.hint.setText(
            _(
                "Only the model that comes with CallReview is here. A larger one makes fewer mistakes "
                "on difficult recordings and takes longer: download one, or add a folder."
            )
            if alone
            else _("The model in use transcribes all new calls. Larger ones take longer.")
        )
        self._enable()
        if found.problems:
            self.warn("\n".join(found.problems))

    def show_gpus(self, count: int) -> None:
        """Say whether there is a graphics card for recognition."""
        text = ngettext(
            "{count} graphics card can be used for speech recognition.",
            "{count} graphics cards can be used for speech recognition.",
            count,
        )
        none = _("No graphics card for speech recognition was found: the processor does the work.")
        self.gpu.setText(text.format(count=count) if count else none)

    def show_job(self, job: Job) -> None:
        """Show work until it ends; what would begin more of it waits."""
        self.say("")
        row = self.row = JobRow(job)
        row.setContentsMargins(-LARGE, 0, -LARGE, 0)
        self._work.addWidget(row)
        # A method, not a lambda: the job may outlive this dialog and forgets it then.
        job.ended.connect(self._end_job)
        self._enable()

    def say(self, message: str) -> None:
        """Tell what was done; "" nothing."""
        self._tell(message, "")

    def warn(self, message: str) -> None:
        """Tell what could not be done."""
        self._tell(message, "problem")

    def _tell(self, message: str, tone: str) -> None:
        self.said.setProperty("tone", tone)
        self.said.style().polish(self.said)
        self.said.setText(message)
        self.said.setVisible(bool(message))

    def _end_job(self) -> None:
        if self.row is not None:
            self._work.removeWidget(self.row)
            self.row.hide()
            self.row.deleteLater()
        self.row = None
        self._enable()

    def _enable(self) -> None:
        model = self.table.selected
        self.use.setEnabled(model is not None and model.kind == "speech" and not model.in_use)
        self.remove.setEnabled(model is not None and not model.bundled)
        self.add.setEnabled(self.row is None)
        self.download.setEnabled(self.row is None)

    def _use(self) -> None:
        model = self.table.selected
        if model is not None and self.use.isEnabled():
            self.useRequested.emit(model.name)

    def _add(self) -> None:
        name = QFileDialog.getExistingDirectory(self, _("The folder of a Whisper model"))
        if name:
            self.addRequested.emit(Path(name))

    def _remove(self) -> None:
        model = self.table.selected
        if model is not None and may_remove(self, model):
            self.removeRequested.emit(model.name)


def may_remove(parent: QWidget, model: InstalledModel) -> bool:
    """Ask whether a model may go: this cannot be undone."""
    question = _("Remove {name} ({size}) from this computer?").format(
        name=model.name, size=size_text(model.size)
    )
    box = QMessageBox(QMessageBox.Icon.Question, "CallReview", question, parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(_("Transcripts made with it stay. To have it again, fetch it again."))
    box.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No)
    return box.exec() == QMessageBox.StandardButton.Yes
