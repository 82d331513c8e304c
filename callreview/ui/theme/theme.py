"""The look of the whole window, following the computer's light or dark setting."""

from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from callreview.ui.theme.colours import DARK, LIGHT, Colours
from callreview.ui.theme.fonts import interface_font
from callreview.ui.theme.stylesheet import stylesheet

Scheme = Literal["system", "light", "dark"]

_QT_SCHEMES = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}


class Theme(QObject):
    """Dresses the application: style, palette, fonts and stylesheet from one set of colours.

    With the scheme "system" it follows the computer; "light" and "dark" force one.
    """

    changed = Signal()

    def __init__(self, app: QApplication, scheme: Scheme = "system") -> None:
        super().__init__(app)
        self._app = app
        self._scheme: Scheme = scheme
        self._applied: Colours | None = None
        app.setStyle("Fusion")
        app.setFont(interface_font(app.font()))
        app.styleHints().colorSchemeChanged.connect(self._apply)
        self.set_scheme(scheme)

    @property
    def scheme(self) -> Scheme:
        """What the user chose."""
        return self._scheme

    @property
    def colours(self) -> Colours:
        """The colours in use."""
        if self._scheme == "system":
            dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
            return DARK if dark else LIGHT
        return DARK if self._scheme == "dark" else LIGHT

    def set_scheme(self, scheme: Scheme) -> None:
        """Follow the computer, or force light or dark."""
        self._scheme = scheme
        self._app.styleHints().setColorScheme(_QT_SCHEMES[scheme])
        self._apply()

    def _apply(self) -> None:
        colours = self.colours
        if colours is self._applied:
            return
        self._applied = colours
        self._app.setPalette(palette(colours))
        self._app.setStyleSheet(stylesheet(colours))
        self.changed.emit()


def palette(colours: Colours) -> QPalette:
    """The Qt palette of a set of colours."""
    role = QPalette.ColorRole
    result = QPalette()
    for part, colour in {
        role.Window: colours.window,
        role.WindowText: colours.text,
        role.Base: colours.surface,
        role.AlternateBase: colours.sunken,
        role.Text: colours.text,
        role.PlaceholderText: colours.muted,
        role.Button: colours.sunken,
        role.ButtonText: colours.text,
        role.BrightText: colours.on_accent,
        role.Highlight: colours.selection,
        role.HighlightedText: colours.text,
        role.Accent: colours.accent,
        role.Link: colours.accent,
        role.ToolTipBase: colours.surface,
        role.ToolTipText: colours.text,
        role.Light: colours.surface,
        role.Midlight: colours.hover,
        role.Mid: colours.border,
        role.Dark: colours.border,
        role.Shadow: colours.border,
    }.items():
        result.setColor(part, QColor(colour))
    for part in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, part, QColor(colours.muted))
    return result
