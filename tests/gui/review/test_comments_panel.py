from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication

from callreview.domain.annotation import Comment
from callreview.domain.talk_metrics import Interval
from callreview.ui.review.comments_panel import CommentsPanel
from tests.gui.review.showing import show_active

LATE = Comment(1, 7, 90.0, 95.5, "Good & <b>calm</b>", "Dana", "2026-03-02T10:00:00")
EARLY = Comment(2, 7, 12.0, 12.0, "Greeting", "Jun", "2026-03-02T10:05:00")


@pytest.fixture
def panel(qtbot):
    widget = CommentsPanel()
    qtbot.addWidget(widget)
    widget.resize(380, 600)
    show_active(qtbot, widget)
    widget.show_comments((LATE, EARLY))
    return widget


def test_comments_are_in_the_order_of_the_call(panel):
    assert [row.comment for row in panel.rows] == [EARLY, LATE]
    assert [row.time.text() for row in panel.rows] == ["0:12", "1:30–1:35"]
    assert panel.rows[1].text.text() == "Good & <b>calm</b>"
    assert panel.rows[1].text.textFormat() == Qt.TextFormat.PlainText


def test_without_comments_it_says_so(panel):
    assert not panel.empty.isVisible()
    panel.show_comments(())
    assert panel.empty.isVisible()


def test_a_click_on_the_time_plays_the_stretch(panel, qtbot):
    with qtbot.waitSignal(panel.playRequested) as played:
        qtbot.mouseClick(panel.rows[1].time, Qt.MouseButton.LeftButton)
    assert played.args == [90.0, 95.5]


def test_a_comment_goes_to_where_the_sound_was_when_it_was_begun(panel, qtbot):
    panel.set_position(42.0)
    panel.field.setFocus()
    qtbot.keyClicks(panel.field, "Hold too long")
    panel.set_position(60.0)
    assert panel.where.text() == "At 0:42"
    with qtbot.waitSignal(panel.added) as added:
        qtbot.keyClick(panel.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert added.args == [42.0, 42.0, "Hold too long"]
    assert panel.field.toPlainText() == ""


def test_a_comment_goes_to_the_selection(panel, qtbot):
    panel.set_selection(Interval(10.0, 14.0))
    panel.set_position(60.0)
    qtbot.keyClicks(panel.field, "This")
    with qtbot.waitSignal(panel.added) as added:
        qtbot.mouseClick(panel.add, Qt.MouseButton.LeftButton)
    assert added.args == [10.0, 14.0, "This"]


def test_an_empty_comment_is_not_added(panel, qtbot):
    with qtbot.assertNotEmitted(panel.added):
        qtbot.keyClicks(panel.field, "   ")
        qtbot.mouseClick(panel.add, Qt.MouseButton.LeftButton)


def test_a_begun_comment_is_kept_when_the_keyboard_goes_elsewhere(panel, qtbot):
    panel.field.setFocus()
    qtbot.keyClicks(panel.field, "half")
    with qtbot.assertNotEmitted(panel.added):
        panel.rows[0].time.setFocus()
    assert panel.field.toPlainText() == "half"


def test_a_comment_can_be_changed(panel, qtbot):
    row = panel.rows[0]
    qtbot.mouseClick(row.edit, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(row.field, "Warm ")
    with qtbot.waitSignal(panel.edited) as edited:
        qtbot.keyClick(row.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert edited.args == [EARLY.id, "Warm Greeting"]
    assert not row.field.isVisible()


def test_a_change_to_nothing_changes_nothing(panel, qtbot):
    row = panel.rows[0]
    qtbot.mouseClick(row.edit, Qt.MouseButton.LeftButton)
    row.field.selectAll()
    qtbot.keyClick(row.field, Qt.Key.Key_Backspace)
    with qtbot.assertNotEmitted(panel.edited):
        qtbot.keyClick(row.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert row.text.isVisible()


def test_a_comment_can_be_deleted(panel, qtbot):
    with qtbot.waitSignal(panel.deleted) as deleted:
        qtbot.mouseClick(panel.rows[1].delete, Qt.MouseButton.LeftButton)
    assert deleted.args == [LATE.id]


def test_a_refresh_keeps_what_is_being_changed_in_another_comment(panel, qtbot):
    row = panel.rows[1]
    qtbot.mouseClick(row.edit, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(row.field, "Very ")
    panel.show_comments((LATE, replace(EARLY, text="Changed by someone else")))
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert panel.rows[1] is row
    assert row.field.hasFocus()
    assert row.field.toPlainText() == "Very Good & <b>calm</b>"
    assert panel.rows[0].text.text() == "Changed by someone else"


def test_the_field_is_as_tall_as_its_text_up_to_eight_lines(panel, qtbot):
    heights = []
    for lines in (1, 2, 4, 6, 20):
        panel.field.setPlainText("\n".join(["네, 알겠습니다 ok"] * lines))
        QApplication.processEvents()
        heights.append(panel.field.height())
        assert panel.field.verticalScrollBar().isVisible() == (lines == 20)
    line = panel.field.fontMetrics().lineSpacing()
    assert heights == sorted(heights)
    assert heights[1] - heights[0] < 2 * line
    assert heights[-1] <= 10 * line
