"""What an empty library shows: how to begin."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from callreview.config.language import _
from callreview.ui.theme.spacing import MEDIUM, WIDE


class EmptyLibrary(QWidget):
    """Says what to do first and offers it."""

    importRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel(_("No calls yet"))
        title.setProperty("tone", "section")
        hint = QLabel(_("Drop recordings, a folder or a manifest here, or choose them."))
        hint.setProperty("tone", "muted")
        hint.setWordWrap(True)
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = QPushButton(_("Import recordings…"))
        self.button.setProperty("kind", "primary")
        self.button.clicked.connect(self.importRequested)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(WIDE, WIDE, WIDE, WIDE)
        layout.setSpacing(MEDIUM)
        layout.addStretch(1)
        layout.addWidget(title, 0, Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(hint)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignCenter)
        layout.addStretch(2)
