"""Stored calls are analysed again with other settings, from their transcripts, and only when due."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from callreview.cli.main import main
from callreview.domain.call_analysis import CallAnalysis
from callreview.domain.talk_metrics import Interval
from callreview.services import roles
from callreview.services.analyse_again import analyse_again, calls_to_analyse
from callreview.services.topics import add_topic
from callreview.storage.transcripts import load_analysis, load_transcript, store_transcript
from callreview.storage.workspace import Workspace
from tests.unit.dialogues import transcript_of
from tests.unit.storage.examples import an_analysis, import_call

pytestmark = pytest.mark.e2e

SAID = [
    ("agent", "How can I help you?"),
    ("customer", "Do you have a vegan menu? I could not find any vegan food on it."),
    ("agent", "I will send you the menu tomorrow."),
    ("customer", "Great, thank you so much."),
]


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = Workspace.open(tmp_path / "ws")
    yield opened
    opened.close()


def store(workspace: Workspace, reference: str) -> int:
    """A call as an older version left it: without findings, sentiment, or what it was made with."""
    call_id = import_call(workspace, reference)
    made = an_analysis()
    speech = {"agent": (Interval(0.0, 3.0),), "customer": (Interval(3.0, 9.0),)}
    analysis = CallAnalysis({}, made.metrics, {}, speech)
    workspace.write(lambda db: store_transcript(db, call_id, transcript_of(SAID), analysis))
    return call_id


def analysis_of(workspace: Workspace, call_id: int) -> CallAnalysis:
    with workspace.read() as db:
        analysis = load_analysis(db, call_id)
    assert analysis is not None
    return analysis


def labels(workspace: Workspace, call_id: int, kind: str) -> list[str]:
    return [one.label for one in analysis_of(workspace, call_id).findings if one.kind == kind]


def test_old_calls_get_everything_and_are_due_again_only_when_settings_change(
    workspace: Workspace,
) -> None:
    call_id = store(workspace, "A-1")
    assert calls_to_analyse(workspace) == [call_id]
    report = analyse_again(workspace)
    assert (report.done, report.problems) == (["A-1"], [])
    with workspace.read() as db:
        transcript = load_transcript(db, call_id)
    assert transcript is not None
    assert all(turn.sentiment is not None for turn in transcript.turns)
    assert labels(workspace, call_id, "promise") == ["follow_up"]
    assert labels(workspace, call_id, "contact_reason") == ["information"]
    assert calls_to_analyse(workspace) == []

    add_topic(workspace, "Vegan food", ["is there a vegan menu", "what vegan food do you have"])
    assert calls_to_analyse(workspace) == [call_id]
    analyse_again(workspace)
    assert labels(workspace, call_id, "contact_reason") == ["Vegan food"]
    workspace.undo()
    assert calls_to_analyse(workspace) == [call_id]


def test_roles_that_people_gave_stay_and_decide_what_is_found(workspace: Workspace) -> None:
    call_id = store(workspace, "A-1")
    analyse_again(workspace)
    roles.swap_roles(workspace, call_id)
    assert labels(workspace, call_id, "question") != []
    before = analysis_of(workspace, call_id).findings
    analyse_again(workspace, [call_id])
    assert analysis_of(workspace, call_id).findings == before
    with workspace.read() as db:
        transcript = load_transcript(db, call_id)
    assert transcript is not None
    assert [turn.role for turn in transcript.turns][:2] == ["customer", "agent"]


def test_a_cancelled_run_keeps_what_is_done_and_goes_on_with_the_rest(workspace: Workspace) -> None:
    calls = [store(workspace, f"A-{number}") for number in range(3)]
    stop: list[str] = []
    first = analyse_again(
        workspace, progress=lambda at: stop.append(at.name), cancelled=lambda: "A-1" in stop
    )
    assert first.done == ["A-0"]
    assert len(first.problems) == 1
    assert calls_to_analyse(workspace) == calls[1:]
    assert analyse_again(workspace).done == ["A-1", "A-2"]


def test_the_command_line_analyses_and_shows_what_was_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Workspace.open(tmp_path / "ws") as workspace:
        store(workspace, "A-1")
    place = ["--workspace", str(tmp_path / "ws")]
    assert main(["findings", "A-1", "--json", *place]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert main(["analyse", *place]) == 0
    assert capsys.readouterr().out == "A-1\n"
    assert main(["findings", "A-1", "--json", *place]) == 0
    found = json.loads(capsys.readouterr().out)
    promise = next(one for one in found if one["kind"] == "promise")
    assert promise["text"] == "I will send you the menu tomorrow."
    assert promise["details"]["when"] == "tomorrow"
    assert set(promise) == {
        *("kind", "label", "start_s", "end_s", "role", "confidence", "turn", "text", "details"),
        "description",
    }
    assert main(["show", "A-1", "--json", *place]) == 0
    assert json.loads(capsys.readouterr().out)["findings"] == found
    assert main(["findings", "A-1", *place]) == 0
    assert "I will send you the menu tomorrow" in capsys.readouterr().out
    assert main(["topics", "add", "Vegan food", "is there vegan food", *place]) == 0
    assert main(["topics", "list", "--json", *place]) == 0
    assert json.loads(capsys.readouterr().out)[-1]["name"] == "Vegan food"
    assert main(["topics", "remove", "Vegan food", *place]) == 0
    assert main(["topics", "discover", "--json", *place]) == 0
    assert json.loads(capsys.readouterr().out) == []
