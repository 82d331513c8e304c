import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from callreview.domain.call import CallFilter, CallSummary, FigureRange, FilterChoices, Found
from callreview.ui.library.columns import COLUMNS
from callreview.ui.library.found_list import FoundPlace
from callreview.ui.library.library_panel import LibraryPanel


def call(number: int, **changes: object) -> CallSummary:
    values: dict[str, object] = {
        "id": number,
        "reference": f"R{number}",
        "started_at": f"2025-02-{number:02}T09:00:00",
        "agent": "Kim",
        "customer": "C-1",
        "duration_s": 60.0 * number,
        "queue": "Billing",
        "direction": "inbound",
        "outcome": "solved",
        "campaign": "",
        "team": "",
        "language": "en",
        "status": "processed",
        "channels": 2,
        "sentiment": None,
        "score": None,
        "scorecard": "",
        "failed": False,
        "problem": "",
    }
    return CallSummary(**{**values, **changes})  # type: ignore[arg-type]


@pytest.fixture
def panel(qtbot):
    widget = LibraryPanel()
    qtbot.addWidget(widget)
    widget.resize(900, 600)
    widget.show_calls(
        [
            call(1, agent="Kim", sentiment=-2.0, score=60.0),
            call(2, agent="Lee", queue="Sales", outcome="sold", score=90.0),
            call(3, agent="김민지", status="imported"),
        ]
    )
    widget.show()
    return widget


def shown(panel: LibraryPanel) -> list[str]:
    column = next(
        c
        for c in range(panel.filter.columnCount())
        if panel.filter.headerData(c, Qt.Orientation.Horizontal) == "Call"
    )
    return [panel.filter.index(row, column).data() for row in range(panel.filter.rowCount())]


def test_the_newest_call_stands_first(panel):
    assert shown(panel) == ["R3", "R2", "R1"]


def test_typing_filters_by_everything_known_about_a_call(panel, qtbot):
    qtbot.keyClicks(panel.search, "sales")
    assert shown(panel) == ["R2"]
    panel.search.clear()
    panel.search.setText("김민")
    assert shown(panel) == ["R3"]


def test_calls_in_which_the_words_were_said_are_shown_with_their_places(panel, qtbot):
    with qtbot.waitSignal(panel.searchRequested) as asked:
        panel.search.setText("refund")
    assert asked.args == ["refund", ""]
    panel.show_found([FoundPlace(1, "R1", 42.0, "I want a <b>refund</b>")])
    assert shown(panel) == ["R1"]
    assert "<b>refund</b>" in panel.found.item(0).text()
    with qtbot.waitSignal(panel.placeChosen) as chosen:
        panel.found.setCurrentRow(0)
        qtbot.keyClick(panel.found, Qt.Key.Key_Return)
    assert chosen.args == [1, 42.0]


VALUES = FilterChoices(
    agents=("Kim", "Lee"),
    reasons=("Refund & return",),
    found={"topic": ("배송",)},
    lists=("refund",),
)


def submenu(panel: LibraryPanel, title: str) -> QMenu:
    panel.filters.open_menu(VALUES, {"refund": "Refunds"})
    (found,) = [a.menu() for a in panel.filters.menu.actions() if a.text() == title]
    return found


def pick(panel: LibraryPanel, title: str, name: str) -> None:
    """Choose in the menu by keyboard."""
    menu = submenu(panel, title)
    (action,) = [action for action in menu.actions() if action.text() == name]
    menu.popup(panel.mapToGlobal(panel.rect().center()))
    menu.setActiveAction(action)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    panel.filters.menu.close()


def test_every_filter_chosen_is_a_chip_and_all_of_them_count(panel, qtbot):
    with qtbot.waitSignal(panel.filters.changed) as changed:
        pick(panel, "Agent", "Lee")
    assert changed.args == [CallFilter(agent="Lee")]
    pick(panel, "Has", "Complaints")
    pick(panel, "Has", "Promises")
    pick(panel, "Contact reason", "Refund && return")
    pick(panel, "Keyword list", "Refunds")
    pick(panel, "Dead air", "30 s or more")
    assert panel.filters.wanted == CallFilter(
        agent="Lee",
        reason="Refund & return",
        found=(Found("complaint"), Found("promise")),
        lists=("refund",),
        figures=(FigureRange("dead_air_s", 30.0),),
    )
    assert [chip.choice.text for chip in panel.filters.chips][:2] == [
        "Agent: Lee",
        "Has: Complaints",
    ]


def test_another_value_takes_the_place_of_the_first(panel):
    pick(panel, "Agent", "Lee")
    pick(panel, "Agent", "Kim")
    assert panel.filters.wanted == CallFilter(agent="Kim")
    assert [chip.text() for chip in panel.filters.chips] == ["Agent: Kim"]


def test_chips_are_removed_by_keyboard_and_the_focus_stays_among_them(panel, qtbot):
    for title, name in (("Agent", "Lee"), ("Topic", "배송"), ("Score", "Scored")):
        pick(panel, title, name)
    first, _second, last = panel.filters.chips
    qtbot.keyClick(first, Qt.Key.Key_Delete)
    assert panel.filters.wanted == CallFilter(scored=True, found=(Found("topic", "배송"),))
    assert panel.filters.chips[0].hasFocus()
    qtbot.keyClick(last, Qt.Key.Key_Space)
    assert not panel.filters.clear.isVisible()
    qtbot.keyClick(panel.filters.chips[0], Qt.Key.Key_Backspace)
    assert panel.filters.wanted == CallFilter()
    assert panel.filters.add.hasFocus()


def test_only_calls_that_fit_the_filters_are_shown(panel):
    panel.show_fitting(frozenset({2}))
    assert shown(panel) == ["R2"]
    assert panel.count.text() == "1 of 3 calls"
    panel.show_fitting(frozenset())
    assert panel.nothing.isVisible()
    panel.show_fitting(None)
    assert len(shown(panel)) == 3


def test_a_search_by_speaker_shows_only_calls_in_which_it_was_said(panel, qtbot):
    panel.search.setText("sales")
    assert shown(panel) == ["R2"]
    with qtbot.waitSignal(panel.searchRequested) as asked:
        panel.speaker.setFocus()
        qtbot.keyClick(panel.speaker, Qt.Key.Key_Down)
    assert asked.args == ["sales", "agent"]
    assert shown(panel) == []
    panel.show_found([FoundPlace(1, "R1", 42.0, "about sales", role="agent")])
    assert shown(panel) == ["R1"]
    assert panel.found.item(0).text().startswith("R1 · 0:42 · Agent")


def test_columns_are_chosen_by_keyboard_and_remembered(panel, qtbot, tmp_path):
    names = [column.name for column in COLUMNS]
    change, queue = names.index("shift"), names.index("queue")
    panel.table.choose_columns()
    menu = QApplication.activePopupWidget()
    assert menu.activeAction().text() == "Date"
    (action,) = [a for a in menu.actions() if a.text() == "Change"]
    menu.setActiveAction(action)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert not panel.table.isColumnHidden(change)
    panel.table.column_menu().actions()[queue - 1].trigger()
    assert panel.table.isColumnHidden(queue)
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    panel.table.remember_columns(settings)
    other = LibraryPanel()
    qtbot.addWidget(other)
    other.table.restore_columns(settings)
    assert not other.table.isColumnHidden(change)
    assert other.table.isColumnHidden(queue)


def test_sentiment_is_a_shape_and_words_beside_its_colour(panel):
    panel.show_calls([call(1, sentiment=-2.0, shift=1.2, found={"complaint": 2})])

    def cell(name: str, role: Qt.ItemDataRole) -> str:
        column = [column.name for column in COLUMNS].index(name)
        return panel.filter.index(0, column).data(role)

    assert cell("sentiment", Qt.ItemDataRole.DisplayRole) == "▼ −2.0"
    assert cell("sentiment", Qt.ItemDataRole.AccessibleTextRole) == "Negative −2.0"
    assert cell("shift", Qt.ItemDataRole.DisplayRole) == "▲ +1.2"
    assert cell("complaint", Qt.ItemDataRole.DisplayRole) == "2"
    assert "Complaints: 2" in cell("reason", Qt.ItemDataRole.ToolTipRole)


@pytest.mark.parametrize("order", [Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder])
def test_calls_without_a_score_come_last_in_both_directions(panel, order):
    titles = [
        panel.filter.headerData(c, Qt.Orientation.Horizontal)
        for c in range(panel.filter.columnCount())
    ]
    panel.table.sortByColumn(titles.index("Score"), order)
    assert shown(panel)[-1] == "R3"


def test_the_keyboard_opens_a_call(panel, qtbot):
    panel.table.setFocus()
    panel.select_call(2)
    with qtbot.waitSignal(panel.callChosen) as chosen:
        qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    assert chosen.args == [2]


def test_a_refresh_keeps_the_selection(panel):
    panel.select_call(2)
    panel.show_calls([call(1), call(2, agent="Lee", score=10.0), call(3)])
    assert [c.id for c in panel.selected_calls] == [2]


def test_an_empty_library_says_how_to_begin(panel, qtbot):
    panel.show_calls([])
    assert not panel.table.isVisible()
    with qtbot.waitSignal(panel.importRequested):
        qtbot.mouseClick(panel.empty.button, Qt.MouseButton.LeftButton)


def test_a_search_that_fits_no_call_says_so(panel):
    panel.search.setText("nothing like this")
    assert panel.nothing.isVisible()
    panel.search.clear()
    assert panel.table.isVisible()


def test_what_is_selected_stays_selected_when_calls_come_and_go(panel):
    panel.select_call(2)
    panel.show_calls([call(2), call(4), call(5)])
    assert [chosen.id for chosen in panel.selected_calls] == [2]
    assert panel.table.currentIndex().row() == shown(panel).index("R2")
    panel.show_calls([call(4), call(5)])
    assert panel.selected_calls == []


def test_a_call_that_changes_moves_to_its_place_in_the_order(panel):
    panel.table.sortByColumn([c.name for c in COLUMNS].index("score"), Qt.SortOrder.DescendingOrder)
    assert shown(panel) == ["R2", "R1", "R3"]
    panel.select_call(3)
    panel.show_calls([call(1, score=60.0), call(2, score=90.0), call(3, score=95.0)])
    assert shown(panel) == ["R3", "R2", "R1"]
    assert [chosen.id for chosen in panel.selected_calls] == [3]


def test_sorting_keeps_the_selection(panel):
    panel.select_call(3)
    panel.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert shown(panel) == ["R1", "R2", "R3"]
    assert [chosen.id for chosen in panel.selected_calls] == [3]
