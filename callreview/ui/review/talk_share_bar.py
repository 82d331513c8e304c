"""Who talked how much, as one bar."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from callreview.config.language import _
from callreview.domain.transcript import Role
from callreview.ui.review.wording import role_name
from callreview.ui.theme.colours import current_colours

HEIGHT = 12
GAP = 2.0


class TalkShareBar(QWidget):
    """Shares of the speech (0..1) side by side; the numbers stand beside it as text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shares: Mapping[Role, float] = {}
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Talk share"))

    def show_shares(self, shares: Mapping[Role, float]) -> None:
        """Show other shares."""
        self._shares = shares
        self.setAccessibleDescription(
            ", ".join(f"{role_name(role)} {share:.0%}" for role, share in shares.items())
        )
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the shares from left to right."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QPainterPath()
        whole.addRoundedRect(QRectF(self.rect()), HEIGHT / 2, HEIGHT / 2)
        painter.setClipPath(whole)
        colours = current_colours()
        painter.fillRect(self.rect(), QColor(colours.sunken))
        painter.setPen(Qt.PenStyle.NoPen)
        x = 0.0
        for role, share in self._shares.items():
            width = share * self.width()
            box = QRectF(x, 0, max(width - GAP, 0), HEIGHT)
            painter.fillRect(box, QColor(colours.roles[role]))
            x += width
        painter.end()
