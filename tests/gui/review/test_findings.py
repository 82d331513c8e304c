"""The Findings panel, the ribbon over the waveform, and what a finding does when it is chosen."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication

from callreview.domain.finding import Finding, FindingKind
from callreview.domain.transcript import Hit
from callreview.domain.usual_range import UsualRange
from callreview.services.finding_words import describe
from callreview.services.opened_call import sentiment_curves
from callreview.ui.review.call_view import CallView
from callreview.ui.review.finding_lines import Heading, Line, rows_of
from callreview.ui.review.review_screen import LEAD_S, TAIL_S, ReviewScreen
from callreview.ui.review.ribbon import pin_centre
from callreview.ui.review.spoken_index import Spoken
from callreview.ui.review.waveform import GUTTER
from tests.gui.review.example_call import (
    DURATION_S,
    TRANSCRIPT,
    TURNS,
    SinePeaks,
    call_view,
    unprocessed_view,
)
from tests.gui.review.showing import show_active


def finding(kind: FindingKind, label: str, row: int, **changes: object) -> Finding:
    """A finding over the first three words of a turn."""
    words = TURNS[row].words
    found = Finding(kind, label, words[0].start_s, words[2].end_s, TURNS[row].role, 0.9, row, 0, 2)
    return replace(found, **changes)


FALL = finding("moment", "fall", 1, details={"from": "0.5", "to": "-2.0"})
FINDINGS = (
    FALL,
    finding("contact_reason", "Delivery", 1, confidence=0.55),
    finding("question", "", 2, details={"what": "What is it?", "answered": "yes"}),
    finding("promise", "refund", 4, details={"what": "I can refund it", "when": "today"}),
    finding("question", "", 4, details={"what": "And <b>when</b>?", "answered": "no"}),
)


def view(*findings: Finding) -> CallView:
    texts = tuple(map(describe, findings))
    curves = sentiment_curves(TURNS, DURATION_S)
    return replace(call_view(), findings=findings, finding_texts=texts, curves=curves)


@pytest.fixture
def screen(qtbot):
    widget = ReviewScreen()
    qtbot.addWidget(widget)
    widget.resize(1200, 900)
    show_active(qtbot, widget)
    widget.show_call(view(*FINDINGS), SinePeaks())
    widget.open_findings()
    QApplication.processEvents()
    return widget


def titles(screen: ReviewScreen) -> list[str]:
    return [row.title for row in screen.findings.list.rows if isinstance(row, Heading)]


def current(screen: ReviewScreen) -> Line:
    return screen.findings.list.rows[screen.findings.list.currentIndex().row()]


def test_findings_stand_in_groups_with_how_many_there_are(screen):
    assert titles(screen) == [
        "Moments worth hearing",
        "What the call is about",
        "Promises and follow-ups",
        "Questions",
        "Talk",
    ]
    assert screen.tabs.tabText(screen.tabs.indexOf(screen.findings)) == "Findings 5"


def test_questions_that_nobody_answered_stand_first(screen):
    rows = screen.findings.list.rows
    place = rows.index(Heading("Questions", 2))
    assert "not answered: “And <b>when</b>?”" in rows[place + 1].text
    assert "answered: “What is it?”" in rows[place + 2].text


def test_what_is_unsure_says_so_and_what_is_sure_does_not(screen):
    notes = {row.text: row.note for row in screen.findings.list.rows if isinstance(row, Line)}
    assert notes["Called about: Delivery"] == "unsure: 55%"
    assert [note for text, note in notes.items() if "promised" in text] == [""]


def test_arrows_pass_over_headings_and_enter_plays_the_moment(screen, qtbot):
    lines = screen.findings.list
    assert lines.hasFocus()
    assert current(screen).turn == 1
    qtbot.keyClick(lines, Qt.Key.Key_Down)
    assert current(screen).text == "Called about: Delivery"
    qtbot.keyClick(lines, Qt.Key.Key_Down)
    assert "promised" in current(screen).text
    with qtbot.waitSignal(screen.playRequested) as played:
        qtbot.keyClick(lines, Qt.Key.Key_Return)
    words = TURNS[4].words
    assert played.args == [words[0].start_s - LEAD_S, words[2].end_s + TAIL_S]
    assert lines.hasFocus()


def test_the_words_of_a_chosen_finding_are_selected_everywhere(screen, qtbot):
    qtbot.keyClick(screen.findings.list, Qt.Key.Key_Return)
    marks = screen.transcript.turns._delegate.highlights
    assert marks.selection == (Spoken(1, 0), Spoken(1, 2))
    assert screen.transcript.turns.currentIndex().row() == 1
    assert screen.waveform.selection.start_s == TURNS[1].start_s
    assert screen.transcript.selection().quote == "This is the"


def test_a_click_on_a_line_plays_it(screen, qtbot):
    lines = screen.findings.list
    middle = lines.visualRect(lines.model().index(1, 0)).center()
    with qtbot.waitSignal(screen.playRequested):
        qtbot.mouseClick(lines.viewport(), Qt.MouseButton.LeftButton, pos=middle)


def test_space_in_the_findings_plays_and_pauses(screen, qtbot):
    with qtbot.waitSignal(screen.transport.playPauseRequested):
        qtbot.keyClick(screen.findings.list, Qt.Key.Key_Space)


def test_the_current_line_stays_when_the_call_is_read_again(screen, qtbot):
    qtbot.keyClick(screen.findings.list, Qt.Key.Key_Down)
    chosen = current(screen)
    first = finding("moment", "recovery", 0, details={"from": "-1", "to": "2"})
    screen.show_call(view(first, *FINDINGS))
    assert current(screen) == chosen


def test_metrics_say_how_they_compare_the_unusual_ones_first(screen):
    usual = {
        "dead_air.total_s": UsualRange(0.0, 1.0, 3.0, 20),
        "talk_share.agent": UsualRange(0.4, 0.5, 0.6, 20),
    }
    screen.findings.show_usual(usual)
    rows = screen.findings.list.rows
    place = next(
        i for i, row in enumerate(rows) if isinstance(row, Heading) and "Talk" in row.title
    )
    assert rows[place].title == "Talk, against what is usual"
    assert rows[place + 1].text == "Dead air 5.0 s"
    assert rows[place + 1].note == "▲ more than usual (0.0 s to 3.0 s)"
    assert (rows[place + 1].start_s, rows[place + 1].end_s) == (23.0, 28.0)
    notes = {row.text: row.note for row in rows[place + 1 :]}
    assert notes["Agent's talk share 60%"] == "usual (40% to 60%)"
    screen.findings.show_usual({})
    assert titles(screen)[-1] == "Talk: not enough calls to say what is usual"


def test_every_line_about_something_that_happened_can_be_heard():
    rows = rows_of(view(*FINDINGS), None)
    silent = [row.text for row in rows if isinstance(row, Line) and not row.playable]
    assert silent == [
        "Overtalk: 0",
        "Interruptions by the customer: 0",
        "Questions by the agent: 1",
    ]


def test_a_call_without_findings_says_so(screen):
    screen.show_call(view())
    assert screen.findings.list.rows[0].text == "Nothing was found in this call."
    assert not screen.findings.list.rows[0].playable


def test_before_a_call_is_processed_the_panel_says_when_findings_appear(screen):
    screen.show_call(unprocessed_view(), SinePeaks())
    assert screen.findings.empty.isVisible()


def test_a_screen_reader_hears_time_words_and_doubt(screen):
    model = screen.findings.list.model()
    texts = [
        model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
        for row in range(model.rowCount())
    ]
    assert texts[0] == "Moments worth hearing, 1"
    assert "0:10, Called about: Delivery, unsure: 55%" in texts


def test_a_finding_of_a_turn_that_is_gone_is_played_all_the_same(screen, qtbot):
    lost = finding("complaint", "explicit", 1, turn=99)
    screen.show_call(view(lost))
    with qtbot.waitSignal(screen.playRequested):
        qtbot.keyClick(screen.findings.list, Qt.Key.Key_Return)


def test_three_hundred_findings_are_all_there(screen, qtbot):
    many = tuple(
        replace(FINDINGS[3], start_s=n / 10, end_s=n / 10 + 1, details={"what": "word " * (n % 40)})
        for n in range(300)
    )
    screen.show_call(view(*many))
    lines = screen.findings.list
    qtbot.keyClick(lines, Qt.Key.Key_End)
    last = lines.model().index(len(lines.rows) - 1, 0)
    qtbot.waitUntil(lambda: lines.visualRect(last).bottom() <= lines.viewport().height())
    assert lines.currentIndex() == last


# The ribbon -----------------------------------------------------------------------------------


def pin(screen: ReviewScreen) -> QPointF:
    wave = screen.waveform
    return pin_centre(wave.axis, wave._tiles.marks.ribbon_top, FALL) + QPointF(GUTTER, 0)


def test_a_click_on_a_moment_of_the_ribbon_plays_it_and_finds_its_line(screen, qtbot):
    screen.tabs.setCurrentWidget(screen.scorecard)
    with qtbot.waitSignal(screen.playRequested) as played:
        qtbot.mouseClick(
            screen.waveform.viewport(), Qt.MouseButton.LeftButton, pos=pin(screen).toPoint()
        )
    assert played.args[0] == FALL.start_s - LEAD_S
    assert screen.tabs.currentWidget() is screen.findings
    assert current(screen).turn == 1


def test_the_pointer_over_a_moment_tells_it(screen):
    assert screen.waveform.marks_at(pin(screen)).startswith("The customer's mood falls here")


def test_a_click_beside_the_moments_still_seeks(screen, qtbot):
    beside = (pin(screen) + QPointF(60, 0)).toPoint()
    with qtbot.waitSignal(screen.seekRequested):
        qtbot.mouseClick(screen.waveform.viewport(), Qt.MouseButton.LeftButton, pos=beside)


def test_the_ribbon_takes_room_only_when_there_is_a_course(screen):
    with_ribbon = screen.waveform._tiles.boxes[0].top
    screen.show_call(replace(view(), curves={}))
    assert screen.waveform._tiles.boxes[0].top < with_ribbon


def test_the_curve_is_drawn_above_the_line_where_the_customer_is_glad(screen):
    picture = screen.waveform.grab().toImage()
    glad = {role: tuple(abs(v) + 2 for v in values) for role, values in view().curves.items()}
    screen.show_call(replace(view(*FINDINGS), curves=glad))
    QApplication.processEvents()
    assert screen.waveform.grab().toImage() != picture


# Hits -----------------------------------------------------------------------------------------


def test_hits_name_their_list_by_its_title_and_near_ones_say_so(screen):
    near = replace(TURNS[3], hits=tuple(replace(hit, near=True) for hit in TURNS[3].hits))
    turns = (*TURNS[:3], near, *TURNS[4:])
    changed = replace(
        view(),
        transcript=replace(TRANSCRIPT, turns=turns),
        list_titles={"Refunds": "Money <back>"},
    )
    screen.show_call(changed)
    QApplication.processEvents()
    words = screen.transcript.turns
    words.scrollTo(words.transcript_model.index(3))
    tip = words.tip_text(words.word_point(3, 3))
    assert tip == "Money <back>: money back (heard as something like it)"
    aloud = words.transcript_model.index(3).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "mentions Money <back>" in aloud


def test_near_hits_have_another_line_than_exact_ones(screen):
    layout = screen.transcript.turns._delegate
    exact = Hit("Refunds", "I", 28.0, 28.4, 0, 1)
    turn = replace(TURNS[3], hits=(exact, replace(TURNS[3].hits[0], near=True)))
    turns = (*TURNS[:3], turn, *TURNS[4:])
    screen.show_call(replace(view(), transcript=replace(TRANSCRIPT, turns=turns)))
    formats = layout.layout_of(3).layout.formats()
    assert len({one.format.underlineStyle() for one in formats}) == 2
