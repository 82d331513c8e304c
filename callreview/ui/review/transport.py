"""The transport: play, jump, speed, and which lanes are heard."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from callreview.config.language import _
from callreview.domain.figure_text import clock
from callreview.ui.review.lane_switch import LaneSwitch
from callreview.ui.review.lanes import Lane
from callreview.ui.theme.icons import IconButton
from callreview.ui.theme.spacing import LARGE, MEDIUM, SMALL, TARGET, TIGHT

SPEEDS = (0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
SKIP_S = 5.0


class TransportBar(QWidget):
    """Buttons that ask for sound; the screen that owns it connects a player.

    `skipRequested` gives seconds (negative is back), `gainsChanged` one gain (0 or 1) for each
    channel. Keys: Space plays, J and L or Left and Right jump 5 s, [ and ] change the speed.
    """

    playPauseRequested = Signal()
    skipRequested = Signal(float)
    speedChanged = Signal(float)
    gainsChanged = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._switches: list[LaneSwitch] = []
        self._duration_s = 0.0
        self._back = IconButton("back", _("5 seconds back"), self, keys=_("Left or J"))
        self._play = IconButton("play", _("Play"), self, keys=_("Space"))
        self._play.set_kind("primary")
        self._play.setMinimumSize(QSize(TARGET + 16, TARGET + 8))
        self._forward = IconButton("forward", _("5 seconds forward"), self, keys=_("Right or L"))
        self._time = QLabel(self)
        self._time.setAccessibleName(_("Position"))
        self._time.setTextFormat(Qt.TextFormat.PlainText)
        self._time.setMinimumWidth(110)
        self._lanes = QHBoxLayout()
        self._speed = self._speed_box()
        self._problem = QLabel(self)
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.setProperty("tone", "problem")
        self._problem.setWordWrap(True)
        self._problem.hide()
        self._arrange()
        self._connect()
        self.set_position(0.0)

    @property
    def speed(self) -> float:
        """The chosen speed; 1.0 is as recorded."""
        return float(self._speed.currentData())

    @property
    def time_text(self) -> str:
        """Position and length as shown."""
        return self._time.text()

    @property
    def problem(self) -> str:
        """What is wrong with the sound, as shown."""
        return self._problem.text()

    def set_duration(self, duration_s: float) -> None:
        """Show the length of the call."""
        self._duration_s = duration_s
        self.set_position(0.0)

    def set_position(self, position_s: float) -> None:
        """Show where the sound is."""
        text = _("{position} / {duration}").format(
            position=clock(position_s), duration=clock(self._duration_s)
        )
        if text != self._time.text():
            self._time.setText(text)

    def set_playing(self, playing: bool) -> None:
        """Show whether it plays."""
        self._play.set_icon("pause" if playing else "play")
        self._play.set_name(_("Pause") if playing else _("Play"), _("Space"))

    def set_problem(self, text: str) -> None:
        """Say what is wrong with the sound; "" when nothing is."""
        self._problem.setText(text)
        self._problem.setVisible(bool(text))

    def set_lanes(self, lanes: tuple[Lane, ...]) -> None:
        """Offer to mute and to single out each lane; all are heard at first."""
        for switch in self._switches:
            self._lanes.removeWidget(switch)
            switch.deleteLater()
        self._switches = [LaneSwitch(lane, self) for lane in lanes if len(lanes) > 1]
        for switch in self._switches:
            switch.changed.connect(self._announce_gains)
            self._lanes.addWidget(switch)

    def take_key(self, event: QKeyEvent) -> bool:
        """Act on a key of the transport; tell whether it was one."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        key = event.key()
        if key == Qt.Key.Key_Space:
            self.playPauseRequested.emit()
        elif key in (Qt.Key.Key_J, Qt.Key.Key_Left):
            self.skipRequested.emit(-SKIP_S)
        elif key in (Qt.Key.Key_L, Qt.Key.Key_Right):
            self.skipRequested.emit(SKIP_S)
        elif key in (Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight):
            self._step_speed(1 if key == Qt.Key.Key_BracketRight else -1)
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on the transport's keys."""
        if not self.take_key(event):
            super().keyPressEvent(event)

    def gains(self) -> tuple[float, ...]:
        """How loud each channel is heard, 0 or 1, by channel number."""
        alone = any(switch.solo for switch in self._switches)
        heard = {s.lane.channel: s.solo if alone else not s.muted for s in self._switches}
        return tuple(1.0 if heard[channel] else 0.0 for channel in sorted(heard))

    def _announce_gains(self) -> None:
        self.gainsChanged.emit(self.gains())

    def _step_speed(self, by: int) -> None:
        number = self._speed.currentIndex() + by
        self._speed.setCurrentIndex(min(max(number, 0), len(SPEEDS) - 1))

    def _speed_box(self) -> QComboBox:
        box = QComboBox(self)
        box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        box.setAccessibleName(_("Speed"))
        box.setToolTip(_("Speed ([ slower, ] faster)"))
        for speed in SPEEDS:
            box.addItem(f"{speed:g}×", speed)
        box.setCurrentIndex(SPEEDS.index(1.0))
        return box

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(TIGHT)
        for button in (self._back, self._play, self._forward):
            row.addWidget(button)
        row.addSpacing(MEDIUM)
        row.addWidget(self._time)
        row.addStretch(1)
        row.addLayout(self._lanes)
        row.addSpacing(SMALL)
        row.addWidget(self._speed)
        self._lanes.setSpacing(LARGE)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(LARGE, SMALL, LARGE, SMALL)
        layout.setSpacing(TIGHT)
        layout.addLayout(row)
        layout.addWidget(self._problem)

    def _connect(self) -> None:
        self._play.clicked.connect(self.playPauseRequested)
        self._back.clicked.connect(lambda: self.skipRequested.emit(-SKIP_S))
        self._forward.clicked.connect(lambda: self.skipRequested.emit(SKIP_S))
        self._speed.currentIndexChanged.connect(lambda _row: self.speedChanged.emit(self.speed))
