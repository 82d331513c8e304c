"""Editing the topics of a workspace, and adding those that were found in its calls."""

import time
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialogButtonBox

from callreview.app import App
from callreview.config.language import use_language
from callreview.domain.topic import SuggestedTopic, Topic
from callreview.services.topics import load_topics
from callreview.services.workspace import open_workspace
from callreview.ui.bridge import Bridge
from callreview.ui.settings.topic_editor import TopicEditor

TOPICS = (
    Topic("billing_question", ("I have a question about my bill", "요금이 두 번 청구됐어요")),
    Topic("Parcel lost", ("my parcel never came",)),
)
FOUND = SuggestedTopic(Topic("roaming & travel", ("does it work abroad", "해외에서도 되나요")), 12)


@pytest.fixture
def editor(qtbot):
    dialog = TopicEditor(TOPICS)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def saved(qtbot, editor: TopicEditor) -> tuple[Topic, ...]:
    with qtbot.waitSignal(editor.saved) as signal:
        editor.save()
    return signal.args[0]


def test_topics_are_shown_by_their_titles_with_their_examples(editor):
    assert editor.topics.item(0).text() == "Billing question  ·  2 examples"
    assert editor.name.text() == "Billing question"
    assert "요금이 두 번 청구됐어요" in editor.examples.toPlainText()


def test_what_is_not_renamed_keeps_its_name_in_every_language(editor, qtbot):
    use_language("ko")
    try:
        dialog = TopicEditor(TOPICS)
        qtbot.addWidget(dialog)
        assert dialog.name.text() == "요금·청구 문의"
        assert saved(qtbot, dialog) == TOPICS
    finally:
        use_language("en")


def test_a_topic_is_added_by_keyboard(editor, qtbot):
    editor.add_topic()
    assert editor.name.hasFocus()
    qtbot.keyClicks(editor.name, "Warranty")
    qtbot.keyClick(editor.name, Qt.Key.Key_Tab)
    assert editor.examples.hasFocus()
    qtbot.keyClicks(editor.examples, "is it still under guarantee")
    assert saved(qtbot, editor)[-1] == Topic("Warranty", ("is it still under guarantee",))


def test_a_topic_without_examples_is_refused_by_name(editor, qtbot):
    editor.add_topic()
    with qtbot.assertNotEmitted(editor.saved):
        editor.save()
    assert "New topic" in editor.problem.text()
    assert editor.isVisible()


def test_a_deleted_topic_is_gone_and_the_next_one_is_shown(editor, qtbot):
    editor.delete_topic()
    assert editor.name.text() == "Parcel lost"
    assert saved(qtbot, editor) == TOPICS[1:]
    editor.delete_topic()
    assert not editor.name.isEnabled()


def test_a_suggestion_is_added_with_enter_and_taken_from_the_list(editor, qtbot):
    editor.suggestions.show_suggestions([FOUND])
    listed = editor.suggestions.list
    assert listed.item(0).text() == "roaming & travel  ·  12 calls"
    assert listed.hasFocus()
    qtbot.keyClick(listed, Qt.Key.Key_Return)
    assert listed.count() == 0
    assert editor.isVisible()
    assert saved(qtbot, editor)[-1] == FOUND.topic


def test_a_search_without_result_says_so(editor):
    editor.suggestions.show_suggestions(())
    assert editor.suggestions.note.isVisible()
    assert not editor.suggestions.list.isVisible()


@pytest.fixture
def bridge():
    opened = Bridge()
    yield opened
    opened.close()


def test_a_search_shows_how_far_it_is_and_can_be_stopped(editor, bridge, qtbot):
    job = bridge.start("topics", "Looking", _until_cancelled, lambda _none: None)
    box = editor.suggestions
    box.watch(job)
    qtbot.waitUntil(lambda: box.progress.value() == 500, timeout=20_000)
    assert box.progress.isVisible()
    box.suggest.setFocus()
    qtbot.keyClick(box.suggest, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not box.progress.isVisible(), timeout=20_000)
    assert box.suggest.text() == "&Suggest topics"


def _until_cancelled(job) -> None:
    while not job.is_cancelled():
        job.progressed.emit("one", 0.5)
        time.sleep(0.05)


def test_the_menu_opens_the_topics_and_undo_brings_the_former_ones_back(qtbot, tmp_path: Path):
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    with open_workspace(tmp_path / "workspace") as workspace:
        app = App(QApplication.instance(), workspace, settings)
        before = load_topics(workspace)
        (action,) = [a for a in app.window.findChildren(QAction) if a.text() == "T&opics…"]
        action.trigger()
        qtbot.waitUntil(lambda: app.window.topics.editor is not None)
        editor = app.window.topics.editor
        editor.delete_topic()
        box = editor.findChild(QDialogButtonBox)
        box.button(QDialogButtonBox.StandardButton.Ok).click()
        qtbot.waitUntil(lambda: load_topics(workspace) == before[1:], timeout=20_000)
        qtbot.waitUntil(app.window.menus.undo.isEnabled)
        app.window.menus.undo.trigger()
        qtbot.waitUntil(lambda: load_topics(workspace) == before, timeout=20_000)
        app.window.close()
        app.player.close()
