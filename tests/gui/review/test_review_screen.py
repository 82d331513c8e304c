from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from callreview.domain.annotation import Comment
from callreview.domain.evaluation import Answer, Evidence
from callreview.ui.review.review_screen import ReviewScreen
from callreview.ui.review.spoken_index import Spoken
from tests.gui.review.example_call import (
    DURATION_S,
    TURNS,
    SinePeaks,
    call_view,
    unprocessed_view,
)
from tests.gui.review.example_evaluation import CARD, OTHER_CARD, evaluation
from tests.gui.review.showing import show_active


def _view(**changes):
    return replace(
        call_view(), scorecards=(CARD, OTHER_CARD), evaluations=(evaluation(),), **changes
    )


@pytest.fixture
def screen(qtbot):
    widget = ReviewScreen()
    qtbot.addWidget(widget)
    widget.resize(1200, 800)
    show_active(qtbot, widget)
    return widget


@pytest.fixture
def opened(screen):
    screen.show_call(_view(), SinePeaks())
    QApplication.processEvents()
    return screen


def _select_words(qtbot, screen, row, first, last):
    turns = screen.transcript.turns
    area = turns.viewport()
    start, end = (turns.word_point(row, word).toPoint() for word in (first, last))
    qtbot.mousePress(area, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(area, (start + end) / 2)
    qtbot.mouseMove(area, end)
    qtbot.mouseRelease(area, Qt.MouseButton.LeftButton, pos=end)


def test_without_a_call_it_says_what_to_do(screen):
    assert screen.no_call.isVisible()
    assert screen.no_call.heading.text() == "Choose a call on the left"
    assert screen.call_id is None


def test_a_call_is_shown_with_its_people_and_circumstances(opened):
    assert opened.call_id == 7
    assert opened.header.agent.whole_text == "Maria Lopez"
    assert opened.header.customer.whole_text == "Kim Seo-yeon"
    details = opened.header.details.whole_text
    for part in ("NW-0417", "2026-03-02 09:41", "1:00", "Inbound", "Deliveries", "Refunded"):
        assert part in details
    assert opened.tabs.tabText(opened.tabs.indexOf(opened.comments)) == "Comments 1"


def test_a_call_that_is_not_transcribed_can_be_heard_and_asks_to_be_processed(screen, qtbot):
    screen.show_call(unprocessed_view(), SinePeaks())
    assert screen.not_processed.isVisible()
    assert screen.waveform.isVisible()
    with qtbot.waitSignal(screen.processRequested) as process:
        qtbot.mouseClick(screen.not_processed.button, Qt.MouseButton.LeftButton)
    assert process.args == [7]


def test_while_it_is_processed_it_cannot_be_asked_for_again(screen):
    view = unprocessed_view()
    screen.show_call(replace(view, summary=replace(view.summary, status="processing")))
    assert not screen.not_processed.button.isEnabled()


def test_when_processing_is_done_the_words_appear(screen):
    screen.show_call(unprocessed_view(), SinePeaks())
    screen.show_call(call_view())
    assert screen.transcript.isVisible()
    assert screen.transport.gains() == (1.0, 1.0)
    assert [lane.name for lane in screen.waveform.lanes] == ["Maria Lopez", "Kim Seo-yeon"]


def test_one_position_moves_everything(opened):
    opened.set_position(TURNS[3].words[3].start_s + 0.1)
    assert opened.transport.time_text == "0:29 / 1:00"
    assert opened.transcript.turns.spoken == Spoken(3, 3)
    assert opened.waveform.position_s == pytest.approx(29.6)
    assert opened.comments.where.text() == "At 0:29"


def test_words_that_are_selected_are_selected_in_the_waveform_and_become_evidence(opened, qtbot):
    _select_words(qtbot, opened, 3, 2, 4)
    words = TURNS[3].words
    assert opened.waveform.selection.start_s == words[2].start_s
    opened.scorecard.form.go_to("tone")
    with qtbot.waitSignal(opened.scorecard.evidenceAdded) as added:
        qtbot.keyClick(opened.scorecard.form.rows["tone"], Qt.Key.Key_E)
    assert added.args == [
        "tone",
        Evidence(words[2].start_s, words[4].end_s, "my money back."),
    ]


def test_a_stretch_of_the_waveform_is_quoted_and_becomes_the_place_of_a_comment(opened, qtbot):
    wave = opened.waveform
    wave.set_position(28.9)
    wave.setFocus()
    for _ in range(2):
        qtbot.keyClick(wave, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert opened.comments.where.text() == "At 0:28–0:30"
    opened.scorecard.form.go_to("tone")
    with qtbot.waitSignal(opened.scorecard.evidenceAdded) as added:
        qtbot.keyClick(opened.scorecard.form.rows["tone"], Qt.Key.Key_E)
    assert added.args[1].quote == "my money back."


def test_dropping_the_selection_drops_it_everywhere(opened, qtbot):
    _select_words(qtbot, opened, 3, 2, 4)
    opened.waveform.setFocus()
    qtbot.keyClick(opened.waveform, Qt.Key.Key_Escape)
    assert opened.waveform.selection is None
    assert opened.transcript.selection() is None
    opened.scorecard.form.go_to("tone")
    with qtbot.assertNotEmitted(opened.scorecard.evidenceAdded):
        qtbot.keyClick(opened.scorecard.form.rows["tone"], Qt.Key.Key_E)


@pytest.mark.parametrize("part", ["waveform", "transcript", "question", "tabs"])
def test_space_plays_from_everywhere_that_does_not_need_it_itself(opened, qtbot, part):
    widget = {
        "waveform": opened.waveform,
        "transcript": opened.transcript.turns,
        "question": opened.scorecard.form.rows["tone"],
        "tabs": opened.tabs.tabBar(),
    }[part]
    widget.setFocus()
    with qtbot.waitSignal(opened.transport.playPauseRequested):
        qtbot.keyClick(widget, Qt.Key.Key_Space)


def test_in_a_text_field_space_is_a_space(opened, qtbot):
    opened.tabs.setCurrentWidget(opened.comments)
    opened.comments.field.setFocus()
    with qtbot.assertNotEmitted(opened.transport.playPauseRequested):
        qtbot.keyClicks(opened.comments.field, "a b j l")
    assert opened.comments.field.toPlainText() == "a b j l"


def test_j_and_l_jump_from_the_transcript(opened, qtbot):
    opened.transcript.turns.setFocus()
    skips = []
    opened.transport.skipRequested.connect(skips.append)
    qtbot.keyClick(opened.transcript.turns, Qt.Key.Key_J)
    qtbot.keyClick(opened.transcript.turns, Qt.Key.Key_Right)
    assert skips == [-5.0, 5.0]


def test_find_opens_from_the_waveform_too(opened, qtbot):
    opened.waveform.setFocus()
    qtbot.keyClick(opened.waveform, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert opened.transcript.find_bar.isVisible()


def test_another_form_shows_its_own_evaluation_or_the_way_to_start_one(opened):
    assert opened.scorecard.evaluation is not None
    opened.show_evaluation("sales")
    assert opened.scorecard.evaluation is None
    assert opened.scorecard.start.isVisible()
    other = evaluation(card=OTHER_CARD, number=4)
    opened.show_call(replace(_view(), evaluations=(evaluation(), other)))
    assert opened.scorecard.evaluation == other


def test_a_change_of_the_same_call_leaves_the_reviewer_where_they_were(opened, qtbot):
    opened.set_position(20.0)
    opened.waveform.zoom(4.0)
    axis = opened.waveform.axis
    _select_words(qtbot, opened, 3, 2, 4)
    note = opened.scorecard.form.rows["tone"].note
    opened.scorecard.form.rows["tone"].open_note()
    qtbot.keyClicks(note, "half a tho")
    more = (*call_view().comments, Comment(2, 7, 5.0, 5.0, "New", "Jun", ""))
    opened.show_call(_view(comments=more))
    assert note.hasFocus()
    assert note.toPlainText() == "half a tho"
    assert opened.waveform.axis == axis
    assert opened.waveform.position_s == 20.0
    assert opened.transcript.selection().quote == "my money back."
    assert len(opened.comments.rows) == 2


def test_another_call_starts_afresh(opened, qtbot):
    opened.set_position(20.0)
    _select_words(qtbot, opened, 3, 2, 4)
    qtbot.keyClicks(opened.comments.field, "for the first call")
    view = _view()
    opened.show_call(replace(view, summary=replace(view.summary, id=8)), SinePeaks())
    assert opened.waveform.position_s == 0.0
    assert opened.waveform.selection is None
    assert opened.transcript.selection() is None
    assert opened.comments.field.toPlainText() == ""


def test_a_turn_is_offered_as_evidence_to_the_question_worked_on(opened, qtbot):
    opened.scorecard.form.go_to("tone")
    opened.tabs.setCurrentWidget(opened.facts)
    piece = Evidence(TURNS[3].start_s, TURNS[3].end_s, TURNS[3].text)
    with qtbot.waitSignal(opened.scorecard.evidenceAdded) as added:
        opened.transcript.evidenceRequested.emit(piece)
    assert added.args == ["tone", piece]
    assert opened.tabs.currentWidget() is opened.scorecard


def test_a_comment_on_a_turn_can_be_written_at_once(opened, qtbot):
    opened.transcript.commentRequested.emit(28.0, 30.4)
    qtbot.keyClicks(QApplication.focusWidget(), "Here")
    with qtbot.waitSignal(opened.comments.added) as added:
        qtbot.keyClick(
            QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
        )
    assert added.args == [28.0, 30.4, "Here"]


def test_a_click_in_the_words_asks_to_play_from_there(opened, qtbot):
    turns = opened.transcript.turns
    with qtbot.waitSignal(opened.playFromRequested) as play:
        qtbot.mouseClick(
            turns.viewport(), Qt.MouseButton.LeftButton, pos=turns.word_point(3, 3).toPoint()
        )
    assert play.args == [TURNS[3].words[3].start_s]


def test_the_tab_key_reaches_sound_words_and_judgement(opened, qtbot):
    opened.waveform.setFocus()
    reached = set()
    for _ in range(40):
        now = QApplication.focusWidget()
        for name in ("waveform", "transport", "transcript", "scorecard", "tabs"):
            part = getattr(opened, name)
            if now is part or part.isAncestorOf(now):
                reached.add(name)
        qtbot.keyClick(now, Qt.Key.Key_Tab)
    assert reached == {"waveform", "transport", "transcript", "scorecard", "tabs"}


def test_a_sound_problem_is_shown_where_the_sound_is(opened):
    opened.set_problem("No sound device was found.")
    assert opened.transport.problem == "No sound device was found."
    assert opened.waveform.axis.duration_s == DURATION_S


def test_closing_the_call_shows_the_empty_state_again(opened):
    opened.show_call(None)
    assert opened.no_call.isVisible()


def test_an_answer_shows_at_once_when_the_call_is_refreshed(opened):
    opened.show_call(replace(_view(), evaluations=(evaluation(Answer("greeting", 1.0)),)))
    assert opened.scorecard.summary.total.text() == "100%"


def test_a_note_that_is_being_typed_goes_to_its_own_call_when_another_is_opened(opened, qtbot):
    notes = []
    opened.scorecard.noteChanged.connect(
        lambda key, text: notes.append((opened.call_id, opened.scorecard.evaluation.id, key, text))
    )
    opened.scorecard.form.rows["tone"].open_note()
    qtbot.keyClicks(opened.scorecard.form.rows["tone"].note, "too fast")
    view = _view()
    other = replace(view, summary=replace(view.summary, id=8), evaluations=(evaluation(number=9),))
    opened.show_call(other, SinePeaks())
    QApplication.processEvents()
    assert notes == [(7, 3, "tone", "too fast")]


def test_a_comment_that_was_begun_waits_in_its_call(opened, qtbot):
    opened.set_position(12.0)
    qtbot.keyClicks(opened.comments.field, "half a comm")
    view = _view()
    opened.show_call(replace(view, summary=replace(view.summary, id=8)), SinePeaks())
    assert opened.comments.field.toPlainText() == ""
    opened.show_call(view, SinePeaks())
    assert opened.comments.field.toPlainText() == "half a comm"
    assert opened.comments.where.text() == "At 0:12"
