import csv
import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook

from callreview.config.language import use_language
from callreview.domain.errors import EnvironmentProblem, UserError
from callreview.exchange.call_columns import ScoredCall
from callreview.exchange.call_list import write_call_list
from callreview.exchange.cell_text import safe_cell
from tests.unit.exchange.made_calls import METRICS, SENTIMENT, evaluation, summary

SCORED = ScoredCall(summary(), evaluation(greet=1.0, verify=1.0, solve=0.0), SENTIMENT, METRICS)
FAILED = ScoredCall(
    summary(id=2, reference="A-2", score=0.0, failed=True),
    evaluation(greet=1.0, verify=0.0, solve=1.0),
)
BARE = ScoredCall(
    summary(
        id=3,
        reference="K-3",
        agent="김민수",
        sentiment=None,
        score=None,
        scorecard="",
        started_at="",
    )
)
DANGEROUS = [
    *("=1+1", "+82 10", "-5", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1", " =1", "\xa0 =1"),
    *("＝1+1", "＋1", "－1", "＠A", "　=1", "\u200b=1", "\ufeff=1", "−5", "﹦1", "\x01=1"),
]


def written_csv(path: Path, *rows: ScoredCall) -> list[dict[str, str]]:
    write_call_list(rows, path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def written_sheet(path: Path, *rows: ScoredCall) -> tuple[Any, list[dict[str, Any]]]:
    write_call_list(rows, path)
    sheet = load_workbook(path).active
    titles = [cell.value for cell in sheet[1]]
    return sheet, [dict(zip(titles, row, strict=True)) for row in sheet.iter_rows(min_row=2)]


def test_csv_holds_scores_sections_and_figures(tmp_path: Path) -> None:
    scored, failed, bare = written_csv(tmp_path / "c.csv", SCORED, FAILED, BARE)
    assert (scored["reference"], scored["score"], scored["reviewer"]) == ("A-1", "70.0", "Ro")
    assert (scored["service.opening"], scored["service.duty"]) == ("100.0", "50.0")
    assert (scored["scorecard_version"], scored["scoring_mode"]) == ("2", "points")
    assert (scored["agent_talk_share"], scored["dead_air_s"]) == ("0.75", "4.25")
    assert (scored["customer_sentiment"], scored["sentiment_shift"]) == ("-1.5", "4.5")
    assert (failed["failed"], failed["fail_causes"], scored["failed"]) == ("yes", "Verifies", "no")
    assert float(failed["score_before_fail"]) == 62.5
    assert (bare["agent"], bare["score"], bare["service.duty"]) == ("김민수", "", "")


def test_csv_begins_with_a_byte_order_mark_and_quotes_all_text(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    write_call_list([ScoredCall(summary(queue="a;=1+1"))], path)
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert b'"a;=1+1"' in data
    assert b",-1.5," in data


@pytest.mark.parametrize("text", DANGEROUS)
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_text_that_would_run_as_a_formula_is_neutralised(
    tmp_path: Path, text: str, suffix: str
) -> None:
    path = tmp_path / f"c{suffix}"
    row = ScoredCall(summary(customer=text, sentiment=-2.5))
    if suffix == ".csv":
        cells = written_csv(path, row)[0]
        assert cells["customer"].startswith("'")
        assert cells["customer_sentiment"] == "-2.5"
    else:
        cells = written_sheet(path, row)[1][0]
        assert cells["Customer"].data_type == "s"
        assert cells["Customer"].value.startswith("'")
        assert (cells["Sentiment"].data_type, cells["Sentiment"].value) == ("n", -2.5)


@given(text=st.text())
@example("A-1")
@example("김민수 (고객)")
@example("\x1f\n")
def test_harmless_text_is_left_alone(text: str) -> None:
    safe = safe_cell(text)
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\0"))
    if text[:1].isalnum() and text.isprintable():
        assert safe == text


def test_xlsx_has_real_types_a_fixed_header_and_filters(tmp_path: Path) -> None:
    sheet, (scored, _failed, bare) = written_sheet(tmp_path / "c.xlsx", SCORED, FAILED, BARE)
    assert scored["Date"].value == datetime(2025, 2, 19, 6, 1, 22)
    assert scored["Date"].number_format == "yyyy-mm-dd hh:mm"
    assert (scored["Id"].value, scored["Score (%)"].value) == (1, 70.0)
    assert (scored["Auto-fail"].value, scored["Duration (s)"].value) == (False, 61.25)
    assert (bare["Date"].value, bare["Agent"].value) == (None, "김민수")
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert sheet["A1"].font.bold
    assert all(6 < dimension.width <= 50 for dimension in sheet.column_dimensions.values())


def test_a_time_zone_and_a_bare_date_are_shown_as_the_calls_own_clock(tmp_path: Path) -> None:
    rows = [
        ScoredCall(summary(started_at="2025-02-19T06:01:22+09:00")),
        ScoredCall(summary(started_at="2025-02-19")),
        ScoredCall(summary(started_at="=not a date")),
    ]
    _sheet, (zoned, day, wrong) = written_sheet(tmp_path / "c.xlsx", *rows)
    assert zoned["Date"].value == datetime(2025, 2, 19, 6, 1, 22)
    assert (day["Date"].is_date, day["Date"].number_format) == (True, "yyyy-mm-dd")
    assert wrong["Date"].value == "'=not a date"


def test_json_keeps_values_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "c.json"
    write_call_list([SCORED, BARE, ScoredCall(summary(customer="=1"))], path)
    scored, bare, formula = json.loads(path.read_text(encoding="utf-8"))
    assert (scored["score"], scored["failed"], scored["service.duty"]) == (70.0, False, 50.0)
    assert (bare["agent"], bare["score"]) == ("김민수", None)
    assert formula["customer"] == "=1"


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".json"])
def test_no_calls_and_strange_letters_still_make_a_file(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"c{suffix}"
    write_call_list([], path)
    assert path.stat().st_size > 0
    write_call_list([ScoredCall(summary(agent="bad \ud800 \x07 \x0b name"))], path)
    assert path.stat().st_size > 0


def test_titles_of_a_workbook_follow_the_language(tmp_path: Path) -> None:
    use_language("ko")
    try:
        sheet, _rows = written_sheet(tmp_path / "c.xlsx", SCORED)
        assert any("서비스: 인사" in str(cell.value) for cell in sheet[1])
        assert written_csv(tmp_path / "c.csv", SCORED)[0]["reference"] == "A-1"
    finally:
        use_language("en")


def test_another_suffix_is_refused_with_the_ones_that_work(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"\.csv, \.xlsx, \.json"):
        write_call_list([SCORED], tmp_path / "calls.pdf")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_and_a_folder_as_target_are_the_users(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="does not exist"):
        write_call_list([SCORED], tmp_path / "gone" / "calls.csv")
    (tmp_path / "calls.csv").mkdir()
    with pytest.raises(UserError, match="is a folder"):
        write_call_list([SCORED], tmp_path / "calls.csv")


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".json"])
@pytest.mark.skipif(os.name == "nt", reason="needs a full device")
def test_a_full_disk_leaves_the_older_list_as_it_was(tmp_path: Path, suffix: str) -> None:
    resource = pytest.importorskip("resource")
    signal = pytest.importorskip("signal")
    path = tmp_path / f"c{suffix}"
    path.write_text("the older list")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (512, limits[1]))
    try:
        with pytest.raises(EnvironmentProblem, match="cannot be written"):
            write_call_list([SCORED] * 50, path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert path.read_text() == "the older list"
    assert list(tmp_path.iterdir()) == [path]
