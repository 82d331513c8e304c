"""Two versions of a transcript compared on the screen, and marks that lost their words."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QTextCharFormat

from callreview.domain.anchors import Anchor
from callreview.domain.evaluation import Answer
from callreview.domain.transcript_diff import compare
from callreview.services.marks import LostMark, Marks
from callreview.services.versions import TranscriptVersion
from callreview.ui.review.compared_text import ComparedText
from callreview.ui.review.comparison_view import ComparisonView
from callreview.ui.review.evidence_chip import EvidenceChip
from callreview.ui.review.lost_marks_bar import LostMarksBar
from callreview.ui.review.review_screen import ReviewScreen
from callreview.ui.theme.colours import LIGHT
from tests.gui.review.example_call import SinePeaks, call_view
from tests.gui.review.example_evaluation import PIECE, evaluation
from tests.gui.review.showing import show_active
from tests.unit.spoken_words import one_turn

OLD = one_turn("I bought a coffee machine", "it is <b>broken</b> now", "환불 해 주세요")
NEW = one_turn("well I bought a toffee machine", "it is <b>broken</b> now", "환불해 주세요 네")


def version(number: int, *, active: bool = False, fits: bool = True) -> TranscriptVersion:
    models = {"speech": "whisper-base", "glossary": "4 terms, 0a1b2c3d"}
    made = "2026-03-02T10:00:00+00:00"
    return TranscriptVersion(number, made, models, "en", 2, 6, 13, active, fits)


@pytest.fixture
def view(qtbot) -> ComparisonView:
    widget = ComparisonView()
    qtbot.addWidget(widget)
    widget.resize(700, 500)
    widget.show_versions([version(3, active=True), version(2), version(1, fits=False)])
    widget.show_comparison(compare(OLD, NEW), {"S1": "Maria"})
    show_active(qtbot, widget)
    return widget


def test_gone_and_new_words_have_signs_and_lines_not_colour_alone():
    text = ComparedText.of(compare(OLD, NEW).turns[0])
    assert text.text == "+well I bought a −coffee +toffee machine"
    lines = [
        (text.text[one.start : one.start + one.length], one.format.fontStrikeOut())
        for one in text.formats(LIGHT)
    ]
    assert lines == [("coffee", True), ("well", False), ("toffee", False)]
    single = QTextCharFormat.UnderlineStyle.SingleUnderline
    assert [one.format.underlineStyle() == single for one in text.formats(LIGHT)] == [
        False,
        True,
        True,
    ]


def test_places_count_as_qt_does_beyond_the_basic_plane():
    turn = compare(one_turn("😀😀 old"), one_turn("😀😀 new")).turns[0]
    (place,) = ComparedText.of(turn).places
    assert place.whole == (5, 14)


def test_only_turns_that_differ_are_shown_until_all_are_wanted(view):
    assert view.list.turns.rowCount() == 2
    view.only_differing.setChecked(False)
    assert view.list.turns.rowCount() == 3
    assert "<b>broken</b>" in view.list.turns.texts[1].text


def test_the_counts_leave_out_what_there_is_none_of(view):
    assert view.counts.text() == "11 words the same  ·  1 changed  ·  2 added"


def test_the_keyboard_steps_through_the_differences_and_plays_them(view, qtbot):
    played = []
    view.playRequested.connect(lambda start_s, end_s: played.append((start_s, end_s)))
    view.list.setFocus()
    for key in (Qt.Key.Key_N, Qt.Key.Key_N, Qt.Key.Key_Return):
        qtbot.keyClick(view.list, key)
    toffee = NEW.turns[0].words[4]
    assert played == [(toffee.start_s, toffee.end_s)]
    for key in (Qt.Key.Key_N, Qt.Key.Key_N, Qt.Key.Key_Return):
        qtbot.keyClick(view.list, key)
    assert played[-1][0] == NEW.turns[0].words[0].start_s
    qtbot.keyClick(view.list, Qt.Key.Key_P)
    assert view.list.current is not None
    assert view.list.current[0] == 1


def test_a_click_on_a_difference_plays_it_and_a_click_beside_plays_nothing(view, qtbot):
    played = []
    view.playRequested.connect(lambda start_s, _end_s: played.append(start_s))
    layout = view.list.drawing.layout_of(0)
    corner = QPointF(view.list.visualRect(view.list.turns.index(0, 0)).topLeft())
    origin = corner + view.list.drawing.origin

    def click(unit: int) -> None:
        x, _unit = layout.lineAt(0).cursorToX(unit)
        at = origin + QPointF(x + 2, layout.lineAt(0).height() / 2)
        qtbot.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=at.toPoint())

    text = view.list.turns.texts[0].text
    click(text.index("bought"))
    assert played == []
    click(text.index("toffee") + 1)
    assert played == [NEW.turns[0].words[4].start_s]


def test_a_version_is_chosen_used_and_the_view_left_with_escape(view, qtbot):
    assert view.version == 2
    with qtbot.waitSignal(view.useRequested) as used:
        view.use.click()
    assert used.args == [2]
    with qtbot.waitSignal(view.versionChosen) as chosen:
        view.versions.setCurrentIndex(1)
    assert chosen.args == [1]
    assert not view.use.isVisible()
    with qtbot.waitSignal(view.closed):
        qtbot.keyClick(view.list, Qt.Key.Key_Escape)


def test_the_version_that_is_compared_stays_chosen_when_others_come(view):
    view.versions.setCurrentIndex(1)
    view.show_versions([version(4, active=True), version(3), version(2), version(1)])
    assert view.version == 1


def test_a_difference_is_read_aloud_with_speaker_and_time(view):
    index = view.list.turns.index(0, 0)
    read = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert read == "Maria, 0:01: +well I bought a −coffee +toffee machine"


LOST = LostMark("evidence", "Was it <b>polite</b>?", "I want my <i>money</i>", 28.0, 30.0)


def test_lost_marks_are_said_listed_and_each_plays(qtbot):
    bar = LostMarksBar()
    qtbot.addWidget(bar)
    bar.show_marks([LOST])
    show_active(qtbot, bar)
    assert bar.text.text().startswith("The words of 1 mark are not")
    bar.show_list.click()
    assert "<i>money</i>" in bar.list.item(0).text()
    bar.list.setFocus()
    with qtbot.waitSignal(bar.playRequested) as played:
        qtbot.keyClick(bar.list, Qt.Key.Key_Return)
    assert played.args == [28.0, 30.0]
    bar.show_marks([])
    assert bar.isHidden()


def test_evidence_plays_where_its_words_stand_now(qtbot):
    chip = EvidenceChip(PIECE, Anchor(31.0, 33.0, (3, 3), PIECE.quote))
    qtbot.addWidget(chip)
    with qtbot.waitSignal(chip.playRequested) as played:
        chip.findChild(type(chip._play)).click()
    assert played.args == [31.0, 33.0]


def test_evidence_without_its_words_says_so_and_plays_by_its_time(qtbot):
    chip = EvidenceChip(PIECE, None)
    qtbot.addWidget(chip)
    assert "not in this version" in chip._play.accessibleName()
    assert "not in this version" in chip._play.toolTip()
    with qtbot.waitSignal(chip.playRequested) as played:
        chip._play.click()
    assert played.args == [PIECE.start_s, PIECE.end_s]


@pytest.fixture
def screen(qtbot) -> ReviewScreen:
    widget = ReviewScreen()
    qtbot.addWidget(widget)
    widget.resize(1200, 800)
    scored = evaluation(Answer("greeting", 1.0, "", (PIECE,)))
    view = replace(call_view(), evaluations=(scored,), scorecards=(scored.scorecard,))
    widget.show_call(replace(view, marks=Marks({PIECE: None}, (LOST,))), SinePeaks())
    show_active(qtbot, widget)
    return widget


def test_an_opened_call_with_lost_marks_says_so_until_a_version_has_them(screen):
    assert screen.lost_marks.isVisible()
    chip = screen.findChild(EvidenceChip)
    assert chip.lost
    scored = evaluation(Answer("greeting", 1.0, "", (PIECE,)))
    found = Marks({PIECE: Anchor(28.0, 30.4, (3, 3), PIECE.quote)})
    view = replace(call_view(), evaluations=(scored,), scorecards=(scored.scorecard,))
    screen.show_call(replace(view, marks=found))
    assert not screen.lost_marks.isVisible()
    assert not screen.scorecard.form.rows["greeting"]._all_chips()[0].lost


def test_the_comparison_stays_open_while_the_call_changes_and_closes_with_the_call(screen):
    screen.open_comparison()
    screen.show_call(call_view())
    assert screen.comparing
    other = call_view()
    screen.show_call(replace(other, summary=replace(other.summary, id=8)), SinePeaks())
    assert not screen.comparing
