import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QApplication, QMenu

from callreview.domain.evaluation import Evidence
from callreview.domain.transcript import Turn, Word
from callreview.ui.review.spoken_index import Spoken
from callreview.ui.review.transcript_view import TranscriptView
from callreview.ui.review.turn_layout import word_spans
from tests.gui.review.example_call import TURNS, call_view, turn, words_from
from tests.gui.review.showing import show_active, shown_transcript


@pytest.fixture
def transcript(qtbot):
    return shown_transcript(qtbot, call_view())


@pytest.fixture
def long_transcript(qtbot):
    view = TranscriptView()
    qtbot.addWidget(view)
    view.resize(640, 400)
    show_active(qtbot, view)
    turns = tuple(turn("agent", f"This is turn number {n} of many.", 4.0 * n) for n in range(300))
    view.turns.show_turns(turns, {"channel-0": "Maria"})
    QApplication.processEvents()
    return view


def _point(view, row, word):
    return view.turns.word_point(row, word).toPoint()


def _click(qtbot, view, point):
    qtbot.mouseClick(view.turns.viewport(), Qt.MouseButton.LeftButton, pos=point)


def _drag(qtbot, view, start, end):
    area = view.turns.viewport()
    qtbot.mousePress(area, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(area, (start + end) / 2)
    qtbot.mouseMove(area, end)
    qtbot.mouseRelease(area, Qt.MouseButton.LeftButton, pos=end)


def test_a_click_on_a_word_asks_to_hear_that_word(transcript, qtbot):
    for row, word in ((0, 3), (1, 7), (5, 1)):
        with qtbot.waitSignal(transcript.wordClicked) as clicked:
            _click(qtbot, transcript, _point(transcript, row, word))
        assert clicked.args == [TURNS[row].words[word].start_s]


def test_a_click_on_the_time_asks_to_hear_the_turn(transcript, qtbot):
    place = QPoint(30, _point(transcript, 2, 0).y())
    with qtbot.waitSignal(transcript.turnClicked) as clicked:
        _click(qtbot, transcript, place)
    assert clicked.args == [TURNS[2].start_s]


def test_a_double_click_is_one_click(transcript, qtbot):
    clicks = []
    transcript.wordClicked.connect(clicks.append)
    area, place = transcript.turns.viewport(), _point(transcript, 0, 1)
    qtbot.mouseClick(area, Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(area, Qt.MouseButton.LeftButton, pos=place)
    assert len(clicks) == 1


def test_dragging_over_words_selects_them_with_their_times(transcript, qtbot):
    with qtbot.waitSignal(transcript.rangeSelected) as selected:
        _drag(qtbot, transcript, _point(transcript, 3, 2), _point(transcript, 3, 4))
    words = TURNS[3].words
    assert selected.args == [words[2].start_s, words[4].end_s, "my money back."]
    assert transcript.selection() == Evidence(words[2].start_s, words[4].end_s, "my money back.")


def test_a_drag_upwards_over_two_turns_selects_from_the_earlier_to_the_later(transcript, qtbot):
    with qtbot.waitSignal(transcript.rangeSelected) as selected:
        _drag(qtbot, transcript, _point(transcript, 4, 1), _point(transcript, 3, 3))
    assert selected.args[2] == "money back. / I can"


def test_a_click_after_a_selection_drops_it(transcript, qtbot):
    _drag(qtbot, transcript, _point(transcript, 3, 2), _point(transcript, 3, 4))
    with qtbot.waitSignal(transcript.selectionCleared):
        _click(qtbot, transcript, _point(transcript, 0, 0))
    assert transcript.selection() is None


def test_words_can_be_selected_by_keyboard(transcript, qtbot):
    turns = transcript.turns
    turns.setFocus()
    turns.setCurrentIndex(turns.transcript_model.index(3))
    for _ in range(3):
        qtbot.keyClick(turns, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert transcript.selection().quote == "I want my"
    qtbot.keyClick(turns, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert transcript.selection().quote == "I want"
    qtbot.keyClick(turns, Qt.Key.Key_Escape)
    assert transcript.selection() is None


def test_up_and_down_move_by_turns_and_enter_plays_from_there(transcript, qtbot):
    turns = transcript.turns
    turns.setFocus()
    qtbot.keyClick(turns, Qt.Key.Key_Down)
    qtbot.keyClick(turns, Qt.Key.Key_Down)
    qtbot.keyClick(turns, Qt.Key.Key_Up)
    with qtbot.waitSignal(transcript.turnClicked) as clicked:
        qtbot.keyClick(turns, Qt.Key.Key_Return)
    assert clicked.args == [TURNS[1].start_s]


def test_copy_gives_the_selection_or_else_the_turn_with_name_and_time(transcript, qtbot):
    turns = transcript.turns
    turns.setCurrentIndex(turns.transcript_model.index(3))
    qtbot.keyClick(turns, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "[0:28] Kim Seo-yeon: I want my money back."
    turns.select_words(Spoken(3, 3), Spoken(3, 4))
    qtbot.keyClick(turns, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "money back."


def test_the_word_that_sounds_is_marked(transcript):
    word = TURNS[3].words[3]
    transcript.set_position(word.start_s + 0.1)
    assert transcript.turns.spoken == Spoken(3, 3)
    image = transcript.turns.viewport().grab().toImage()
    middle = _point(transcript, 3, 3)
    ratio = image.devicePixelRatio()
    marked = [
        image.pixelColor(round((middle.x() + dx) * ratio), round((middle.y() + dy) * ratio)).name()
        for dx in range(-15, 15)
        for dy in range(-8, 8)
    ]
    assert marked.count("#ffe08a") > len(marked) / 2


class PaintedRegions(QObject):
    """Notes which part of a widget is painted."""

    def __init__(self, widget):
        super().__init__(widget)
        self.boxes = []
        widget.installEventFilter(self)

    def eventFilter(self, watched, event):
        if isinstance(event, QPaintEvent):
            self.boxes.append(event.region().boundingRect())
        return False


def test_only_the_rows_that_change_are_drawn_again(transcript):
    turns = transcript.turns
    rows = [turns.visualRect(turns.transcript_model.index(n)) for n in range(3)]
    transcript.set_position(TURNS[0].start_s + 0.1)
    QApplication.processEvents()
    painted = PaintedRegions(turns.viewport())
    transcript.set_position(TURNS[0].start_s + 0.6)
    QApplication.processEvents()
    assert painted.boxes == [rows[0]]
    transcript.set_position(TURNS[1].start_s + 0.1)
    QApplication.processEvents()
    assert painted.boxes[1:] == [rows[0].united(rows[1])]
    transcript.set_position(TURNS[1].start_s + 0.2)
    QApplication.processEvents()
    assert len(painted.boxes) == 2


def test_it_scrolls_along_with_the_sound(long_transcript):
    turns = long_transcript.turns
    long_transcript.set_position(4.0 * 200 + 0.1)
    row = turns.visualRect(turns.transcript_model.index(200))
    assert turns.viewport().rect().contains(row)


def test_a_reader_who_scrolls_away_is_left_there_until_they_ask_for_the_sound(
    long_transcript, qtbot
):
    turns = long_transcript.turns
    long_transcript.set_position(0.1)
    turns.setFocus()
    qtbot.keyClick(turns, Qt.Key.Key_PageDown)
    place = turns.verticalScrollBar().value()
    long_transcript.set_position(4.0 * 100 + 0.1)
    assert turns.verticalScrollBar().value() == place
    assert long_transcript.back_button.isVisible()
    qtbot.mouseClick(long_transcript.back_button, Qt.MouseButton.LeftButton)
    row = turns.visualRect(turns.transcript_model.index(100))
    assert turns.viewport().rect().contains(row)
    assert not long_transcript.back_button.isVisible()


def test_find_counts_and_steps_through_all_places_and_around(transcript, qtbot):
    turns = transcript.turns
    turns.setFocus()
    qtbot.keyClick(turns, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    bar = transcript.find_bar
    assert bar.isVisible()
    field = QApplication.focusWidget()
    qtbot.keyClicks(field, "THIS")
    assert bar.count_text == "1 of 2"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert bar.count_text == "2 of 2"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert bar.count_text == "1 of 2"
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert bar.count_text == "2 of 2"
    qtbot.keyClicks(field, "xyz")
    assert bar.count_text == "Not found"
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert turns.hasFocus()


def test_found_text_is_scrolled_to(long_transcript):
    long_transcript.open_find()
    long_transcript.find_bar.textChanged.emit("number 250 ")
    turns = long_transcript.turns
    assert turns.viewport().rect().intersects(turns.visualRect(turns.transcript_model.index(250)))


def test_hits_name_their_list(transcript):
    assert transcript.turns.tip_text(transcript.turns.word_point(3, 3)) == "Refunds: money back"
    assert transcript.turns.tip_text(transcript.turns.word_point(3, 0)) == ""


def test_a_screen_reader_hears_role_name_time_sentiment_hits_and_text(transcript):
    model = transcript.turns.transcript_model
    text = model.data(model.index(3), Qt.ItemDataRole.AccessibleTextRole)
    assert text == (
        "Customer, Kim Seo-yeon, 0:28, Negative, mentions Refunds: I want my money back."
    )


def test_text_of_a_call_is_never_markup(transcript):
    model = transcript.turns.transcript_model
    assert "<b>listens</b>" in model.data(model.index(1))
    assert transcript.quote(TURNS[1].start_s, TURNS[1].end_s).endswith("& nobody <b>listens</b>.")


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_context_menu_offers_the_turn_as_evidence_and_for_a_comment(transcript, qtbot):
    place = _point(transcript, 3, 0)
    for name, signal in (
        ("Use as evidence", transcript.evidenceRequested),
        ("Add comment", transcript.commentRequested),
        ("Play from here", transcript.turnClicked),
    ):
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, QPoint(5, 5))
        QApplication.sendEvent(transcript.turns.viewport(), event)
        menu = transcript.turns.findChild(QMenu)
        action = next(a for a in menu.actions() if a.text() == name)
        with qtbot.waitSignal(signal) as asked:
            action.trigger()
        menu.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert asked.args[0] in (
            TURNS[3].start_s,
            Evidence(TURNS[3].start_s, TURNS[3].end_s, "I want my money back."),
        )


def test_a_range_of_the_waveform_is_quoted_with_whoever_speaks_in_it(transcript):
    start, end = TURNS[3].words[3].start_s, TURNS[4].words[1].end_s
    assert transcript.quote(start, end) == "money back. / I can"


def test_changed_turns_of_the_same_call_keep_the_place(long_transcript):
    turns = long_transcript.turns
    turns.verticalScrollBar().setValue(3000)
    changed = tuple(turn("agent", f"Turn {n} is changed.", 4.0 * n) for n in range(300))
    assert turns.replace_turns(changed, {"channel-0": "Maria"})
    assert turns.verticalScrollBar().value() == 3000
    assert not turns.replace_turns(changed, {"channel-0": "Maria"})


def test_wide_characters_do_not_shift_clicks_and_quotes(transcript, qtbot):
    words = words_from("so 😀😀 happy 𝄞 today", 2.0)
    transcript.turns.show_turns((Turn("a", "agent", 2.0, 5.0, words),), {"a": "Maria"})
    QApplication.processEvents()
    for number, word in enumerate(words):
        with qtbot.waitSignal(transcript.wordClicked) as clicked:
            _click(qtbot, transcript, _point(transcript, 0, number))
        assert clicked.args == [word.start_s]


def test_words_without_spaces_between_them_can_be_told_apart():
    words = (
        Word("나는", 0.0, 0.5, 1.0, False),
        Word("요", 0.5, 0.7, 1.0, False),
        Word("네", 1.0, 1.2, 1.0, True),
    )
    text = Turn("a", "agent", 0.0, 1.2, words).text
    assert [text[start:end] for start, end in word_spans(words)] == ["나는", "요", "네"]


def test_ten_thousand_turns_can_be_shown_and_scrolled_to_the_end(qtbot):
    view = TranscriptView()
    qtbot.addWidget(view)
    view.resize(640, 480)
    view.show()
    turns = tuple(
        turn("agent", "This is one of very many turns. " * 3, 9.0 * n) for n in range(10_000)
    )
    view.turns.show_turns(turns, {})
    view.set_position(9.0 * 9_999 + 0.1)
    last = view.turns.visualRect(view.turns.transcript_model.index(9_999))
    assert view.turns.viewport().rect().intersects(last)
