"""A list in a dialog whose Enter key acts on its item and does not press the dialog's button."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget


class ChoiceList(QListWidget):
    """Tells with `itemActivated` that Enter was pressed on an item."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on the current item with Enter, which Qt would pass on to the default button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            item = self.currentItem()
            if item is not None:
                self.itemActivated.emit(item)
            event.accept()
        else:
            super().keyPressEvent(event)
