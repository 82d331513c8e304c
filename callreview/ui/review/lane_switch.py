"""Mute and single out one lane."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from callreview.config.language import _
from callreview.domain.transcript import Role
from callreview.ui.review.lanes import Lane
from callreview.ui.review.role_shapes import draw_role
from callreview.ui.theme.colours import current_colours
from callreview.ui.theme.icons import IconButton
from callreview.ui.theme.spacing import SMALL, TIGHT

_MOST_LETTERS = 16


class RoleMark(QWidget):
    """The shape of a role."""

    def __init__(self, role: Role, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role: Role = role
        self.setFixedSize(QSize(10, 10))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the shape."""
        painter = QPainter(self)
        draw_role(painter, current_colours(), self._role, QRectF(0.5, 0.5, 9, 9))
        painter.end()


class LaneSwitch(QWidget):
    """A lane's name with a button to mute it and one to hear it alone."""

    changed = Signal()

    def __init__(self, lane: Lane, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lane = lane
        self._mute = IconButton("sound", _("Mute {name}").format(name=lane.name), self)
        self._solo = IconButton("solo", _("Hear only {name}").format(name=lane.name), self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(TIGHT)
        layout.addWidget(RoleMark(lane.role, self))
        label = QLabel(_shortened(lane.role_text or lane.name), self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("tone", "muted")
        layout.addWidget(label)
        layout.addSpacing(SMALL - TIGHT)
        for button in (self._mute, self._solo):
            button.setCheckable(True)
            button.toggled.connect(self._toggled)
            layout.addWidget(button)

    @property
    def muted(self) -> bool:
        """Whether this lane is silenced."""
        return self._mute.isChecked()

    @property
    def solo(self) -> bool:
        """Whether only this lane (and others like it) is heard."""
        return self._solo.isChecked()

    def _toggled(self) -> None:
        self._mute.set_icon("mute" if self.muted else "sound")
        self.changed.emit()


def _shortened(name: str) -> str:
    return name if len(name) <= _MOST_LETTERS else name[: _MOST_LETTERS - 1] + "…"
