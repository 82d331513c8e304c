"""A field for a note that grows with its text."""

import math

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

MOST_LINES = 8
SPARE_PX = 4


class NoteField(QPlainTextEdit):
    """Commits its text when the keyboard leaves it or on Ctrl+Enter; Esc takes changes back.

    `left` says that the keyboard has gone elsewhere. With `commits_on_leaving` false a text that
    was only begun stays in the field.
    """

    committed = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._saved = ""
        self.commits_on_leaving = True
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        self._fit()

    def show_text(self, text: str) -> None:
        """Show saved text; what is being typed, and the caret, stay."""
        typing = self.hasFocus() and self.toPlainText() != self._saved
        self._saved = text
        if not typing and text != self.toPlainText():
            self.setPlainText(text)

    def commit(self) -> None:
        """Announce the text when it has changed."""
        text = self.toPlainText().strip()
        if text != self._saved:
            self._saved = text
            self.committed.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Commit with Ctrl+Enter, take back with Esc."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.commit()
        elif event.key() == Qt.Key.Key_Escape and self.toPlainText() != self._saved:
            self.setPlainText(self._saved)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Commit when the keyboard goes elsewhere (but not to the field's own menu)."""
        super().focusOutEvent(event)
        if event.reason() == Qt.FocusReason.PopupFocusReason:
            return
        if self.commits_on_leaving:
            self.commit()
        self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the height to the new width."""
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        """Ask for the height of the text."""
        return QSize(super().sizeHint().width(), self.height())

    def _text_height(self) -> float:
        """The height of all lines with the document's margin; mixed scripts make taller lines."""
        height, block = 0.0, self.document().begin()
        while block.isValid():
            height += self.blockBoundingRect(block).height()
            block = block.next()
        return height

    def _fit(self) -> None:
        margins = self.contentsMargins()
        around = margins.top() + margins.bottom() + SPARE_PX
        most = MOST_LINES * self.fontMetrics().lineSpacing()
        text = self._text_height()
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if text > most else policy.ScrollBarAlwaysOff
        )
        height = math.ceil(min(text, most) + around)
        if height != self.height():
            self.setFixedHeight(height)
