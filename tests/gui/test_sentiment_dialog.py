"""Choosing the model that judges sentiment."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget

from callreview.analysis.sentiment.classifier import shipped_model_dir
from callreview.config.preferences import load_preferences, save_preferences
from callreview.services.sentiment_model import sentiment_model
from callreview.ui.bridge import Bridge
from callreview.ui.settings.sentiment_dialog import SentimentController, SentimentDialog


@pytest.fixture(autouse=True)
def kept_preferences() -> Iterator[None]:
    before = load_preferences()
    yield
    save_preferences(before)


@pytest.fixture
def controller(qtbot) -> Iterator[SentimentController]:
    window = QWidget()
    qtbot.addWidget(window)
    bridge = Bridge(window)
    yield SentimentController(bridge, window)
    bridge.close()


def opened(controller: SentimentController) -> SentimentDialog:
    controller.open()
    assert controller.dialog is not None
    return controller.dialog


def test_callreviews_own_model_is_offered_first_and_no_name_is_asked(controller):
    dialog = opened(controller)
    assert dialog.own.isChecked()
    assert not dialog.name.isEnabled()
    assert dialog.chosen is None
    dialog.reject()


def test_another_model_counts_once_it_was_tried(controller, qtbot):
    dialog = opened(controller)
    dialog.other.setChecked(True)
    dialog.name.setText(f"  {shipped_model_dir()} ")
    with qtbot.waitSignal(dialog.accepted, timeout=30_000):
        dialog.save()
    assert sentiment_model() == str(shipped_model_dir())
    again = opened(controller)
    assert (again.other.isChecked(), again.name.text()) == (True, str(shipped_model_dir()))
    again.own.setChecked(True)
    with qtbot.waitSignal(again.accepted, timeout=30_000):
        again.save()
    assert sentiment_model() is None


def test_a_model_that_cannot_be_used_is_told_in_the_dialog_and_not_chosen(
    controller, qtbot, tmp_path
):
    (tmp_path / "model.onnx").touch()
    dialog = opened(controller)
    dialog.other.setChecked(True)
    dialog.name.setText(str(tmp_path))
    dialog.save()
    qtbot.waitUntil(lambda: "tokenizer.json" in dialog.problem.text(), timeout=30_000)
    assert dialog.problem.isVisibleTo(dialog)
    assert dialog.buttons.isEnabled()
    assert sentiment_model() is None
    dialog.reject()


def test_another_model_without_a_name_is_asked_for(controller):
    dialog = opened(controller)
    dialog.other.setChecked(True)
    dialog.save()
    assert "name" in dialog.problem.text()
    dialog.reject()
