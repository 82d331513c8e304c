"""Showing a widget so that it has the keyboard, under a window manager or without one."""

from PySide6.QtWidgets import QApplication

from callreview.ui.review.transcript_view import TranscriptView


def show_active(qtbot, widget):
    """Show a widget and wait until its window is active."""
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()


def shown_transcript(qtbot, call):
    """A transcript view that shows a call and has the keyboard."""
    view = TranscriptView()
    qtbot.addWidget(view)
    view.resize(640, 480)
    show_active(qtbot, view)
    view.show_call(call)
    QApplication.processEvents()
    return view
