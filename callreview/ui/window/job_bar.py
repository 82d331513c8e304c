"""Long work under way: what it does, how far it is, and a way to stop it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from callreview.config.language import _
from callreview.ui.bridge import Job
from callreview.ui.theme.spacing import LARGE, MEDIUM, SMALL

BAR_WIDTH = 220
STEPS = 1000


class JobBar(QWidget):
    """Shown at the foot of the window while jobs run or wait, a row for each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[JobRow] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self.hide()

    def watch(self, job: Job) -> None:
        """Show this job until it ends."""
        row = JobRow(job)
        self.rows.append(row)
        self._layout.addWidget(row)
        job.ended.connect(lambda: self._remove(row))
        self.show()

    def _remove(self, row: "JobRow") -> None:
        self.rows.remove(row)
        self._layout.removeWidget(row)
        row.hide()
        row.deleteLater()
        self.setVisible(bool(self.rows))


class JobRow(QWidget):
    """One job."""

    def __init__(self, job: Job) -> None:
        super().__init__()
        self._job = job
        self.text = QLabel(job.title)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.progress = QProgressBar()
        self.progress.setRange(0, STEPS)
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(BAR_WIDTH)
        self.progress.setAccessibleName(_("Progress"))
        self.cancel = QPushButton(_("Cancel"))
        self.cancel.setAccessibleName(f"{_('Cancel')}: {job.title}")
        self.cancel.clicked.connect(self._cancel)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(LARGE, SMALL, LARGE, SMALL)
        layout.setSpacing(MEDIUM)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.progress)
        layout.addWidget(self.cancel)
        job.progressed.connect(self._show)

    def _show(self, text: str, fraction: float) -> None:
        self.progress.setValue(round(STEPS * fraction))
        if not self._job.is_cancelled():
            self.text.setText(text)

    def _cancel(self) -> None:
        self.cancel.setEnabled(False)
        self.text.setText(_("Cancelling…"))
        self._job.cancel()
