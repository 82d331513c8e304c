"""The bar to find text in a transcript."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from callreview.config.language import _
from callreview.ui.theme.icons import IconButton
from callreview.ui.theme.spacing import MEDIUM, SMALL, TIGHT


class FindBar(QWidget):
    """A field with next, previous and a count; Enter goes on, Shift+Enter back, Esc closes."""

    textChanged = Signal(str)
    stepRequested = Signal(int)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = QLineEdit(self)
        self._field.setPlaceholderText(_("Find in this call"))
        self._field.setAccessibleName(_("Find in this call"))
        self._field.textChanged.connect(self.textChanged)
        self._count = QLabel(self)
        self._count.setTextFormat(Qt.TextFormat.PlainText)
        self._count.setProperty("tone", "muted")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(MEDIUM, SMALL, MEDIUM, SMALL)
        layout.setSpacing(TIGHT)
        layout.addWidget(self._field, 1)
        layout.addSpacing(SMALL)
        layout.addWidget(self._count)
        self._add_button("up", _("Previous place"), "Shift+Enter", lambda: self._step(-1))
        self._add_button("down", _("Next place"), "Enter", lambda: self._step(1))
        self._add_button("close", _("Close find"), "Esc", self.close_bar)

    @property
    def text(self) -> str:
        """What is looked for."""
        return self._field.text()

    @property
    def count_text(self) -> str:
        """What is said about the places found."""
        return self._count.text()

    def open(self) -> None:
        """Show the bar, ready to type."""
        self.show()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()
        if self._field.text():
            self.textChanged.emit(self._field.text())

    def close_bar(self) -> None:
        """Hide the bar and say so."""
        self.hide()
        self.closed.emit()

    def show_count(self, number: int, total: int) -> None:
        """Say which of how many places is shown (from 1)."""
        if not self._field.text():
            self._count.setText("")
        elif total == 0:
            self._count.setText(_("Not found"))
        else:
            self._count.setText(_("{number} of {total}").format(number=number, total=total))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step with Enter, close with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self._step(-1 if back else 1)
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        self.stepRequested.emit(by)

    def _add_button(self, icon: str, name: str, keys: str, action: Callable[[], None]) -> None:
        button = IconButton(icon, name, self, keys=keys)
        button.clicked.connect(action)
        layout = self.layout()
        if layout is not None:
            layout.addWidget(button)
