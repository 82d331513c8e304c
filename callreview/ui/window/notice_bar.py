"""What went wrong or was done, said where the user looks and kept until it is read."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from callreview.config.language import _, ngettext
from callreview.ui.theme.icons import IconButton
from callreview.ui.theme.spacing import LARGE, SMALL

LINES_SHOWN = 6


class NoticeBar(QWidget):
    """A message across the top of the window; several problems are listed below it.

    An offer has a button that does what is offered and closes the message.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.close_button = IconButton("close", _("Close the message"))
        self.close_button.clicked.connect(self.hide)
        self.accept_button = QPushButton()
        self.accept_button.clicked.connect(self._accept)
        self._offered: Callable[[], None] | None = None
        self.details = QPlainTextEdit()
        self.details.setReadOnly(True)
        self.details.setAccessibleName(_("Problems"))
        self.details.setMaximumHeight(LINES_SHOWN * self.fontMetrics().height())
        head = QHBoxLayout()
        head.addWidget(self.text, 1)
        head.addWidget(self.accept_button)
        head.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(LARGE, SMALL, LARGE, SMALL)
        layout.addLayout(head)
        layout.addWidget(self.details)
        self.hide()

    def say(self, message: str) -> None:
        """Tell that something was done."""
        self._show(message, "")

    def warn(self, message: str) -> None:
        """Tell that something could not be done."""
        self._show(message, "problem")

    def report(self, done: str, problems: Sequence[str], notes: Sequence[str] = ()) -> None:
        """Tell what was done, list what could not be done and what should be known beside it."""
        if not problems:
            self._show(done, "", notes)
            return
        text = ngettext("{count} problem", "{count} problems", len(problems))
        self._show(f"{done} {text.format(count=len(problems))}", "problem", (*problems, *notes))

    def offer(self, message: str, answer: str, accepted: Callable[[], None]) -> None:
        """Tell what should be done; the button with the answer does it."""
        self._show(message, "")
        self._offered = accepted
        self.accept_button.setText(answer)
        self.accept_button.show()

    def _accept(self) -> None:
        self.hide()
        if self._offered is not None:
            self._offered()

    def _show(self, message: str, tone: str, details: Sequence[str] = ()) -> None:
        self._offered = None
        self.accept_button.hide()
        self.text.setProperty("tone", tone)
        self.text.style().polish(self.text)
        self.text.setText(message)
        self.details.setPlainText("\n".join(details))
        self.details.setVisible(bool(details))
        self.show()
