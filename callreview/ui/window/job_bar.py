"""Long work under way: what it does, how far it is, and a way to stop it."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QWidget

from callreview.config.language import _
from callreview.ui.bridge import Job
from callreview.ui.theme.spacing import LARGE, MEDIUM, SMALL

BAR_WIDTH = 220
STEPS = 1000


class JobBar(QWidget):
    """Shown at the foot of the window while a job runs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self.text = QLabel()
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.progress = QProgressBar()
        self.progress.setRange(0, STEPS)
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(BAR_WIDTH)
        self.progress.setAccessibleName(_("Progress"))
        self.cancel = QPushButton(_("Cancel"))
        self.cancel.clicked.connect(self._cancel)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(LARGE, SMALL, LARGE, SMALL)
        layout.setSpacing(MEDIUM)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.progress)
        layout.addWidget(self.cancel)
        self.hide()

    def watch(self, job: Job) -> None:
        """Show this job until it ends."""
        self._job = job
        self.text.setText(job.title)
        self.progress.setValue(0)
        self.cancel.setEnabled(True)
        job.progressed.connect(self._show)
        job.ended.connect(lambda: self._end(job))
        self.show()

    def _show(self, text: str, fraction: float) -> None:
        self.text.setText(text)
        self.progress.setValue(round(STEPS * fraction))

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.cancel.setEnabled(False)
            self.text.setText(_("Cancelling…"))

    def _end(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self.hide()
