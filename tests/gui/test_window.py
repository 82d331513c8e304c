"""The whole window on a workspace of calls that were not transcribed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QFileDialog

from callreview.app import App
from callreview.config.language import current_language, use_language
from callreview.services import browse, evaluate, roles
from callreview.services.agent_channel import agent_channel
from callreview.services.import_calls import import_calls
from callreview.services.import_plan import ImportOrder
from callreview.services.workspace import open_workspace
from callreview.ui.window import files
from callreview.ui.window.handing_out import _file_name
from tests.recordings import write_wav
from tests.unit.storage.examples import process_call


@pytest.fixture
def app(qtbot, tmp_path: Path) -> Iterator[App]:
    paths = tuple(write_wav(tmp_path / f"{name}.wav", 2.0) for name in ("one", "two", "three"))
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    with open_workspace(tmp_path / "workspace") as workspace:
        import_calls(workspace, ImportOrder(paths))
        opened = App(QApplication.instance(), workspace, settings)
        qtbot.waitUntil(lambda: opened.window.library.model.rowCount() == 3)
        yield opened
        opened.window.close()
        opened.player.close()
    use_language("en")


def open_call(qtbot, app: App, call_id: int) -> None:
    app.window.reviewing.open(call_id)
    qtbot.waitUntil(lambda: app.window.review.call_id == call_id)


def test_erasing_a_word_in_the_search_deletes_no_call(app, qtbot):
    library = app.window.library
    library.select_call(1)
    library.search.setFocus()
    qtbot.keyClicks(library.search, "one")
    qtbot.keyClick(library.search, Qt.Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier)
    assert library.search.text() == ""
    qtbot.keyClicks(library.search, "tw")
    qtbot.keyClick(library.search, Qt.Key.Key_Home)
    qtbot.keyClick(library.search, Qt.Key.Key_Delete)
    assert library.search.text() == "w"
    app.window.bridge.close()
    assert len(browse.list_calls(app.workspace)) == 3


def test_the_delete_key_in_the_list_deletes_and_one_undo_brings_all_back(app, qtbot):
    table = app.window.library.table
    table.setFocus()
    table.selectAll()
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: browse.list_calls(app.workspace) == [])
    qtbot.waitUntil(lambda: app.window.menus.undo.isEnabled())
    app.window.menus.undo.trigger()
    qtbot.waitUntil(lambda: len(browse.list_calls(app.workspace)) == 3)


def test_space_in_the_list_plays_the_open_call(app, qtbot):
    table = app.window.library.table
    app.window.library.select_call(1)
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert not app.player.playing
    qtbot.keyClick(table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: app.window.review.call_id == 1)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert app.player.playing
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert not app.player.playing


def test_a_call_that_is_deleted_leaves_the_screen_without_a_warning(app, qtbot):
    open_call(qtbot, app, 2)
    app.window.library.select_call(2)
    app.window.menus.delete.trigger()
    qtbot.waitUntil(lambda: app.window.review.call_id is None)
    assert app.window.notices.isHidden()


def test_a_call_of_one_channel_opens_at_the_place_that_was_asked_for(app, qtbot):
    app.window.reviewing.open(1, 1.0)
    qtbot.waitUntil(lambda: app.window.review.call_id == 1)
    assert app.player.position_s == 1.0


def test_the_language_changes_under_an_open_call(app, qtbot):
    open_call(qtbot, app, 3)
    app.window.languageChosen.emit("ko")
    qtbot.waitUntil(lambda: app.window.review.call_id == 3)
    assert current_language() == "ko"


def test_work_under_way_is_not_lost_to_another_language(app, qtbot):
    window = app.window
    job = window.bridge.start("process", "Transcribing", lambda job: None, lambda _none: None)
    window.jobs.watch(job)
    window.languageChosen.emit("ko")
    assert (app.window, current_language()) == (window, "en")
    assert window.notices.isVisible()
    assert app.settings.value("language") == "ko"
    qtbot.waitUntil(lambda: not window.jobs.rows)


def test_the_menus_tick_what_is_chosen(app):
    ticked = {
        a.data()
        for a in app.window.findChildren(type(app.window.menus.undo))
        if a.isChecked() and a.data()
    }
    assert ticked == {"en", "system"}


def test_an_unexpected_error_is_shown_and_logged(app, caplog):
    error = ZeroDivisionError("a bug")
    app.report_bug(type(error), error, None)
    assert "a bug" in app.window.notices.text.text()
    assert "a bug" in caplog.text
    caplog.clear()


@pytest.mark.parametrize("replace", [True, False])
def test_a_file_that_got_its_suffix_later_is_not_replaced_unasked(
    app, tmp_path, monkeypatch, replace
):
    (tmp_path / "calls.csv").write_text("kept")
    typed = (str(tmp_path / "calls"), "CSV (*.csv)")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: typed)
    monkeypatch.setattr(files, "_may_replace", lambda *_: replace)
    chosen = files.ask_target(app.window, "", "calls", (".xlsx", ".csv"))
    assert chosen == (tmp_path / "calls.csv" if replace else None)


def test_an_agent_with_a_slash_in_the_name_names_no_folder():
    assert _file_name("Kim/Lee") == "Kim-Lee"


def test_the_window_fits_a_small_screen(app, qtbot):
    open_call(qtbot, app, 1)
    smallest = app.window.minimumSizeHint()
    assert smallest.width() <= 1280
    assert smallest.height() <= 720


def test_the_agents_channel_is_chosen_in_the_menu_and_undone(app, qtbot):
    window = app.window
    ticked = window.menus.agent_channels
    qtbot.waitUntil(lambda: ticked[None].isChecked())
    ticked[1].trigger()
    qtbot.waitUntil(lambda: "channel" in window.menus.undo.text())
    assert agent_channel(app.workspace) == 1
    window.menus.undo.trigger()
    qtbot.waitUntil(lambda: ticked[None].isChecked())
    assert agent_channel(app.workspace) is None


def test_saying_who_speaks_marks_the_evaluation_until_it_is_checked(app, qtbot):
    review, workspace = app.window.review, app.workspace
    process_call(workspace, 1)
    evaluate.start_evaluation(workspace, 1, "sales", "Dana")
    open_call(qtbot, app, 1)
    qtbot.waitUntil(lambda: review.scorecard.evaluation is not None)
    review.transcript.roleChosen.emit("0", "supervisor")
    qtbot.waitUntil(lambda: review.transcript.turns.transcript_model.turns[0].role == "supervisor")
    notice = review.scorecard.roles_notice
    qtbot.waitUntil(lambda: not notice.isHidden())
    notice.button.click()
    qtbot.waitUntil(notice.isHidden)
    assert roles.speakers_of(workspace, 1)[0].role == "supervisor"
    app.window.menus.undo.trigger()
    qtbot.waitUntil(lambda: not notice.isHidden())


def test_the_menu_opens_the_speech_models_over_the_window(app, qtbot):
    (action,) = [a for a in app.window.findChildren(QAction) if a.text() == "Speech &models…"]
    action.trigger()
    dialog = app.window.models.dialog
    qtbot.waitUntil(lambda: dialog.table.rowCount() >= 1)
    assert dialog.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert app.window.models.dialog is None
