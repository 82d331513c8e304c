"""Setting where silence, overtalk and interruptions begin."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from callreview.config.language import N_, _
from callreview.domain.plain_data import FieldError
from callreview.domain.talk_thresholds import USUAL, TalkThresholds, checked_thresholds
from callreview.services.talk_thresholds import (
    calls_to_recount,
    recount_talk,
    set_talk_thresholds,
    talk_thresholds,
)
from callreview.services.workspace import Workspace
from callreview.ui.bridge import Bridge
from callreview.ui.review.labels import label
from callreview.ui.settings.answer_box import answer_box
from callreview.ui.theme.spacing import LARGE, MEDIUM, SMALL
from callreview.ui.window.job_bar import JobBar

SIZE = (560, 380)
_NAMES: Mapping[str, str] = {
    "dead_air_s": N_("&Dead air: nobody speaks for more than"),
    "overtalk_s": N_("&Overtalk: both speak for at least"),
    "interruption_s": N_("&Interruption: both speak for at least"),
    "yield_s": N_("and the other &stops within"),
    "gap_s": N_("&Pauses in one's speech are closed when under"),
}


class ThresholdsDialog(QDialog):
    """A field of seconds for each threshold; `saved` carries all of them."""

    saved = Signal(object)

    def __init__(self, thresholds: TalkThresholds, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Talk metrics"))
        self.resize(*SIZE)
        self.fields = {name: _seconds() for name in _NAMES}
        self.usual = QPushButton(_("&Usual values"))
        self.usual.setAutoDefault(False)
        self.usual.clicked.connect(lambda _checked=False: self._show(USUAL))
        self.problem = label("", "problem", self, wrap=True)
        self.problem.hide()
        self._lay_out()
        self._show(thresholds)

    @property
    def value(self) -> TalkThresholds:
        """The thresholds as they stand in the fields."""
        return TalkThresholds(**{name: round(box.value(), 2) for name, box in self.fields.items()})

    def save(self) -> None:
        """Hand over the thresholds if they can be used, else say which cannot."""
        try:
            checked_thresholds(self.value)
        except FieldError as problem:
            self.problem.setText(_(problem.template).format(**problem.values))
            self.problem.show()
        else:
            self.saved.emit(self.value)
            self.accept()

    def _show(self, thresholds: TalkThresholds) -> None:
        for name, box in self.fields.items():
            box.setValue(getattr(thresholds, name))

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setSpacing(SMALL)
        for name, text in _NAMES.items():
            form.addRow(_(text), self.fields[name])
        foot = QHBoxLayout()
        foot.addWidget(self.usual)
        foot.addStretch(1)
        foot.addWidget(answer_box(self, _("Save"), self.save))
        text = _(
            "All calls are counted again by what is saved here. Every figure carries the version of "
            "its definition, with the thresholds that are not the usual ones."
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(LARGE, LARGE, LARGE, LARGE)
        layout.setSpacing(MEDIUM)
        layout.addWidget(label(text, "muted", self, wrap=True))
        layout.addLayout(form)
        layout.addWidget(self.problem)
        layout.addStretch(1)
        layout.addLayout(foot)


class ThresholdsController(QObject):
    """Opens the thresholds of the workspace; counts calls again when they were changed or undone."""

    def __init__(self, workspace: Workspace, bridge: Bridge, jobs: JobBar, window: QWidget) -> None:
        super().__init__(window)
        self.workspace = workspace
        self.bridge = bridge
        self.jobs = jobs
        self.window = window
        self.dialog: ThresholdsDialog | None = None

    def open(self) -> None:
        """Show the thresholds of now."""
        self.bridge.run(lambda: talk_thresholds(self.workspace), self._show)

    def recount(self) -> None:
        """Count calls again that were counted by other thresholds; one that stopped goes on."""
        self.bridge.run(lambda: calls_to_recount(self.workspace), self._recount)

    def _show(self, thresholds: TalkThresholds) -> None:
        dialog = self.dialog = ThresholdsDialog(thresholds, self.window)
        dialog.saved.connect(
            lambda changed: self.bridge.act(lambda: set_talk_thresholds(self.workspace, changed))
        )
        dialog.finished.connect(self._closed)
        dialog.open()

    def _recount(self, waiting: int) -> None:
        if waiting:
            job = self.bridge.start(
                "talk metrics",
                _("Counting talk metrics of all calls again…"),
                lambda job: recount_talk(self.workspace, job.is_cancelled),
                lambda _count: None,
            )
            self.jobs.watch(job)

    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None


def _seconds() -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setRange(0.05, 600)
    box.setDecimals(2)
    box.setSingleStep(0.1)
    box.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
    box.setSuffix(_(" s"))
    return box
