"""The screen of the speech models, with the real services and a hub on this computer."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from callreview.speech.models import model_folder
from callreview.ui.bridge import Bridge
from callreview.ui.settings import models_dialog
from callreview.ui.settings.models_controller import ModelsController
from callreview.ui.settings.models_dialog import ModelsDialog
from callreview.ui.window.job_bar import JobBar
from callreview.ui.window.notice_bar import NoticeBar
from tests.model_fixtures import hub, models_dir, tiny
from tests.model_hub import LocalHub
from tests.tiny_whisper import copy_of

__all__ = ["hub", "models_dir", "tiny"]

NAME = "office/whisper"
PATIENCE_MS = 60_000


@pytest.fixture
def controller(qtbot, models_dir: Path) -> Iterator[ModelsController]:
    window = QWidget()
    bridge, jobs, notices = Bridge(window), JobBar(), NoticeBar()
    layout = QVBoxLayout(window)
    layout.addWidget(jobs)
    layout.addWidget(notices)
    qtbot.addWidget(window)
    window.show()
    yield ModelsController(bridge, jobs, notices, window)
    bridge.close()


def opened(qtbot, controller: ModelsController) -> ModelsDialog:
    controller.open()
    dialog = controller.dialog
    qtbot.waitUntil(lambda: dialog.table.rowCount() > 0, timeout=PATIENCE_MS)
    return dialog


def names(dialog: ModelsDialog) -> list[str]:
    return [dialog.table.item(row, 0).text() for row in range(dialog.table.rowCount())]


def used_for(dialog: ModelsDialog) -> dict[str, str]:
    return dict(
        zip(
            names(dialog),
            (dialog.table.item(row, 1).text() for row in range(dialog.table.rowCount())),
            strict=True,
        )
    )


def ask_size(qtbot, controller: ModelsController, name: str):
    controller.dialog.download.click()
    asking = controller._asking
    asking.name.setEditText(name)
    qtbot.keyClick(asking.name, Qt.Key.Key_Return)
    return asking


def test_a_single_model_is_in_use_and_the_screen_says_what_can_be_done(qtbot, controller):
    dialog = opened(qtbot, controller)
    assert used_for(dialog) == {"base": "✓ All new transcripts"}
    assert "download one, or add a folder" in dialog.hint.text()
    assert not dialog.use.isEnabled()
    assert not dialog.remove.isEnabled()
    qtbot.waitUntil(lambda: "processor does the work" in dialog.gpu.text(), timeout=PATIENCE_MS)


def test_a_model_is_chosen_with_the_keyboard_and_used_from_then_on(
    qtbot, controller, tiny, models_dir
):
    folder = copy_of(tiny, models_dir / "office")
    dialog = opened(qtbot, controller)
    assert dialog.table.hasFocus()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
    assert dialog.table.selected.name == "office"
    qtbot.keyClick(dialog.table, Qt.Key.Key_Tab)
    assert dialog.use.hasFocus()
    qtbot.keyClick(dialog.use, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: used_for(dialog)["office"] != "", timeout=PATIENCE_MS)
    assert used_for(dialog)["base"] == ""
    assert model_folder() == folder
    assert dialog.said.text() == "office transcribes from now on."
    assert not dialog.use.isEnabled()


def test_a_folder_is_added(qtbot, controller, tiny, monkeypatch):
    dialog = opened(qtbot, controller)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tiny))
    dialog.add.click()
    assert not dialog.add.isEnabled()
    assert not dialog.download.isEnabled()
    qtbot.waitUntil(lambda: tiny.name in names(dialog), timeout=PATIENCE_MS)
    assert dialog.table.selected.name == tiny.name
    assert dialog.add.isEnabled()


def test_a_folder_that_holds_no_model_is_refused_in_place(qtbot, controller, tmp_path, monkeypatch):
    dialog = opened(qtbot, controller)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    dialog.add.click()
    qtbot.waitUntil(lambda: "is not a complete speech model" in dialog.said.text())
    assert dialog.said.property("tone") == "problem"
    assert controller.notices.isHidden()


def test_nothing_is_downloaded_before_the_size_was_seen(qtbot, controller, hub: LocalHub):
    dialog = opened(qtbot, controller)
    asking = ask_size(qtbot, controller, NAME)
    assert not asking.download.isEnabled()
    qtbot.waitUntil(asking.download.isEnabled, timeout=PATIENCE_MS)
    assert asking.said.text() == "7 MB from office/whisper"
    assert hub.ranges_of("model.bin") == []
    qtbot.keyClick(asking.download, Qt.Key.Key_Return)
    assert dialog.row is not None
    qtbot.waitUntil(lambda: "office--whisper" in names(dialog), timeout=PATIENCE_MS)
    assert dialog.row is None
    assert dialog.table.selected.name == "office--whisper"


def test_another_name_makes_the_size_unknown_again(qtbot, controller, hub: LocalHub):
    opened(qtbot, controller)
    asking = ask_size(qtbot, controller, NAME)
    qtbot.waitUntil(asking.download.isEnabled, timeout=PATIENCE_MS)
    asking.name.setEditText("office/other")
    assert not asking.download.isEnabled()
    asking.reject()


@pytest.mark.parametrize(
    ("name", "said"), [("nobody/nothing", "no open model"), ("huge", "is not the name of a model")]
)
def test_a_name_that_is_wrong_is_said_where_it_was_typed(qtbot, controller, hub, name, said):
    opened(qtbot, controller)
    asking = ask_size(qtbot, controller, name)
    qtbot.waitUntil(lambda: said in asking.said.text(), timeout=PATIENCE_MS)
    assert asking.size_button.isEnabled()
    assert not asking.download.isEnabled()
    asking.reject()


def test_a_download_is_cancelled_at_once_and_goes_on_the_next_time(
    qtbot, controller, hub: LocalHub, models_dir
):
    dialog = opened(qtbot, controller)
    hub.pause_s = 0.1
    asking = ask_size(qtbot, controller, NAME)
    qtbot.waitUntil(asking.download.isEnabled, timeout=PATIENCE_MS)
    asking.download.click()
    qtbot.waitUntil(lambda: dialog.row.progress.value() > 100, timeout=PATIENCE_MS)
    dialog.row.cancel.click()
    qtbot.waitUntil(lambda: dialog.row is None)
    assert names(dialog) == ["base"]
    asking = ask_size(qtbot, controller, NAME)
    qtbot.waitUntil(asking.download.isEnabled, timeout=PATIENCE_MS)
    assert "of it are here already" in asking.said.text()
    asking.reject()


def test_a_download_goes_on_when_the_screen_is_closed(qtbot, controller, hub: LocalHub):
    dialog = opened(qtbot, controller)
    asking = ask_size(qtbot, controller, NAME)
    qtbot.waitUntil(asking.download.isEnabled, timeout=PATIENCE_MS)
    asking.download.click()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert controller.dialog is None
    assert len(controller.jobs.rows) == 1
    qtbot.waitUntil(
        lambda: "on this computer now" in controller.notices.text.text(), timeout=PATIENCE_MS
    )
    assert controller.jobs.isHidden()
    assert "office--whisper" in names(opened(qtbot, controller))


@pytest.mark.parametrize("agreed", [True, False])
def test_a_model_is_removed_only_when_the_user_agrees(
    qtbot, controller, tiny, models_dir, monkeypatch, agreed
):
    folder = copy_of(tiny, models_dir / "office")
    dialog = opened(qtbot, controller)
    dialog.table.choose("office")
    monkeypatch.setattr(models_dialog, "may_remove", lambda *_: agreed)
    dialog.remove.click()
    if agreed:
        qtbot.waitUntil(lambda: names(dialog) == ["base"], timeout=PATIENCE_MS)
    else:
        time.sleep(0.2)
    assert folder.exists() != agreed
