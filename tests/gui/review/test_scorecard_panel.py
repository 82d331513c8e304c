import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel

from callreview.config.language import use_language
from callreview.domain.evaluation import Answer, Evidence
from callreview.ui.review.evidence_chip import EvidenceChip
from callreview.ui.review.scorecard_panel import ScorecardPanel
from tests.gui.review.example_evaluation import CARD, COMPLETE, OTHER_CARD, PIECE, evaluation
from tests.gui.review.showing import show_active


@pytest.fixture
def panel(qtbot):
    widget = ScorecardPanel()
    qtbot.addWidget(widget)
    widget.set_scorecards((CARD, OTHER_CARD))
    widget.resize(420, 700)
    show_active(qtbot, widget)
    return widget


@pytest.fixture
def draft(panel):
    panel.show_evaluation(evaluation())
    QApplication.processEvents()
    return panel


def _row(panel, key):
    return panel.form.rows[key]


def _button(widget, name):
    return next(b for b in widget.findChildren(QAbstractButton) if b.accessibleName() == name)


def _checked(panel, key):
    return [b.accessibleName() for b in _row(panel, key).answers.buttons if b.isChecked()]


def _texts(widget):
    return [item.text() for item in widget.findChildren(QLabel) if item.isVisible()]


def _record(signal):
    calls = []
    signal.connect(lambda *args: calls.append(args))
    return calls


def test_a_form_can_be_chosen_and_started(panel, qtbot):
    choice = panel.findChild(QComboBox)
    assert [choice.itemText(n) for n in range(choice.count())] == ["Service · v2", "Sales · v1"]
    chosen = _record(panel.scorecardChosen)
    choice.setFocus()
    qtbot.keyClick(choice, Qt.Key.Key_Down)
    assert chosen == [("sales",)]
    assert "2 questions, normalised score" in _texts(panel)
    with qtbot.waitSignal(panel.startRequested) as start:
        qtbot.mouseClick(panel.start, Qt.MouseButton.LeftButton)
    assert start.args == ["sales"]


def test_a_click_on_an_option_answers_with_its_value(draft, qtbot):
    answered = _record(draft.answered)
    qtbot.mouseClick(_button(_row(draft, "tone"), "Partly"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(_button(_row(draft, "greeting"), "N/A"), Qt.MouseButton.LeftButton)
    assert answered == [("tone", 0.5), ("greeting", None)]


def test_number_keys_answer_the_question_that_has_the_keyboard(draft, qtbot):
    answered = _record(draft.answered)
    draft.form.go_to("tone")
    row = QApplication.focusWidget()
    for key in (Qt.Key.Key_3, Qt.Key.Key_1, Qt.Key.Key_0, Qt.Key.Key_N, Qt.Key.Key_9):
        qtbot.keyClick(row, key)
    assert answered == [("tone", 0.0), ("tone", 1.0), ("tone", None), ("tone", None)]


def test_a_question_without_not_applicable_ignores_its_key(draft, qtbot):
    answered = _record(draft.answered)
    draft.form.go_to("identity")
    qtbot.keyClick(_row(draft, "identity"), Qt.Key.Key_N)
    assert answered == []


def test_up_and_down_walk_through_the_questions(draft, qtbot):
    draft.form.go_to("greeting")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert _row(draft, "identity").hasFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)
    assert _row(draft, "tone").hasFocus()
    assert draft.form.current == "tone"


def test_delete_takes_an_answer_back(panel, qtbot):
    panel.show_evaluation(evaluation(Answer("tone", 1.0)))
    panel.form.go_to("tone")
    with qtbot.waitSignal(panel.answerCleared) as cleared:
        qtbot.keyClick(_row(panel, "tone"), Qt.Key.Key_Delete)
    assert cleared.args == ["tone"]


def test_answers_are_shown_as_they_were_given(panel):
    panel.show_evaluation(evaluation(Answer("greeting", None), Answer("tone", 0.5)))
    assert _checked(panel, "greeting") == ["N/A"]
    assert _checked(panel, "tone") == ["Partly"]
    assert _checked(panel, "identity") == []


def test_a_note_without_an_answer_is_not_an_answer(panel):
    panel.show_evaluation(evaluation(Answer("greeting", None, "to check", answered=False)))
    assert _checked(panel, "greeting") == []
    assert _row(panel, "greeting").note.toPlainText() == "to check"


def test_a_note_is_saved_when_the_keyboard_leaves_it_and_on_ctrl_enter(draft, qtbot):
    notes = _record(draft.noteChanged)
    draft.form.go_to("greeting")
    qtbot.keyClick(_row(draft, "greeting"), Qt.Key.Key_M)
    note = _row(draft, "greeting").note
    qtbot.keyClicks(note, "Warm start")
    qtbot.keyClick(note, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert notes == [("greeting", "Warm start")]
    qtbot.keyClicks(note, "!")
    draft.form.go_to("tone")
    assert notes[1:] == [("greeting", "Warm start!")]


def test_escape_takes_back_what_was_typed_into_a_note(panel, qtbot):
    panel.show_evaluation(evaluation(Answer("greeting", 1.0, "kept")))
    notes = _record(panel.noteChanged)
    note = _row(panel, "greeting").note
    note.setFocus()
    qtbot.keyClicks(note, "xyz")
    qtbot.keyClick(note, Qt.Key.Key_Escape)
    panel.form.go_to("tone")
    assert note.toPlainText() == "kept"
    assert notes == []


def test_a_refresh_keeps_focus_caret_typed_text_and_scroll_place(panel, qtbot):
    panel.resize(420, 300)
    panel.show_evaluation(evaluation(Answer("identity", 1.0, "seen")))
    QApplication.processEvents()
    note = _row(panel, "identity").note
    note.setFocus()
    qtbot.keyClicks(note, "and ")
    place = panel.form.verticalScrollBar().value()
    caret = note.textCursor().position()
    assert caret == 4
    panel.show_evaluation(evaluation(Answer("identity", 1.0, "seen"), Answer("tone", 1.0)))
    QApplication.processEvents()
    assert note.hasFocus()
    assert (note.toPlainText(), note.textCursor().position()) == ("and seen", 4)
    assert panel.form.verticalScrollBar().value() == place
    assert _checked(panel, "tone") == ["Fully"]


def test_the_selection_becomes_evidence_of_the_question(draft, qtbot):
    draft.set_selection(PIECE)
    with qtbot.waitSignal(draft.evidenceAdded) as added:
        qtbot.mouseClick(_row(draft, "tone").add_evidence, Qt.MouseButton.LeftButton)
    assert added.args == ["tone", PIECE]
    draft.form.go_to("greeting")
    with qtbot.waitSignal(draft.evidenceAdded) as added:
        qtbot.keyClick(_row(draft, "greeting"), Qt.Key.Key_E)
    assert added.args == ["greeting", PIECE]


def test_without_a_selection_it_says_how_to_make_one(draft, qtbot):
    with qtbot.assertNotEmitted(draft.evidenceAdded):
        qtbot.mouseClick(_row(draft, "tone").add_evidence, Qt.MouseButton.LeftButton)
    assert "Select words in the transcript" in draft.hint.text()
    draft.set_selection(PIECE)
    assert not draft.hint.isVisible()


def test_evidence_from_the_transcript_goes_to_the_question_worked_on_last(draft, qtbot):
    draft.add_evidence(PIECE)
    assert "Choose the question first" in draft.hint.text()
    draft.form.go_to("identity")
    with qtbot.waitSignal(draft.evidenceAdded) as added:
        draft.add_evidence(PIECE)
    assert added.args == ["identity", PIECE]


def test_a_chip_plays_its_evidence_and_removes_it(panel, qtbot):
    odd = Evidence(40.0, 41.0, "<b>R&D</b> said so")
    panel.show_evaluation(evaluation(Answer("tone", 1.0, "", (PIECE, odd))))
    QApplication.processEvents()
    play = _button(panel, "Play evidence 0:28–0:30: I want my money back.")
    assert play.text().startswith("0:28  “I want my")
    assert _button(panel, "Play evidence 0:40–0:41: <b>R&D</b> said so").text() == (
        "0:40  “<b>R&&D</b> said so”"
    )
    with qtbot.waitSignal(panel.playRequested) as played:
        qtbot.mouseClick(play, Qt.MouseButton.LeftButton)
    assert played.args == [28.0, 30.4]
    with qtbot.waitSignal(panel.evidenceRemoved) as removed:
        qtbot.mouseClick(_button(panel, "Remove evidence 0:28–0:30"), Qt.MouseButton.LeftButton)
    assert removed.args == ["tone", PIECE]
    panel.show_evaluation(evaluation(Answer("tone", 1.0, "", (odd,))))
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert [chip.evidence for chip in panel.findChildren(EvidenceChip)] == [odd]


def test_scores_of_form_and_sections_are_live(panel):
    panel.show_evaluation(evaluation(Answer("greeting", 1.0), Answer("tone", 0.5)))
    texts = _texts(panel)
    assert "75%" in texts
    assert "1 question open" in texts
    panel.show_evaluation(evaluation(*COMPLETE))
    assert "83.3%" in _texts(panel)
    assert "all answered · critical 100%" in _texts(panel)


def test_an_auto_fail_is_announced_with_its_cause_and_the_score_before_it(panel):
    panel.show_evaluation(evaluation(Answer("greeting", 1.0), Answer("identity", 0.0)))
    assert panel.summary.total.text() == "0%"
    assert "50% before the fail" in panel.summary.detail.text()
    assert panel.summary.banner.isVisible()
    assert "The whole form is failed by: Was the identity checked?" in panel.summary.banner.text()
    panel.show_evaluation(evaluation(Answer("greeting", 1.0), Answer("identity", 1.0)))
    assert not panel.summary.banner.isVisible()


def test_finish_leads_to_the_first_open_question_before_it_finishes(panel, qtbot):
    panel.show_evaluation(evaluation(Answer("greeting", 1.0), Answer("identity", 1.0)))
    with qtbot.assertNotEmitted(panel.finishRequested):
        qtbot.mouseClick(panel.finish, Qt.MouseButton.LeftButton)
    assert _row(panel, "tone").hasFocus()
    panel.show_evaluation(evaluation(*COMPLETE))
    assert not panel.hint.isVisible()
    with qtbot.waitSignal(panel.finishRequested):
        qtbot.mouseClick(panel.finish, Qt.MouseButton.LeftButton)


def test_a_final_evaluation_can_be_read_and_reopened_but_not_changed(panel, qtbot):
    answers = (Answer("greeting", 1.0, "seen", (PIECE,)), *COMPLETE[1:])
    panel.show_evaluation(evaluation(*answers, status="final"))
    signals = [
        _record(signal)
        for signal in (panel.answered, panel.answerCleared, panel.evidenceAdded, panel.noteChanged)
    ]
    row = _row(panel, "greeting")
    panel.form.go_to("greeting")
    for key in (Qt.Key.Key_2, Qt.Key.Key_N, Qt.Key.Key_Delete, Qt.Key.Key_E, Qt.Key.Key_M):
        qtbot.keyClick(row, key)
    qtbot.mouseClick(_button(row, "No"), Qt.MouseButton.LeftButton)
    qtbot.keyClicks(row.note, "x")
    assert row.note.toPlainText() == "seen"
    assert not row.add_evidence.isVisible()
    assert not _button(panel, "Remove evidence 0:28–0:30").isVisible()
    assert not panel.finish.isVisible()
    assert signals == [[], [], [], []]
    with qtbot.waitSignal(panel.reopenRequested):
        qtbot.mouseClick(panel.reopen, Qt.MouseButton.LeftButton)


def test_reopened_it_can_be_changed_again(panel, qtbot):
    answers = (Answer("greeting", 1.0, "seen", (PIECE,)), *COMPLETE[1:])
    panel.show_evaluation(evaluation(*answers, status="final"))
    panel.show_evaluation(evaluation(*answers))
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert _button(panel, "Remove evidence 0:28–0:30").isVisible()
    with qtbot.waitSignal(panel.answered):
        qtbot.mouseClick(_button(_row(panel, "greeting"), "No"), Qt.MouseButton.LeftButton)


def test_wording_is_in_the_language_of_the_user(panel):
    use_language("ko")
    try:
        panel.set_scorecards((CARD,))
        panel.show_evaluation(evaluation())
        QApplication.processEvents()
        assert "인사했습니까?" in _texts(panel)
        assert "Was the tone <b>kind</b> & calm?" in _texts(panel)
        names = [b.accessibleName() for b in _row(panel, "greeting").answers.buttons]
        assert names[:2] == ["예", "아니요"]
    finally:
        use_language("en")


def test_help_is_there_when_asked_for(draft, qtbot):
    row = _row(draft, "greeting")
    assert not row.help_text.isVisible()
    qtbot.mouseClick(_button(row, "How to answer"), Qt.MouseButton.LeftButton)
    assert row.help_text.isVisible()
    assert row.help_text.text() == "Name and company."


def test_everything_can_be_reached_and_named_and_is_big_enough(panel):
    panel.show_evaluation(evaluation(Answer("tone", 1.0, "n", (PIECE,))))
    QApplication.processEvents()
    for button in panel.findChildren(QAbstractButton):
        if button.isVisible():
            assert button.accessibleName() or button.text()
            assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
            assert min(button.width(), button.height()) >= 24
    for row in panel.form.rows.values():
        assert row.accessibleName()
        assert row.accessibleDescription()


def test_the_same_form_for_another_evaluation_starts_at_its_top_with_no_question_current(
    panel, qtbot
):
    panel.resize(420, 300)
    panel.show_evaluation(evaluation(Answer("identity", 1.0, "of the first")))
    QApplication.processEvents()
    notes = _record(panel.noteChanged)
    panel.form.go_to("identity")
    panel.show_evaluation(evaluation(Answer("tone", 0.0), number=4))
    assert panel.form.verticalScrollBar().value() == 0
    assert panel.form.current is None
    assert _checked(panel, "identity") == []
    assert _row(panel, "identity").note.toPlainText() == ""
    assert _checked(panel, "tone") == ["Not at all"]
    assert notes == []
