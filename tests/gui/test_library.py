import pytest
from PySide6.QtCore import Qt

from callreview.domain.call import CallSummary
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
        c for c in range(10) if panel.filter.headerData(c, Qt.Orientation.Horizontal) == "Call"
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
    assert asked.args == ["refund"]
    panel.show_found([FoundPlace(1, "R1", 42.0, "I want a <b>refund</b>")])
    assert shown(panel) == ["R1"]
    assert "<b>refund</b>" in panel.found.item(0).text()
    with qtbot.waitSignal(panel.placeChosen) as chosen:
        panel.found.setCurrentRow(0)
        qtbot.keyClick(panel.found, Qt.Key.Key_Return)
    assert chosen.args == [1, 42.0]


def test_choosing_an_agent_shows_only_their_calls(panel):
    box = panel.filters.boxes["agent"]
    box.setCurrentIndex(box.findData("Lee"))
    assert shown(panel) == ["R2"]
    assert panel.count.text() == "1 of 3 calls"
    box.setCurrentIndex(0)
    assert len(shown(panel)) == 3


@pytest.mark.parametrize("order", [Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder])
def test_calls_without_a_score_come_last_in_both_directions(panel, order):
    titles = [panel.filter.headerData(c, Qt.Orientation.Horizontal) for c in range(10)]
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
    panel.table.sortByColumn(5, Qt.SortOrder.DescendingOrder)
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
