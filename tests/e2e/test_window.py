"""A supervisor's work in the real window: real workspace, real recognised calls, real clicks."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from callreview.app import App
from callreview.config.language import use_language
from callreview.services import browse
from callreview.services.workspace import open_workspace
from tests.e2e.conftest import CALLS
from tests.recordings import write_wav

pytestmark = pytest.mark.e2e

CARD_CALL, DELIVERY_CALL, KOREAN_CALL = CALLS


@pytest.fixture
def app(qtbot, workspace_folder: Path) -> Iterator[App]:
    with running(workspace_folder) as opened:
        yield opened


@contextmanager
def running(folder: Path) -> Iterator[App]:
    settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    with open_workspace(folder) as workspace:
        app = App(QApplication.instance(), workspace, settings)
        yield app
        app.window.close()
        app.player.close()


def start_scorecard(qtbot, app: App) -> None:
    open_call(qtbot, app, DELIVERY_CALL)
    card = app.window.review.scorecard
    card.choose("inbound_service")
    card.startRequested.emit("inbound_service")
    qtbot.waitUntil(lambda: card.evaluation is not None)


def open_call(qtbot, app: App, reference: str) -> None:
    call_id = browse.find_call(app.workspace, reference)
    app.window.library.callChosen.emit(call_id)
    qtbot.waitUntil(lambda: app.window.review.call_id == call_id)


def evaluations(app: App, reference: str) -> list:
    return browse.show_call(app.workspace, reference)["evaluations"]


def test_choosing_a_call_shows_its_words(app, qtbot):
    open_call(qtbot, app, DELIVERY_CALL)
    shown = browse.show_call(app.workspace, DELIVERY_CALL)
    transcript = app.window.review.transcript
    assert transcript.isVisible()
    assert transcript.turns.model().rowCount() == len(shown["turns"])


def test_an_answer_is_saved_at_once_and_can_be_undone_after_a_restart(qtbot, workspace_folder):
    with running(workspace_folder) as app:
        start_scorecard(qtbot, app)
        app.window.review.scorecard.answered.emit("greeting", 1.0)
        qtbot.waitUntil(lambda: len(evaluations(app, DELIVERY_CALL)[0]["answers"]) == 1)
    with running(workspace_folder) as app:
        menus = app.window.menus
        qtbot.waitUntil(menus.undo.isEnabled)
        menus.undo.trigger()
        qtbot.waitUntil(lambda: evaluations(app, DELIVERY_CALL)[0]["answers"] == [])
        menus.undo.trigger()
        qtbot.waitUntil(lambda: evaluations(app, DELIVERY_CALL) == [])
        menus.redo.trigger()
        qtbot.waitUntil(lambda: len(evaluations(app, DELIVERY_CALL)) == 1)


def test_answers_given_quickly_one_after_the_other_are_all_kept(app, qtbot):
    start_scorecard(qtbot, app)
    card = app.window.review.scorecard
    keys = [question.key for question in card.evaluation.scorecard.questions]
    for key in keys:
        card.answered.emit(key, 1.0)
        card.noteChanged.emit(key, f"note on {key}")
    app.window.bridge.close()
    answers = evaluations(app, DELIVERY_CALL)[0]["answers"]
    assert all(a["value"] == 1.0 and a["note"] == f"note on {a['question']}" for a in answers)


def test_a_comment_belongs_to_the_moment_and_is_found_by_search(app, qtbot):
    open_call(qtbot, app, DELIVERY_CALL)
    app.window.review.comments.added.emit(10.0, 12.0, "a zebra of a moment")
    qtbot.waitUntil(lambda: bool(browse.search(app.workspace, "zebra")))
    app.window.library.search.setText("zebra")
    qtbot.waitUntil(lambda: app.window.library.found.count() == 1)
    app.window.review.transport.set_position(0.0)
    app.window.library.found.itemActivated.emit(app.window.library.found.item(0))
    qtbot.waitUntil(lambda: app.player.position_s == pytest.approx(10.0))


def test_playing_moves_the_place_and_stops_at_the_end_of_a_quote(app, qtbot):
    open_call(qtbot, app, DELIVERY_CALL)
    app.window.review.playRequested.emit(5.0, 5.6)
    qtbot.waitUntil(lambda: app.player.playing)
    qtbot.waitUntil(lambda: not app.player.playing, timeout=10_000)
    assert 5.5 <= app.player.position_s <= 6.2


def test_masked_card_data_is_muted_when_played(app, qtbot):
    open_call(qtbot, app, CARD_CALL)
    masked = browse.show_call(app.workspace, CARD_CALL)["masked"]
    assert masked
    mix = app.player._mix
    for span in masked:
        first, last = (round(span[key] * mix.rate) for key in ("start_s", "end_s"))
        assert not mix.read(first + 100, last - first - 200).any()


def test_dropped_files_are_imported_and_transcribed(app, qtbot, tmp_path):
    write_wav(tmp_path / "dropped.wav", 2.0)
    (tmp_path / "broken.wav").write_text("nothing")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in sorted(tmp_path.glob("*.wav"))])
    app.window.dropEvent(
        QDropEvent(
            QPointF(QPoint(5, 5)),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )

    def status() -> str:
        calls = {call.reference: call.status for call in browse.list_calls(app.workspace)}
        return calls.get("dropped", "")

    qtbot.waitUntil(lambda: status() in ("imported", "processing"), timeout=20_000)
    qtbot.waitUntil(lambda: "broken.wav" in app.window.notices.details.toPlainText())
    qtbot.waitUntil(lambda: app.window.jobs.isVisible(), timeout=20_000)
    app.window.jobs.rows[-1].cancel.click()
    qtbot.waitUntil(lambda: not app.window.jobs.isVisible(), timeout=20_000)


def test_agent_and_customer_can_be_swapped_and_swapped_back(app, qtbot):
    open_call(qtbot, app, DELIVERY_CALL)
    before = browse.show_call(app.workspace, DELIVERY_CALL)
    app.window._swap_roles()
    qtbot.waitUntil(
        lambda: browse.show_call(app.workspace, DELIVERY_CALL)["turns"][0]["role"] == "customer"
    )
    swapped = browse.show_call(app.workspace, DELIVERY_CALL)
    assert swapped["metrics"]["talk_s"]["agent"] == before["metrics"]["talk_s"]["customer"]
    app.window.menus.undo.trigger()
    qtbot.waitUntil(lambda: browse.show_call(app.workspace, DELIVERY_CALL) == before)


def test_changed_keyword_lists_are_found_in_all_calls_and_undone(app, qtbot):
    from dataclasses import replace

    from callreview.services import keywords

    lists = keywords.load_lists(app.workspace)
    mine = replace(
        lists[0], name="lamps", language="en", role="any", phrases=("lamp",), exclusions=()
    )
    app.window.bridge.act(lambda: keywords.save_lists(app.workspace, (*lists, mine)))

    def found() -> bool:
        turns = browse.show_call(app.workspace, DELIVERY_CALL)["turns"]
        return any(hit["list"] == "lamps" for turn in turns for hit in turn["hits"])

    qtbot.waitUntil(found, timeout=10_000)
    qtbot.waitUntil(lambda: app.window.menus.undo.isEnabled())
    app.window.menus.undo.trigger()
    qtbot.waitUntil(lambda: not found(), timeout=10_000)


def test_the_language_changes_without_losing_the_workspace(app, qtbot):
    app.window.languageChosen.emit("ko")
    try:
        assert app.window.menuBar().actions()[0].text() != "&File"
        open_call(qtbot, app, KOREAN_CALL)
    finally:
        app.window.languageChosen.emit("en")
    assert use_language("en") == "en"


def test_a_second_window_on_the_same_workspace_is_refused_with_a_reason(workspace_folder, app):
    from callreview.domain.errors import EnvironmentProblem

    with pytest.raises(EnvironmentProblem, match="open in another CallReview"):
        open_workspace(workspace_folder)


def test_a_call_whose_sound_is_gone_says_so(app, qtbot):
    shutil.rmtree(app.workspace.audio_dir)
    app.window.library.callChosen.emit(browse.find_call(app.workspace, DELIVERY_CALL))
    qtbot.waitUntil(lambda: app.window.notices.isVisible())
    assert app.window.notices.text.text()
