"""What was found in calls, in the whole window on a real workspace, by keyboard alone."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from callreview.app import App
from callreview.config.language import use_language
from callreview.domain.finding import Finding
from callreview.services.import_calls import import_calls
from callreview.services.import_plan import ImportOrder
from callreview.services.workspace import Workspace, open_workspace
from callreview.storage.processing import set_processing
from callreview.storage.transcripts import store_transcript
from callreview.ui.library.columns import COLUMNS
from callreview.ui.review.finding_lines import Heading
from callreview.ui.review.finding_list import FindingList
from tests.recordings import write_wav
from tests.unit.storage.examples import a_transcript, an_analysis

COMPLAINT = Finding("complaint", "explicit", 4.0, 5.0, "customer", 0.9, 1, 0, 2)


def process(workspace: Workspace, call_id: int, text: str, *findings: Finding) -> None:
    transcript = a_transcript(("hello there", text))
    analysis = replace(an_analysis(), findings=findings)

    def work(db) -> None:
        store_transcript(db, call_id, transcript, analysis)
        set_processing(db, call_id, "processed")

    workspace.write(work, {"transcripts"})


@pytest.fixture
def app(qtbot, tmp_path: Path) -> Iterator[App]:
    paths = tuple(write_wav(tmp_path / f"{name}.wav", 9.0) for name in ("one", "two", "three"))
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    with open_workspace(tmp_path / "workspace") as workspace:
        import_calls(workspace, ImportOrder(paths))
        process(workspace, 1, "I want my refund now", COMPLAINT)
        process(workspace, 2, "thank you so much")
        opened = App(QApplication.instance(), workspace, settings)
        qtbot.waitUntil(lambda: opened.window.library.model.rowCount() == 3)
        opened.window.show()
        yield opened
        opened.window.close()
        opened.player.close()
    use_language("en")


def shown(app: App) -> list[str]:
    calls = app.window.library.filter
    return sorted(calls.index(row, 0).data() for row in range(calls.rowCount()))


def headings(lines: FindingList) -> list[str]:
    return [row.title for row in lines.rows if isinstance(row, Heading)]


def trigger(app: App, text: str) -> None:
    """Do a command of the menu bar, as its keys do."""
    (action,) = [a for a in app.window.findChildren(QAction) if a.text() == text]
    action.trigger()


def press(menu: QMenu, text: str) -> None:
    """Go to a line of a menu with the arrow keys and press it."""
    QTest.keyClick(menu, Qt.Key.Key_Home)
    for _step in menu.actions():
        if menu.activeAction() is not None and menu.activeAction().text() == text:
            break
        QTest.keyClick(menu, Qt.Key.Key_Down)
    assert menu.activeAction().text() == text
    QTest.keyClick(menu, Qt.Key.Key_Return)


def test_calls_are_filtered_by_what_was_found_in_them(app, qtbot):
    filters = app.window.library.filters
    trigger(app, "&Filter calls…")
    qtbot.waitUntil(lambda: filters.menu is not None and filters.menu.isVisible())
    press(filters.menu, "Has")
    (has,) = [a.menu() for a in filters.menu.actions() if a.text() == "Has"]
    press(has, "Complaints")
    qtbot.waitUntil(lambda: shown(app) == ["one"])
    assert filters.chips[0].text() == "Has: Complaints"
    process(app.workspace, 3, "and this one too", COMPLAINT)
    qtbot.waitUntil(lambda: shown(app) == ["one", "three"])
    qtbot.keyClick(filters.chips[0], Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(shown(app)) == 3)


def test_words_are_searched_in_what_one_side_said(app, qtbot):
    library = app.window.library
    library.search.setFocus()
    qtbot.keyClicks(library.search, "refund")
    qtbot.waitUntil(lambda: library.found.count() == 1)
    assert "Customer" in library.found.item(0).text()
    library.speaker.setFocus()
    qtbot.keyClick(library.speaker, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: library.found.count() == 0)
    assert shown(app) == []
    qtbot.keyClick(library.speaker, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: library.found.count() == 1)
    assert shown(app) == ["one"]


def test_a_finding_is_reached_and_heard_by_keyboard(app, qtbot):
    window = app.window
    window.reviewing.open(1)
    qtbot.waitUntil(lambda: window.review.call_id == 1)
    trigger(app, "&Findings of the call")
    lines = window.review.findings.list
    qtbot.waitUntil(lines.hasFocus)
    qtbot.waitUntil(lambda: headings(lines)[-1] == "Talk: not enough calls to say what is usual")
    qtbot.keyClick(lines, Qt.Key.Key_Return)
    assert app.player.playing
    assert 3.0 <= app.player.position_s < 4.0
    assert window.review.transcript.selection().quote == "I want my"
    qtbot.keyClick(lines, Qt.Key.Key_Space)
    assert not app.player.playing


def test_calls_are_analysed_again_only_after_a_yes(app, qtbot):
    """The examples were stored with rules that nobody knows, and so is what they hide."""
    window = app.window
    trigger(app, "Anal&yse all calls again")
    qtbot.waitUntil(lambda: window.analysing.question is not None, timeout=20_000)
    question = window.analysing.question
    assert question.text().startswith("2 calls were analysed with other settings")
    assert "cannot be undone" in question.text()
    qtbot.keyClick(question, Qt.Key.Key_Escape)
    assert window.analysing.question is None
    assert window.jobs.rows == []


def test_the_columns_chosen_by_keyboard_are_kept_in_the_next_window(app, qtbot):
    first = app.window
    trigger(app, "&Columns of the call list…")
    press(QApplication.activePopupWidget(), "Change")
    first.languageChosen.emit("ko")
    qtbot.waitUntil(lambda: app.window is not first)
    names = [column.name for column in COLUMNS]
    assert not app.window.library.table.isColumnHidden(names.index("shift"))
    assert app.window.library.table.isColumnHidden(names.index("talk_share"))
