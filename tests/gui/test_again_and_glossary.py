"""Transcribing again, versions and the glossary in the window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from callreview.app import App
from callreview.config.language import use_language
from callreview.services import glossary
from callreview.services.import_calls import import_calls
from callreview.services.import_plan import ImportOrder
from callreview.services.models import InstalledModel
from callreview.services.process_calls import ProcessOptions
from callreview.services.workspace import open_workspace
from callreview.ui.settings.glossary_editor import GlossaryEditor
from callreview.ui.window.transcribe_again import (
    ModelChoice,
    TranscribeAgainDialog,
    language_name,
)
from tests.recordings import write_wav
from tests.unit.storage.examples import a_transcript, process_call


def choice(name: str, *languages: str, in_use: bool = False) -> ModelChoice:
    return ModelChoice(InstalledModel(name, Path(name), 1, "", in_use), languages)


def dialog(qtbot, *, one_channel: bool = True) -> TranscribeAgainDialog:
    models = (choice("tiny.en", "en"), choice("base", "de", "en", "ko", "zh", in_use=True))
    opened = TranscribeAgainDialog(models, 1, one_channel=one_channel)
    qtbot.addWidget(opened)
    return opened


def test_without_a_choice_everything_is_found_out_by_the_model_in_use(qtbot):
    assert dialog(qtbot).options == ProcessOptions(model="base")


def test_model_language_and_number_of_speakers_are_handed_over(qtbot):
    opened = dialog(qtbot)
    opened.language.setCurrentIndex(opened.language.findData("ko"))
    opened.speakers.setCurrentIndex(3)
    with qtbot.waitSignal(opened.chosen) as chosen:
        opened._accept()
    assert chosen.args == [ProcessOptions(model="base", language="ko", speakers=3)]


def test_a_model_offers_only_the_languages_it_knows(qtbot):
    opened = dialog(qtbot)
    opened.language.setCurrentIndex(opened.language.findData("ko"))
    opened.model.setCurrentIndex(0)
    codes = [opened.language.itemData(row) for row in range(opened.language.count())]
    assert codes == ["", "en"]
    assert opened.options.language is None


def test_speakers_with_channels_of_their_own_are_not_counted(qtbot):
    opened = dialog(qtbot, one_channel=False)
    opened.speakers.setCurrentIndex(3)
    assert not opened.speakers.isEnabled()
    assert opened.options.speakers is None


def test_languages_are_named_in_their_own_words():
    assert (language_name("en"), language_name("ko")) == ("English (en)", "한국어 (ko)")
    assert "yue" in language_name("yue")


def editor(qtbot) -> GlossaryEditor:
    opened = GlossaryEditor(("Larkfield Home",), ("Helen Park", "Quickwire"))
    qtbot.addWidget(opened)
    return opened


def test_names_from_calls_are_added_only_when_chosen(qtbot):
    opened = editor(qtbot)
    opened.suggestions.setCurrentRow(0)
    opened.add.click()
    with qtbot.waitSignal(opened.saved) as saved:
        opened.save()
    assert saved.args == [("Larkfield Home", "Helen Park")]


def test_a_line_that_is_no_name_is_refused_and_nothing_is_lost(qtbot):
    opened = editor(qtbot)
    opened.terms.setPlainText("Good\n***")
    with qtbot.assertNotEmitted(opened.saved):
        opened.save()
    assert "***" in opened.problem.text()
    assert not opened.problem.isHidden()
    assert opened.terms.toPlainText() == "Good\n***"


def test_a_file_is_read_beside_what_is_there_and_written_back(qtbot, tmp_path, monkeypatch):
    path = tmp_path / "names.txt"
    path.write_bytes("larkfield home\r\n김민지\r\n".encode("cp949"))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    out = tmp_path / "out.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    opened = editor(qtbot)
    opened.read_file()
    opened.write_file()
    assert out.read_text("utf-8") == "Larkfield Home\n김민지\n"


@pytest.fixture
def app(qtbot, tmp_path: Path) -> Iterator[App]:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    with open_workspace(tmp_path / "workspace") as workspace:
        import_calls(workspace, ImportOrder((write_wav(tmp_path / "one.wav", 2.0),)))
        process_call(workspace, 1, a_transcript(["hello there", "I want my refund"]))
        process_call(workspace, 1, a_transcript(["hello there", "I want my money"]))
        opened = App(QApplication.instance(), workspace, settings)
        opened.window.reviewing.open(1)
        qtbot.waitUntil(lambda: opened.window.review.call_id == 1)
        yield opened
        opened.window.close()
        opened.player.close()
    use_language("en")


def texts(app: App) -> list[str]:
    return [turn.text for turn in app.window.review.transcript.turns.transcript_model.turns]


def test_an_older_version_is_compared_used_and_taken_back_in_the_window(app, qtbot):
    window, view = app.window, app.window.review.comparison
    window.menus.compare.trigger()
    qtbot.waitUntil(lambda: view.list.turns.rowCount() == 1)
    assert window.review.comparing
    assert view.list.turns.texts[0].text == "I want my −refund +money"
    view.use.click()
    qtbot.waitUntil(lambda: texts(app)[-1] == "I want my refund")
    qtbot.waitUntil(lambda: view.version == 2)
    qtbot.waitUntil(lambda: view.list.turns.texts[0].text == "I want my −money +refund")
    qtbot.waitUntil(lambda: "version" in window.menus.undo.text())
    window.menus.undo.trigger()
    qtbot.waitUntil(lambda: texts(app)[-1] == "I want my money")


def test_a_call_with_one_version_says_how_to_get_another(app, qtbot, tmp_path):
    import_calls(app.workspace, ImportOrder((write_wav(tmp_path / "two.wav", 2.5),)))
    app.window.reviewing.open(2)
    qtbot.waitUntil(lambda: app.window.review.call_id == 2)
    app.window.menus.compare.trigger()
    view = app.window.review.comparison
    qtbot.waitUntil(lambda: "no other version" in view.counts.text())
    assert not view.versions.isVisible()


def test_the_menu_asks_how_to_transcribe_the_open_call_again(app, qtbot, monkeypatch):
    asked = []
    monkeypatch.setattr(app.window.calls, "process", lambda *order: asked.append(order))
    app.window.menus.again.trigger()
    qtbot.waitUntil(lambda: app.window.again.dialog is not None)
    dialog = app.window.again.dialog
    assert dialog.isVisible()
    dialog.language.setCurrentIndex(dialog.language.findData("ko"))
    dialog._accept()
    assert asked == [(["1"], ProcessOptions(model="base", language="ko"))]


def test_the_glossary_is_saved_from_the_window_and_can_be_undone(app, qtbot):
    app.window.glossary.open()
    qtbot.waitUntil(lambda: app.window.glossary.editor is not None)
    editor = app.window.glossary.editor
    qtbot.keyClicks(editor.terms, "Quickwire")
    qtbot.keyClick(editor.terms, Qt.Key.Key_Return)
    editor.save()
    qtbot.waitUntil(lambda: glossary.load_glossary(app.workspace) == ("Quickwire",))
    qtbot.waitUntil(lambda: "glossary" in app.window.menus.undo.text())
    app.window.menus.undo.trigger()
    qtbot.waitUntil(lambda: glossary.load_glossary(app.workspace) == ())
