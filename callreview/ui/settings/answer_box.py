"""The buttons at the foot of a dialog: do it, or cancel."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QDialogButtonBox

from callreview.config.language import _


def answer_box(dialog: QDialog, text: str, accept: Callable[[], object]) -> QDialogButtonBox:
    """A primary button that says `text` and calls `accept`, and one that cancels the dialog.

    The dialog has to close itself in `accept`.
    """
    kinds = QDialogButtonBox.StandardButton
    # A standard button of the accepting kind keeps the order of buttons of the platform.
    box = QDialogButtonBox(kinds.Ok | kinds.Cancel)
    box.button(kinds.Ok).setText(text)
    box.button(kinds.Ok).setProperty("kind", "primary")
    box.button(kinds.Cancel).setText(_("Cancel"))
    box.accepted.connect(accept)
    box.rejected.connect(dialog.reject)
    return box
