"""Thresholds of talk metrics in the window."""

from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from callreview.app import App
from callreview.domain.talk_thresholds import USUAL, TalkThresholds
from callreview.services.workspace import open_workspace
from callreview.storage.talk_metrics import counted_otherwise
from callreview.ui.settings.thresholds_dialog import ThresholdsDialog
from tests.unit.storage.examples import import_call, process_call


def dialog(qtbot, thresholds: TalkThresholds = USUAL) -> ThresholdsDialog:
    opened = ThresholdsDialog(thresholds)
    qtbot.addWidget(opened)
    return opened


def test_what_stands_in_the_fields_is_saved(qtbot):
    opened = dialog(qtbot)
    opened.fields["dead_air_s"].setValue(2.5)
    with qtbot.waitSignal(opened.saved) as signal:
        opened.save()
    assert signal.args[0] == TalkThresholds(dead_air_s=2.5)


def test_the_usual_values_are_one_button_away(qtbot):
    opened = dialog(qtbot, TalkThresholds(0.2, 5.0, 1.0, 0.7, 2.0))
    assert opened.value == TalkThresholds(0.2, 5.0, 1.0, 0.7, 2.0)
    opened.usual.click()
    assert opened.value == USUAL


def test_thresholds_that_contradict_each_other_are_told(qtbot):
    opened = dialog(qtbot)
    opened.fields["yield_s"].setValue(0.2)
    with qtbot.assertNotEmitted(opened.saved):
        opened.save()
    assert "0.5" in opened.problem.text()


def test_all_calls_are_counted_again_and_undo_counts_them_back(
    qtbot, qapp: QApplication, tmp_path: Path
):
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    with open_workspace(tmp_path / "workspace") as workspace:
        process_call(workspace, import_call(workspace))
        app = App(qapp, workspace, settings)

        def others(definition: str) -> int:
            with workspace.read() as db:
                return len(counted_otherwise(db, definition))

        try:
            controller = app.window.thresholds
            controller.open()
            qtbot.waitUntil(lambda: controller.dialog is not None)
            controller.dialog.fields["dead_air_s"].setValue(2.0)
            controller.dialog.save()
            qtbot.waitUntil(lambda: others("talk-1 dead_air=2.0") == 0, timeout=10_000)
            app.window.menus.undo.trigger()
            qtbot.waitUntil(lambda: others("talk-1") == 0, timeout=10_000)
        finally:
            app.window.close()
            app.player.close()
