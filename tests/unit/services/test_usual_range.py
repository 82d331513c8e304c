"""The usual range of a workspace's talk metrics: ten calls at least, tenth to ninetieth percentile."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callreview.domain.call_analysis import CallAnalysis
from callreview.domain.talk_metrics import Stretches, TalkMetrics
from callreview.domain.transcript import Speaker, Transcript
from callreview.domain.usual_range import talk_figures, usual_range
from callreview.services.usual_range import usual_ranges
from callreview.storage.transcripts import store_transcript
from callreview.storage.workspace import Workspace
from tests.unit.storage.examples import import_call

NOTHING = Stretches(0, 0.0, 0.0, ())
METRICS = TalkMetrics(
    talk_s={"agent": 6.0, "customer": 4.0},
    talk_share={"agent": 0.6, "customer": 0.4},
    talk_share_of_call={"agent": 0.3, "customer": 0.2},
    dead_air=NOTHING,
    overtalk=NOTHING,
    interruptions={"agent": (), "customer": ()},
    words_per_minute={"agent": 150.0, "ivr": 90.0},
    response_time_s=None,
    longest_monologue_s={"agent": 5.0},
    questions={"agent": 2},
    turns_per_minute=12.0,
)
SPEAKERS = (Speaker("0", "agent", 0), Speaker("1", "customer", 1))


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "workspace") as opened:
        yield opened


def store(workspace: Workspace, number: int, metrics: TalkMetrics) -> None:
    call_id = import_call(workspace, f"R-{number}", started_at=f"2026-01-{number:02}T10:00:00")
    transcript = Transcript("en", SPEAKERS, (), {})
    analysis = CallAnalysis({}, metrics, {})
    workspace.write(lambda db: store_transcript(db, call_id, transcript, analysis))


def test_the_usual_range_goes_from_the_tenth_to_the_ninetieth_percentile(
    workspace: Workspace,
) -> None:
    for number in range(1, 12):
        store(workspace, number, replace(METRICS, turns_per_minute=float(number - 1)))
    usual = usual_ranges(workspace)["turns_per_minute"]
    assert (usual.low, usual.median, usual.high, usual.calls) == (1.0, 5.0, 9.0, 11)
    assert [usual.place(value) for value in (0.5, 1.0, 9.0, 9.5)] == [-1, 0, 0, 1]


def test_fewer_than_ten_calls_are_not_enough(workspace: Workspace) -> None:
    for number in range(1, 10):
        store(workspace, number, METRICS)
    assert usual_ranges(workspace) == {}


def test_a_figure_that_few_calls_have_is_not_usual(workspace: Workspace) -> None:
    for number in range(1, 11):
        answered = replace(METRICS, response_time_s=2.0) if number > 1 else METRICS
        store(workspace, number, answered)
    assert "response_time_s" not in usual_ranges(workspace)
    assert usual_ranges(workspace)["talk_share.agent"].median == 0.6


def test_calls_counted_by_another_definition_are_left_out(workspace: Workspace) -> None:
    for number in range(1, 11):
        store(workspace, number, METRICS)
    store(workspace, 11, replace(METRICS, definition="talk-0", turns_per_minute=99.0))
    assert usual_ranges(workspace)["turns_per_minute"].calls == 10


def test_figures_name_agent_and_customer_only_and_what_the_call_has() -> None:
    figures = talk_figures(METRICS)
    assert figures["words_per_minute.agent"] == 150.0
    assert figures["interruptions.agent"] == 0
    assert "words_per_minute.ivr" not in figures
    assert "response_time_s" not in figures


@given(st.lists(st.floats(-1e6, 1e6), min_size=10, max_size=60))
def test_the_range_holds_the_median_and_most_of_the_values(values: list[float]) -> None:
    usual = usual_range(values)
    assert usual is not None
    assert min(values) <= usual.low <= usual.median <= usual.high <= max(values)
    outside = sum(usual.place(value) != 0 for value in values)
    assert outside <= 0.2 * len(values) + 2
