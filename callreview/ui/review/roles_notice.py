"""Tells that speakers got other roles after an evaluation was made."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from callreview.config.language import _
from callreview.ui.review.labels import label
from callreview.ui.theme.spacing import MEDIUM


class RolesNotice(QWidget):
    """A sentence and the button that says the evaluation was checked."""

    checked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        text = _("Roles were changed after this evaluation was made. Check its answers.")
        self.text = label(text, "badge", self, wrap=True)
        self.button = QPushButton(_("Checked"), self)
        self.button.setToolTip(_("The evaluation still holds with the roles as they are now"))
        self.button.clicked.connect(self.checked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MEDIUM)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
