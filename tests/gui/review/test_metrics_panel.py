from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel

from callreview.ui.review.metrics_panel import MetricsPanel
from callreview.ui.review.talk_share_bar import TalkShareBar
from tests.gui.review.example_call import METRICS, call_view, unprocessed_view
from tests.gui.review.showing import show_active


@pytest.fixture
def panel(qtbot):
    widget = MetricsPanel()
    qtbot.addWidget(widget)
    widget.resize(380, 900)
    show_active(qtbot, widget)
    widget.show_call(call_view())
    return widget


def _texts(widget):
    return [item.text() for item in widget.findChildren(QLabel)]


def test_numbers_stand_beside_their_words(panel):
    texts = _texts(panel)
    for text in ("60%", "40%", "150", "171", "1 time, 5.0 s", "No overtalk.", "packets missing"):
        assert text in texts
    assert "The agent answers after 1.2 s on average." in texts


def test_the_course_of_the_feeling_is_shown_by_quarter_with_its_shift(panel):
    customer = call_view().sentiment["customer"]
    assert customer.shift is None or f"{abs(customer.shift):.1f}" in " ".join(_texts(panel))
    assert "Quarter 4" in _texts(panel)
    assert "−4.0" in _texts(panel)
    assert "+3.5" in _texts(panel)


def test_a_stretch_of_dead_air_can_be_heard(panel, qtbot):
    button = next(
        b for b in panel.findChildren(QAbstractButton) if b.accessibleName() == "Play 0:23 · 5.0 s"
    )
    with qtbot.waitSignal(panel.playRequested) as played:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert played.args == [23.0, 28.0]


def test_the_bar_tells_a_screen_reader_its_shares(panel):
    bar = panel.findChild(TalkShareBar)
    assert bar.accessibleDescription() == "Agent 60%, Customer 40%"
    image = bar.grab().toImage()
    y, wide = image.height() // 2, image.width()
    assert image.pixelColor(wide // 4, y).name() == "#1a5fb4"
    assert image.pixelColor(wide * 9 // 10, y).name() == "#a8480a"


def test_figures_from_one_channel_are_marked_as_estimated(panel):
    assert not any("Estimated" in text for text in _texts(panel))
    panel.show_call(replace(call_view(), metrics=replace(METRICS, estimated=True)))
    assert any("Estimated" in text for text in _texts(panel))


def test_before_processing_it_says_when_the_facts_appear(panel):
    panel.show_call(unprocessed_view())
    assert "These facts appear once the call is processed." in _texts(panel)


def test_the_same_facts_again_build_nothing_anew(panel):
    sheet = panel.widget()
    panel.show_call(replace(call_view(), comments=()))
    assert panel.widget() is sheet
