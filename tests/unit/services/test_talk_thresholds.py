"""Thresholds of talk metrics: set, undone, and every call counted again by them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from callreview.analysis.talk.metrics import talk_of_call
from callreview.domain.call_analysis import CallAnalysis
from callreview.domain.errors import UserError
from callreview.domain.talk_metrics import Interval, TalkMetrics
from callreview.domain.talk_thresholds import USUAL, TalkThresholds
from callreview.domain.transcript import Speaker, Transcript
from callreview.services import history, roles
from callreview.services.talk_thresholds import (
    recount_talk,
    set_talk_thresholds,
    talk_thresholds,
)
from callreview.storage.serialise import to_json
from callreview.storage.settings import TALK_THRESHOLDS, save_setting
from callreview.storage.transcripts import load_analysis, store_transcript
from callreview.storage.workspace import Workspace
from tests.unit.storage.examples import import_call

SPEAKERS = (Speaker("0", "agent", 0), Speaker("1", "customer", 1))
SPEECH = {"0": (Interval(0.0, 4.0),), "1": (Interval(6.5, 60.0),)}
CALM = TalkThresholds(dead_air_s=2.0)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "workspace") as opened:
        yield opened


def store(workspace: Workspace, reference: str) -> int:
    """A processed call of 60 s with a silence of 2.5 s."""
    call_id = import_call(workspace, reference)
    transcript = Transcript("en", SPEAKERS, (), {})
    metrics = talk_of_call(transcript, SPEECH, 60.0, talk_thresholds(workspace))
    analysis = CallAnalysis({}, metrics, {"talk": metrics.definition, "sentiment": "x"}, SPEECH)
    workspace.write(lambda db: store_transcript(db, call_id, transcript, analysis))
    return call_id


def analysis_of(workspace: Workspace, call_id: int) -> CallAnalysis:
    with workspace.read() as db:
        found = load_analysis(db, call_id)
    assert found is not None
    return found


def test_all_calls_are_counted_again_when_a_threshold_changes(workspace: Workspace) -> None:
    calls = [store(workspace, reference) for reference in ("R-1", "R-2")]
    set_talk_thresholds(workspace, CALM)
    assert recount_talk(workspace) == 2
    for call_id in calls:
        found = analysis_of(workspace, call_id)
        assert found.metrics.dead_air.instances == (Interval(4.0, 6.5),)
        assert found.metrics.definition == "talk-1 dead_air=2.0"
        assert found.models == {"talk": "talk-1 dead_air=2.0", "sentiment": "x"}
        assert found.speech == SPEECH
    assert recount_talk(workspace) == 0


def test_undo_brings_the_former_figures_back(workspace: Workspace) -> None:
    call_id = store(workspace, "R-1")
    before = analysis_of(workspace, call_id)
    set_talk_thresholds(workspace, CALM)
    recount_talk(workspace)
    workspace.undo()
    assert talk_thresholds(workspace) == USUAL
    recount_talk(workspace)
    assert analysis_of(workspace, call_id) == before


def test_a_recount_that_is_cancelled_leaves_the_rest_for_the_next(workspace: Workspace) -> None:
    store(workspace, "R-1")
    set_talk_thresholds(workspace, CALM)
    assert recount_talk(workspace, lambda: True) == 0
    assert recount_talk(workspace) == 1


def test_thresholds_that_cannot_be_used_are_refused_and_nothing_changes(
    workspace: Workspace,
) -> None:
    with pytest.raises(UserError, match="dead_air"):
        set_talk_thresholds(workspace, TalkThresholds(dead_air_s=-1.0))
    assert talk_thresholds(workspace) == USUAL
    assert workspace.undo_label() == ""


def test_roles_are_undone_after_a_recount_and_counted_by_the_thresholds_of_now(
    workspace: Workspace,
) -> None:
    call_id = store(workspace, "R-1")
    roles.swap_roles(workspace, call_id)
    # The older action is undone; the setting of now stays.
    metrics = counted_with(workspace, call_id, CALM)
    assert metrics.talk_s == {"agent": 53.5, "customer": 4.0}
    history.undo(workspace)
    undone = analysis_of(workspace, call_id)
    assert undone.metrics.talk_s == {"agent": 4.0, "customer": 53.5}
    assert undone.metrics.dead_air.instances == (Interval(4.0, 6.5),)
    assert undone.models["talk"] == CALM.definition
    history.redo(workspace)
    assert analysis_of(workspace, call_id).metrics == metrics


def counted_with(workspace: Workspace, call_id: int, thresholds: TalkThresholds) -> TalkMetrics:
    """The metrics after the thresholds were changed without an action to undo."""
    stored = to_json(thresholds)
    workspace.write(lambda db: save_setting(db, TALK_THRESHOLDS, stored))
    recount_talk(workspace)
    return analysis_of(workspace, call_id).metrics
