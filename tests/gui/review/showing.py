"""Showing a widget so that it has the keyboard, under a window manager or without one."""


def show_active(qtbot, widget):
    """Show a widget and wait until its window is active."""
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
