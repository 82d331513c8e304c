import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from callreview.ui.review.waveform import GUTTER, WaveformView
from callreview.ui.review.waveform_marks import RULER
from tests.gui.review.example_call import (
    COMMENTS,
    DURATION_S,
    TURNS,
    SinePeaks,
    call_view,
    unprocessed_view,
)
from tests.gui.review.showing import show_active


@pytest.fixture
def wave(qtbot):
    view = WaveformView()
    qtbot.addWidget(view)
    view.resize(GUTTER + 600, 220)
    show_active(qtbot, view)
    view.show_call(call_view(), SinePeaks())
    return view


def _at(wave, seconds, y=100):
    return QPoint(GUTTER + round(wave.axis.x_of(seconds)), y)


def _wheel(wave, seconds, delta, modifiers=Qt.KeyboardModifier.NoModifier):
    point = QPointF(_at(wave, seconds))
    event = QWheelEvent(
        point,
        QPointF(wave.viewport().mapToGlobal(point.toPoint())),
        QPoint(),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(wave.viewport(), event)


def test_the_agent_is_drawn_above_the_customer_whatever_the_channel_order(wave):
    assert [(lane.name, lane.role, lane.channel) for lane in wave.lanes] == [
        ("Maria Lopez", "agent", 0),
        ("Kim Seo-yeon", "customer", 1),
    ]


def test_before_processing_the_lanes_are_named_by_channel(qtbot):
    view = WaveformView()
    qtbot.addWidget(view)
    view.show_call(unprocessed_view())
    assert [lane.name for lane in view.lanes] == ["Channel 1", "Channel 2"]


def test_a_click_asks_for_the_time_under_the_pointer(wave, qtbot):
    with qtbot.waitSignal(wave.seekRequested) as seek:
        qtbot.mouseClick(wave.viewport(), Qt.MouseButton.LeftButton, pos=_at(wave, 30.0))
    assert seek.args[0] == pytest.approx(30.0, abs=0.1)
    assert wave.position_s == pytest.approx(30.0, abs=0.1)


def test_a_click_on_the_names_asks_for_nothing(wave, qtbot):
    with qtbot.assertNotEmitted(wave.seekRequested):
        qtbot.mouseClick(wave.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 100))


def test_a_drag_selects_a_stretch_and_does_not_seek(wave, qtbot):
    seeks = []
    wave.seekRequested.connect(seeks.append)
    qtbot.mousePress(wave.viewport(), Qt.MouseButton.LeftButton, pos=_at(wave, 40.0))
    qtbot.mouseMove(wave.viewport(), _at(wave, 30.0))
    with qtbot.waitSignal(wave.rangeSelected) as selected:
        qtbot.mouseRelease(wave.viewport(), Qt.MouseButton.LeftButton, pos=_at(wave, 20.0))
    assert selected.args == pytest.approx([30.0, 40.0], abs=0.1)
    assert seeks == []


def test_a_click_drops_the_selection_and_says_so(wave, qtbot):
    wave.select(10.0, 20.0)
    with qtbot.waitSignal(wave.selectionCleared):
        qtbot.mouseClick(wave.viewport(), Qt.MouseButton.LeftButton, pos=_at(wave, 5.0))
    assert wave.selection is None


def test_arrow_keys_move_by_a_second_and_home_and_end_go_to_the_ends(wave, qtbot):
    seeks = []
    wave.seekRequested.connect(seeks.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_End):
        qtbot.keyClick(wave, key)
    qtbot.keyClick(wave, Qt.Key.Key_Home)
    assert seeks == [1.0, 2.0, 1.0, DURATION_S, 0.0]


def test_shift_and_arrow_keys_select_by_keyboard(wave, qtbot):
    wave.set_position(10.0)
    ranges = []
    wave.rangeSelected.connect(lambda start, end: ranges.append((start, end)))
    for _ in range(3):
        qtbot.keyClick(wave, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(wave, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert ranges[-1] == (10.0, 12.0)


def test_keys_it_does_not_know_are_left_to_the_screen(wave):
    event = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier)
    wave.keyPressEvent(event)
    assert not event.isAccepted()


def test_the_wheel_zooms_around_the_pointer_and_out_again_to_the_whole_call(wave):
    for _ in range(5):
        _wheel(wave, 30.0, 120)
    assert wave.axis.px_per_s == pytest.approx(10.0 * 1.25**5, rel=0.01)
    assert wave.axis.s_of(300) == pytest.approx(30.0, abs=0.2)
    for _ in range(9):
        _wheel(wave, 30.0, -120)
    assert wave.axis.most_scroll_px == 0


def test_shift_and_wheel_scroll_sideways(wave):
    wave.zoom(4.0)
    before = wave.axis.scroll_px
    _wheel(wave, 5.0, -120, Qt.KeyboardModifier.ShiftModifier)
    assert wave.axis.scroll_px == before + 120


def test_a_moving_playhead_draws_no_tile_again(wave, qtbot):
    QApplication.processEvents()
    drawn = wave.tiles_drawn
    assert drawn > 0
    for step in range(50):
        wave.set_position(step * 0.5)
        QApplication.processEvents()
    assert wave.tiles_drawn == drawn


def test_the_playhead_is_where_the_sound_is(wave):
    wave.set_position(30.0)
    image = wave.grab().toImage()
    x = GUTTER + round(wave.axis.x_of(30.0))
    dark = [x + dx for dx in range(-4, 5) if image.pixelColor(x + dx, 30).lightness() < 90]
    assert dark
    assert abs(sum(dark) / len(dark) - x) <= 1


def test_when_zoomed_in_the_window_turns_the_page_with_the_sound(wave):
    wave.set_position(0.0)
    wave.zoom(6.0)
    wave.set_position(40.0)
    x = wave.axis.x_of(40.0)
    assert 0 <= x <= wave.axis.width * 0.2


def test_a_user_who_scrolled_away_is_left_in_peace_until_the_next_seek(wave, qtbot):
    wave.zoom(6.0)
    _wheel(wave, 1.0, -600, Qt.KeyboardModifier.ShiftModifier)
    place = wave.axis.scroll_px
    wave.set_position(55.0)
    assert wave.axis.scroll_px == place
    qtbot.keyClick(wave, Qt.Key.Key_End)
    assert wave.axis.scroll_px > place


def test_tooltips_name_list_and_phrase_sentiment_damage_masks_and_comments(wave):
    hit = TURNS[3].hits[0]
    customer_lane = QPointF(_at(wave, hit.start_s, 180))
    assert "Refunds: money back" in wave.marks_at(customer_lane).splitlines()
    assert "Negative" in wave.marks_at(customer_lane).splitlines()
    agent_lane = QPointF(_at(wave, hit.start_s, 70))
    assert "Refunds" not in wave.marks_at(agent_lane)
    assert "packets missing" in wave.marks_at(QPointF(_at(wave, 51.0)))
    assert "card number" in wave.marks_at(QPointF(_at(wave, 42.0)))
    comment = wave.marks_at(QPointF(_at(wave, COMMENTS[0].start_s, RULER + 5)))
    assert "Acknowledge <i>first</i>" in comment


def test_sentiment_is_told_by_shape_not_only_by_colour(wave):
    """A triangle is wide at its foot: at the bottom for positive, at the top for negative."""
    image = wave.grab().toImage()

    def widths(seconds, colour_rule):
        x = GUTTER + round(wave.axis.x_of(seconds))
        return [
            sum(colour_rule(image.pixelColor(x + dx, y)) for dx in range(-4, 5))
            for y in range(image.height())
        ]

    def first_and_last(rows):
        inked = [count for count in rows if count]
        return inked[0], inked[-1]

    red = lambda c: c.red() > 140 and c.green() < 90 and 40 < c.blue() < 110  # noqa: E731
    green = lambda c: c.green() > 90 and c.red() < 60 and c.blue() < 110  # noqa: E731
    negative, positive = TURNS[3], TURNS[4]
    top, bottom = first_and_last(widths((negative.start_s + negative.end_s) / 2, red))
    assert top > bottom
    top, bottom = first_and_last(widths((positive.start_s + positive.end_s) / 2, green))
    assert top < bottom


def test_new_marks_of_the_same_call_keep_zoom_place_and_selection(wave):
    wave.zoom(4.0)
    wave.set_position(20.0)
    wave.select(18.0, 22.0)
    before = wave.axis
    wave.refresh(call_view())
    assert wave.axis == before
    assert wave.position_s == 20.0
    assert wave.selection is not None


def test_it_follows_light_and_dark(wave, theme):
    light = wave.grab().toImage().pixelColor(GUTTER + 3, 5).lightness()
    theme.set_scheme("dark")
    QApplication.processEvents()
    dark = wave.grab().toImage().pixelColor(GUTTER + 3, 5).lightness()
    assert light > 200
    assert dark < 60


def test_at_most_what_is_visible_is_asked_of_the_peaks(qtbot):
    peaks = SinePeaks()
    view = WaveformView()
    qtbot.addWidget(view)
    view.resize(GUTTER + 600, 220)
    view.show()
    view.show_call(call_view(), peaks)
    view.grab()
    assert {channel for channel, *_ in peaks.asked} == {0, 1}
    assert all(0 <= start < end <= DURATION_S + 0.1 for _, start, end, _ in peaks.asked)


def test_a_scroll_bar_appears_only_when_zoomed_in_and_moves_the_window(wave):
    bar = wave.horizontalScrollBar()
    assert not bar.isVisible()
    wave.zoom(8.0, 300)
    QApplication.processEvents()
    assert bar.isVisible()
    assert bar.value() == round(wave.axis.scroll_px) > 0
    bar.setValue(bar.maximum())
    assert wave.axis.s_of(wave.axis.width) == pytest.approx(DURATION_S, abs=0.05)
    wave.zoom(0.01)
    QApplication.processEvents()
    assert not bar.isVisible()
