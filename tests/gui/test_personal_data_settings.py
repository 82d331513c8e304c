"""The switches of personal data, and the check of calls that are there already."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from callreview.app import App
from callreview.domain.personal_data import CARD_NUMBER, KINDS, PHONE_NUMBER
from callreview.services.browse import show_call
from callreview.services.import_calls import import_calls
from callreview.services.import_plan import ImportOrder
from callreview.services.personal_data import hidden_kinds
from callreview.services.workspace import open_workspace
from callreview.storage.processing import set_processing
from callreview.storage.transcripts import store_transcript
from tests.recordings import write_wav
from tests.unit.storage.examples import a_transcript, an_analysis

NUMBER = "my number is 010 2345 6789 thanks"


@pytest.fixture
def app(qtbot, tmp_path: Path) -> Iterator[App]:
    recording = write_wav(tmp_path / "one.wav", 9.0)
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    with open_workspace(tmp_path / "workspace") as workspace:
        import_calls(workspace, ImportOrder((recording,)))
        transcript = replace(a_transcript(("hello there", NUMBER)), masked=())

        def work(db) -> None:
            store_transcript(db, 1, transcript, an_analysis())
            set_processing(db, 1, "processed")

        workspace.write(work)
        opened = App(QApplication.instance(), workspace, settings)
        qtbot.waitUntil(lambda: opened.window.library.model.rowCount() == 1)
        opened.window.show()
        yield opened
        opened.window.close()
        opened.player.close()


def open_dialog(qtbot, app: App):
    (action,) = [a for a in app.window.findChildren(QAction) if a.text() == "&Personal data…"]
    action.trigger()
    qtbot.waitUntil(lambda: app.window.personal_data.dialog is not None)
    return app.window.personal_data.dialog


def test_card_data_is_always_hidden_and_the_dialog_says_why(app, qtbot):
    dialog = open_dialog(qtbot, app)
    card = dialog.switches[CARD_NUMBER]
    assert (card.isChecked(), card.isEnabled()) == (True, False)
    assert set(dialog.switches) == set(KINDS)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert app.window.personal_data.dialog is None


def test_a_kind_is_left_readable_by_keyboard_and_undo_hides_it_again(app, qtbot):
    dialog = open_dialog(qtbot, app)
    phone = dialog.switches[PHONE_NUMBER]
    phone.setFocus()
    qtbot.keyClick(phone, Qt.Key.Key_Space)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: PHONE_NUMBER not in hidden_kinds(app.workspace))
    qtbot.waitUntil(app.window.menus.undo.isEnabled)
    app.window.menus.undo.trigger()
    qtbot.waitUntil(lambda: PHONE_NUMBER in hidden_kinds(app.workspace))


def test_checking_old_calls_masks_what_the_rules_of_now_find(app, qtbot):
    assert "6789" in str(show_call(app.workspace, "1"))
    dialog = open_dialog(qtbot, app)
    dialog.check.setFocus()
    qtbot.keyClick(dialog.check, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: app.window.notices.text.text().startswith("1 call was checked."))
    assert "phone number: 1" in app.window.notices.details.toPlainText()
    assert "6789" not in str(show_call(app.workspace, "1"))


def test_calls_masked_by_older_rules_are_offered_to_be_checked_when_the_workspace_opens(app, qtbot):
    notices = app.window.notices
    qtbot.waitUntil(notices.accept_button.isVisible)
    assert "1 call was processed before the rules of now" in notices.text.text()
    notices.accept_button.setFocus()
    qtbot.keyClick(notices.accept_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "6789" not in str(show_call(app.workspace, "1")), timeout=20_000)
    qtbot.waitUntil(lambda: "1 call was checked" in notices.text.text())
    assert not notices.accept_button.isVisible()
