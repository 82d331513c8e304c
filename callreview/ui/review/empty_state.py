"""What is shown where there is nothing to show yet: a sentence, and what to do."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from callreview.ui.review.labels import label
from callreview.ui.theme.spacing import MEDIUM, SMALL


class EmptyState(QWidget):
    """A heading, a sentence and, where something can be done, a button."""

    requested = Signal()

    def __init__(
        self, heading: str, text: str, action: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.heading = label(heading, "section", self, wrap=True)
        self.text = label(text, "muted", self, wrap=True)
        self.button = QPushButton(action, self)
        self.button.setProperty("kind", "primary")
        self.button.setVisible(bool(action))
        self.button.clicked.connect(self.requested)
        layout = QVBoxLayout(self)
        layout.setSpacing(SMALL)
        layout.addStretch(1)
        for words in (self.heading, self.text):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(words)
        layout.addSpacing(MEDIUM)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)
