"""Keyword lists in the window: all fields, errors beside the phrase, counting, files."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from callreview.app import App
from callreview.config.language import use_language
from callreview.services import keywords
from callreview.services.keyword_count import PhraseCount
from callreview.services.keywords import KeywordList
from callreview.services.workspace import open_workspace
from callreview.ui.settings.keyword_editor import KeywordEditor
from tests.unit.storage.examples import import_call, process_call

REFUND = KeywordList("refund", {"en": "Refunds", "ko": "환불"}, "en", "any", ("refund",))
BYE = KeywordList(
    "closing", {"en": "Closing"}, "en", "agent", ("goodbye",),
    position="end", within_s=45.0, must="appear", near=True,
)  # fmt: skip


def editor(qtbot, *lists: KeywordList) -> KeywordEditor:
    opened = KeywordEditor(lists or (REFUND, BYE))
    qtbot.addWidget(opened)
    opened.show()
    return opened


def saved(qtbot, opened: KeywordEditor) -> tuple[KeywordList, ...]:
    with qtbot.waitSignal(opened.saved) as signal:
        opened.save()
    return signal.args[0]


def choose(box, value: str) -> None:
    box.setCurrentIndex(box.findData(value))


def test_lists_that_are_only_looked_at_stay_as_they_are(qtbot):
    opened = editor(qtbot)
    opened.lists.setCurrentRow(1)
    opened.lists.setCurrentRow(0)
    assert saved(qtbot, opened) == (REFUND, BYE)


def test_every_field_of_a_list_can_be_changed(qtbot):
    opened = editor(qtbot)
    form = opened.form
    form.title.setText("Money")
    choose(form.role, "customer")
    choose(form.position, "start")
    form.within.setValue(20)
    choose(form.must, "not appear")
    form.near.setChecked(True)
    form.phrases.lines.setPlainText("refund (it)\n\n  money|cash back \nrefund (it)")
    form.exclusions.lines.setPlainText("no refund")
    assert saved(qtbot, opened)[0] == KeywordList(
        "refund", {"en": "Money", "ko": "환불"}, "en", "customer",
        ("refund (it)", "money|cash back"), ("no refund",), "start", 20.0, "not appear", True,
    )  # fmt: skip


def test_another_place_brings_its_usual_seconds(qtbot):
    form = editor(qtbot).form
    assert not form.within.isEnabled()
    choose(form.position, "end")
    assert (form.within.isEnabled(), form.within.value()) == (True, 60)
    choose(form.position, "start")
    assert form.within.value() == 30


def test_a_phrase_that_cannot_be_used_is_named_under_the_field_while_it_is_written(qtbot):
    form = editor(qtbot).form
    form.phrases.lines.setPlainText("refund\n(?)\nmoney back")
    assert form.phrases.problem.text().startswith("Line 2: ")
    assert form.phrases.lines.accessibleDescription() == form.phrases.problem.text()
    assert len(form.phrases.lines.extraSelections()) == 1
    assert form.countable == replace(REFUND, phrases=("refund", "money back"))
    form.phrases.lines.setPlainText("a.*b\nC++\n[x]")
    assert form.phrases.problem.isHidden()


def test_saving_goes_to_the_phrase_that_cannot_be_used(qtbot):
    opened = editor(qtbot)
    opened.form.phrases.lines.setPlainText("refund\n...")
    opened.lists.setCurrentRow(1)
    with qtbot.assertNotEmitted(opened.saved):
        opened.save()
    assert opened.lists.currentRow() == 0
    assert opened.problem.text().startswith("Refunds")
    assert opened.form.phrases.lines.textCursor().blockNumber() == 1


def test_the_library_is_counted_once_typing_pauses(qtbot):
    opened = editor(qtbot)
    with qtbot.waitSignal(opened.countWanted) as signal:
        for key in "refunds":
            qtbot.keyClick(opened.form.phrases.lines, key)
    assert signal.args[0].phrases == ("refundsrefund",)
    opened.show_count(signal.args[0], PhraseCount(12, 5, 30))
    assert opened.form.count.text() == "12 hits in 5 of 30 calls"


def test_a_count_of_what_was_changed_meanwhile_is_not_shown(qtbot):
    opened = editor(qtbot)
    opened.form.phrases.lines.setPlainText("money back")
    opened.show_count(REFUND, PhraseCount(1, 1, 1))
    assert opened.form.count.text() == "Counting…"


def test_everything_is_reached_with_the_keyboard(qtbot):
    opened = editor(qtbot)
    form = opened.form
    choose(form.position, "start")
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)
    opened.lists.setFocus()
    reached = []
    for _step in range(20):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    assert form.within in reached
    for field in (form.title, form.language, form.role, form.position, form.must, form.near):
        assert field in reached
    assert form.phrases.lines in reached
    assert form.exclusions.lines in reached


def test_a_list_is_written_to_a_file_and_read_back(qtbot, tmp_path: Path, monkeypatch):
    path = tmp_path / "mine.toml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(path), ""))
    opened = editor(qtbot, BYE)
    opened.write_file()
    opened.read_file()
    assert saved(qtbot, opened) == (BYE, replace(BYE, name="closing 2"))


def test_a_broken_file_is_told_with_its_line(qtbot, tmp_path: Path, monkeypatch):
    path = tmp_path / "mine.toml"
    path.write_text('name = "a"\ntitle.en = "A"\nlanguage = "en"\nphrases = [\n"b",\n"?",\n]')
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(path), ""))
    opened = editor(qtbot)
    opened.read_file()
    assert "mine.toml, line 6: " in opened.problem.text()
    assert opened.lists.count() == 2


def test_words_of_a_list_are_shown_in_korean(qtbot):
    use_language("ko")
    try:
        opened = editor(qtbot, REFUND)
        assert opened.windowTitle() != "Keyword lists"
        assert opened.form.title.text() == "환불"
    finally:
        use_language("en")


@pytest.fixture
def app(qtbot, qapp: QApplication, tmp_path: Path):
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    with open_workspace(tmp_path / "workspace") as workspace:
        process_call(workspace, import_call(workspace))
        running = App(qapp, workspace, settings)
        yield running
        running.window.close()
        running.player.close()


def test_hits_are_counted_in_the_library_and_found_after_saving(qtbot, app: App):
    controller = app.window.keyword_lists
    controller.open()
    qtbot.waitUntil(lambda: controller.editor is not None)
    opened = controller.editor
    opened.add_list()
    opened.form.phrases.lines.setPlainText("refund")
    qtbot.waitUntil(lambda: "1 of 1 calls" in opened.form.count.text(), timeout=10_000)
    opened.save()
    workspace = app.window.workspace
    qtbot.waitUntil(lambda: len(keywords.load_lists(workspace)) == 27, timeout=10_000)
    qtbot.waitUntil(lambda: controller.editor is None)
