"""What is unsure shows in words and shapes, and who speaks can be said by mouse and by key."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu

from callreview.domain.evaluation import Answer
from callreview.domain.transcript import Speaker
from callreview.ui.review.call_header import CallHeader
from callreview.ui.review.certainty import LOW_CONFIDENCE
from callreview.ui.review.metrics_panel import MetricsPanel
from callreview.ui.review.scorecard_panel import ScorecardPanel
from tests.gui.review.example_call import METRICS, TRANSCRIPT, TURNS, call_view, unprocessed_view
from tests.gui.review.example_evaluation import CARD, evaluation
from tests.gui.review.showing import show_active, shown_transcript

AGENT, CUSTOMER = "channel-0", "channel-1"


def unsure_view(*, alone: bool = False):
    """The example call as if heard on one channel: speakers by voice, words and turns in doubt."""
    doubted = replace(TURNS[1].words[2], confidence=LOW_CONFIDENCE - 0.1)
    words = (*TURNS[1].words[:2], doubted, *TURNS[1].words[3:])
    turns = (
        replace(TURNS[0], overlap_s=0.8),
        replace(TURNS[1], words=words, speaker_confidence=0.55),
        replace(TURNS[2], overlap_s=0.1),
        *TURNS[3:],
    )
    speakers = (Speaker(CUSTOMER, "customer", None, 0.6), Speaker(AGENT, "agent", None, 0.6))
    transcript = replace(
        TRANSCRIPT,
        speakers=speakers[:1] if alone else speakers,
        turns=turns,
        dropped={"loop": 12, "bleed": 1},
        voices_alike=True,
    )
    return replace(call_view(), transcript=transcript, metrics=replace(METRICS, estimated=True))


@pytest.fixture
def transcript(qtbot):
    return shown_transcript(qtbot, unsure_view())


@pytest.fixture
def header(qtbot):
    widget = CallHeader()
    qtbot.addWidget(widget)
    return widget


def aloud(view, row):
    model = view.turns.transcript_model
    return model.data(model.index(row), Qt.ItemDataRole.AccessibleTextRole)


def open_menu(view):
    # The other menus have closed, but not all of them are deleted yet.
    return next(menu for menu in view.turns.findChildren(QMenu) if menu.isVisible())


def test_a_screen_reader_hears_what_is_unsure(transcript):
    assert "speaker estimated, overlaps: Thank" in aloud(transcript, 0)
    assert "speaker estimated, speaker unsure, 1 unsure word: This" in aloud(transcript, 1)
    assert "speaker estimated: I am" in aloud(transcript, 2)
    transcript.refresh(call_view())
    assert "estimated" not in aloud(transcript, 0)


def test_an_unsure_word_says_how_it_was_heard(transcript):
    turns = transcript.turns
    assert turns.tip_text(turns.word_point(1, 2)) == "Unsure: heard with a confidence of 40%"
    assert turns.tip_text(turns.word_point(1, 1)) == ""


def test_the_marks_are_drawn_beside_the_name(transcript):
    with_marks = transcript.turns.viewport().grab().toImage()
    sure = replace(unsure_view(), transcript=replace(unsure_view().transcript, turns=TURNS))
    transcript.refresh(sure)
    QApplication.processEvents()
    assert transcript.turns.viewport().grab().toImage() != with_marks


def test_r_on_a_turn_says_who_speaks(transcript, qtbot):
    turns = transcript.turns
    turns.setFocus()
    turns.setCurrentIndex(turns.transcript_model.index(1))
    qtbot.keyClick(turns, Qt.Key.Key_R)
    menu = open_menu(transcript)
    ticked = [action.text() for action in menu.actions() if action.isChecked()]
    assert ticked == ["the &customer"]
    with qtbot.waitSignal(transcript.roleChosen) as chosen:
        qtbot.keyClick(menu, Qt.Key.Key_S)
    assert chosen.args == [CUSTOMER, "supervisor"]


def test_the_menu_of_a_turn_says_who_speaks(transcript, qtbot):
    turns = transcript.turns
    at = turns.word_point(0, 1).toPoint()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, turns.mapToGlobal(QPoint(at)))
    QApplication.sendEvent(turns.viewport(), event)
    menu = open_menu(transcript)
    choices = next(a.menu() for a in menu.actions() if a.menu())
    customer = next(a for a in choices.actions() if a.text() == "the &customer")
    with qtbot.waitSignal(transcript.roleChosen) as chosen:
        customer.trigger()
    assert chosen.args == [AGENT, "customer"]
    menu.close()


def test_the_header_tells_doubts_about_who_speaks_and_nothing_when_there_are_none(header):
    header.show_call(unsure_view())
    assert header.notice.text().splitlines() == [
        "Not sure who is the agent: Ctrl+Shift+W swaps.",
        "~ Speakers were told apart by voice (estimated).",
        "The voices are alike: check who says what.",
    ]
    assert not header.notice.isHidden()
    for view in (call_view(), unprocessed_view()):
        header.show_call(view)
        assert header.notice.isHidden()


def test_one_assigned_role_ends_the_doubt(header):
    view = unsure_view()
    sure = (view.transcript.speakers[0], replace(view.transcript.speakers[1], confidence=1.0))
    header.show_call(replace(view, transcript=replace(view.transcript, speakers=sure)))
    assert "Not sure" not in header.notice.text()


def test_a_single_voice_without_a_role_asks_who_it_is(header):
    view = unsure_view(alone=True)
    nobody = (Speaker(CUSTOMER, "unknown", None, 0.0),)
    header.show_call(replace(view, transcript=replace(view.transcript, speakers=nobody)))
    assert header.notice.text().startswith("Nobody is known to be the agent")
    assert "told apart" not in header.notice.text()


def test_the_facts_name_estimates_and_what_was_left_out(qtbot):
    panel = MetricsPanel()
    qtbot.addWidget(panel)
    panel.show_call(unsure_view())
    texts = [item.text() for item in panel.findChildren(QLabel)]
    assert "~ Talk" in texts
    assert "~ Estimated: the speakers were recorded on one channel." in texts
    assert "12 words repeated by the recogniser" in texts
    assert "1 word heard over from another channel" in texts
    panel.show_call(call_view())
    assert "Left out" not in [item.text() for item in panel.findChildren(QLabel)]


def test_an_evaluation_made_before_roles_changed_asks_to_be_checked(qtbot):
    panel = ScorecardPanel()
    qtbot.addWidget(panel)
    panel.set_scorecards((CARD,))
    show_active(qtbot, panel)
    panel.show_evaluation(evaluation(Answer("greeting", 1.0)))
    assert panel.roles_notice.isHidden()
    panel.show_evaluation(replace(evaluation(Answer("greeting", 1.0)), roles_changed=True))
    assert panel.roles_notice.isVisible()
    panel.roles_notice.button.setFocus()
    with qtbot.waitSignal(panel.checkRequested):
        qtbot.keyClick(panel.roles_notice.button, Qt.Key.Key_Space)
