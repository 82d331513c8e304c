"""Icons drawn as SVG in resources/icons and tinted with the colour of the text around them."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QToolButton, QWidget

from callreview.config.paths import resources_dir
from callreview.ui.theme.colours import current_colours
from callreview.ui.theme.spacing import ICON

_SCALES = (1.0, 1.5, 2.0, 3.0)


@lru_cache(maxsize=256)
def tinted_icon(name: str, colour: str, size: int = ICON) -> QIcon:
    """The icon `name` in one colour ("#rrggbb"), sharp on every screen up to three times scale."""
    svg = (resources_dir() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(svg.replace("currentColor", colour).encode()))
    icon = QIcon()
    for scale in _SCALES:
        icon.addPixmap(_drawn(renderer, size, scale))
    return icon


def _drawn(renderer: QSvgRenderer, size: int, scale: float) -> QPixmap:
    pixmap = QPixmap(QSize(round(size * scale), round(size * scale)))
    pixmap.setDevicePixelRatio(scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


class IconButton(QToolButton):
    """A button with an icon only; its name is its tooltip and what a screen reader says.

    Clicking does not take the keyboard focus away from what the reviewer works in.
    """

    def __init__(
        self, icon: str, name: str, parent: QWidget | None = None, *, keys: str = ""
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self.setProperty("kind", "quiet")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setIconSize(QSize(ICON, ICON))
        self.set_name(name, keys)
        self.toggled.connect(lambda _checked: self._tint())
        self._tint()

    def set_name(self, name: str, keys: str = "") -> None:
        """Say what the button does, and with which keys it can be reached."""
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({keys})" if keys else name)

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        if icon != self._icon:
            self._icon = icon
            self._tint()

    def set_kind(self, kind: str) -> None:
        """Choose the part of the stylesheet that dresses the button."""
        self.setProperty("kind", kind)
        self._tint()

    def changeEvent(self, event: QEvent) -> None:
        """Take the new colours when light and dark change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def _tint(self) -> None:
        colours = current_colours()
        on_accent = self.property("kind") == "primary"
        colour = colours.on_accent if on_accent else colours.text
        self.setIcon(tinted_icon(self._icon, QColor(colour).name()))
