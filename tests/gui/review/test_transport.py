import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox

from callreview.ui.review.lanes import Lane
from callreview.ui.review.transport import SPEEDS, TransportBar
from tests.gui.review.showing import show_active


@pytest.fixture
def bar(qtbot):
    widget = TransportBar()
    qtbot.addWidget(widget)
    widget.set_duration(250.0)
    widget.set_lanes((Lane("Maria", "Agent", "agent", 1), Lane("Kim", "Customer", "customer", 0)))
    show_active(qtbot, widget)
    return widget


def _button(bar, name):
    return next(b for b in bar.findChildren(QAbstractButton) if b.accessibleName() == name)


def test_position_and_length_are_shown_as_clocks(bar):
    bar.set_position(65.9)
    assert bar.time_text == "1:05 / 4:10"


def test_space_asks_to_play_or_pause(bar, qtbot):
    with qtbot.waitSignal(bar.playPauseRequested):
        qtbot.keyClick(bar, Qt.Key.Key_Space)


@pytest.mark.parametrize(
    ("key", "seconds"),
    [
        (Qt.Key.Key_J, -5.0),
        (Qt.Key.Key_Left, -5.0),
        (Qt.Key.Key_L, 5.0),
        (Qt.Key.Key_Right, 5.0),
    ],
)
def test_j_l_and_the_arrows_jump_five_seconds(bar, qtbot, key, seconds):
    with qtbot.waitSignal(bar.skipRequested) as skip:
        qtbot.keyClick(bar, key)
    assert skip.args == [seconds]


def test_brackets_change_the_speed_within_its_limits(bar, qtbot):
    speeds = []
    bar.speedChanged.connect(speeds.append)
    for _ in range(12):
        qtbot.keyClick(bar, Qt.Key.Key_BracketRight)
    assert speeds[0] == 1.25
    assert speeds[-1] == bar.speed == SPEEDS[-1] == 3.0
    for _ in range(12):
        qtbot.keyClick(bar, Qt.Key.Key_BracketLeft)
    assert bar.speed == 0.5


def test_the_play_button_says_what_it_will_do(bar, qtbot):
    with qtbot.waitSignal(bar.playPauseRequested):
        qtbot.mouseClick(_button(bar, "Play"), Qt.MouseButton.LeftButton)
    bar.set_playing(True)
    assert _button(bar, "Pause").toolTip() == "Pause (Space)"


def test_muting_a_lane_silences_its_channel(bar, qtbot):
    with qtbot.waitSignal(bar.gainsChanged) as gains:
        qtbot.mouseClick(_button(bar, "Mute Maria"), Qt.MouseButton.LeftButton)
    assert gains.args == [(1.0, 0.0)]


def test_hearing_one_lane_alone_silences_the_others_even_when_it_is_muted(bar, qtbot):
    qtbot.mouseClick(_button(bar, "Mute Kim"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(_button(bar, "Hear only Kim"), Qt.MouseButton.LeftButton)
    assert bar.gains() == (1.0, 0.0)
    qtbot.mouseClick(_button(bar, "Hear only Kim"), Qt.MouseButton.LeftButton)
    assert bar.gains() == (0.0, 1.0)


def test_one_lane_needs_no_switches(bar):
    bar.set_lanes((Lane("All speakers", "", "unknown", 0),))
    assert bar.gains() == ()


def test_a_sound_problem_is_said_and_taken_back(bar):
    assert not bar.problem
    bar.set_problem("No sound device <found>")
    assert bar.problem == "No sound device <found>"
    bar.set_problem("")
    assert not bar.problem


def test_clicking_a_button_leaves_the_keyboard_where_it_was(bar, qtbot):
    speed = bar.findChild(QComboBox)
    speed.setFocus()
    qtbot.mouseClick(_button(bar, "5 seconds back"), Qt.MouseButton.LeftButton)
    assert speed.hasFocus()


def test_every_control_has_a_name_and_is_big_enough(bar):
    for control in [*bar.findChildren(QAbstractButton), *bar.findChildren(QComboBox)]:
        assert control.accessibleName()
        assert min(control.width(), control.height()) >= 24
