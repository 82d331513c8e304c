"""After a sweep personal data that older rules left is nowhere in the workspace's database."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from callreview.domain.evaluation import Evidence
from callreview.domain.transcript import Speaker, Transcript
from callreview.services import calls as call_services
from callreview.services import comment, personal_data
from callreview.services.sweep_personal_data import calls_due, sweep_personal_data
from callreview.storage import calls as stored_calls
from callreview.storage.evaluations import list_evaluations
from callreview.storage.operations.evaluations import SaveScoredEvaluation
from callreview.storage.transcripts import load_analysis, load_transcript
from callreview.storage.workspace import Workspace
from tests.unit.storage.examples import (
    a_turn,
    all_answers,
    import_call,
    install_service,
    process_call,
)

CARD = "4111 1111 1111 1111"
SECRETS = (b"4111", b"five one oh five", b"555 1234", b"kim@example.com", b"@example")


def leaky(first: str = f"my card number is {CARD} okay") -> Transcript:
    """What older rules stored: nothing is masked."""
    texts = ("how may I help", first, "and your phone number?", "it is 415 555 1234")
    turns = tuple(a_turn(str(n % 2), text, 8.0 * n) for n, text in enumerate(texts))
    speakers = (Speaker("0", "agent", 0), Speaker("1", "customer", 1))
    return Transcript("en", speakers, turns, {"speech": "base"})


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "workspace") as opened:
        install_service(opened)
        yield opened


def left_in(folder: Path) -> list[tuple[str, bytes]]:
    """The secrets that a byte scan finds in the files of a workspace."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [
        (path.name, secret)
        for path in files
        for secret in SECRETS
        if secret in path.read_bytes().lower()
    ]


def transcript_of(workspace: Workspace, call_id: int) -> Transcript:
    with workspace.read() as db:
        found = load_transcript(db, call_id)
    assert found is not None
    return found


def test_nothing_that_is_found_now_stays_in_the_database_or_in_what_undo_keeps(
    workspace: Workspace,
) -> None:
    call_id, gone = import_call(workspace), import_call(workspace, "R-2")
    process_call(workspace, call_id, leaky())
    process_call(workspace, call_id, leaky("my card number is five one oh five five one oh five"))
    process_call(workspace, call_id, leaky())
    process_call(workspace, gone, leaky())
    comment.add_comment(workspace, call_id, 8.0, 9.0, "writes to kim@example.com", "Ann")
    workspace.apply(_evaluation(call_id, f"card {CARD}"))
    call_services.delete_calls(workspace, [gone])
    assert {secret for _file, secret in left_in(workspace.folder)} >= {b"4111", b"kim@example.com"}

    assert set(calls_due(workspace)) == {call_id}
    report = sweep_personal_data(workspace)
    assert (report.calls, report.held, report.cancelled) == (1, False, False)
    assert report.found["card number"] >= 2
    assert report.found["phone number"] == 3
    assert calls_due(workspace) == ()
    assert left_in(workspace.folder) == []
    texts = [turn.text for turn in transcript_of(workspace, call_id).turns]
    assert texts[1] == "my card number is [card number] okay"
    assert texts[3] == "it is [phone number]"


def _evaluation(call_id: int, quote: str) -> SaveScoredEvaluation:
    first, *others = all_answers()
    first = replace(first, note=f"agent repeats {CARD}", evidence=(Evidence(8.0, 13.0, quote),))
    return SaveScoredEvaluation(call_id, "inbound-service", "Kim", (first, *others))


def test_marks_and_findings_still_point_to_their_moment(workspace: Workspace) -> None:
    call_id = import_call(workspace)
    process_call(workspace, call_id, leaky())
    workspace.apply(_evaluation(call_id, f"card number is {CARD}"))
    sweep_personal_data(workspace)
    with workspace.read() as db:
        (evaluation,) = list_evaluations(db, call_id=call_id)
        analysis = load_analysis(db, call_id)
    assert analysis is not None
    (mark,) = evaluation.answers[0].evidence
    assert (mark.start_s, mark.end_s) == (8.0, 13.0)
    assert "[card number]" in mark.quote
    assert evaluation.answers[0].note == "agent repeats [card number]"
    hidden = [one for one in analysis.findings if one.kind == "personal_data"]
    assert [(one.label, one.turn) for one in hidden] == [("card number", 1), ("phone number", 3)]


def test_undo_still_works_after_a_sweep_and_brings_nothing_back(workspace: Workspace) -> None:
    call_id = import_call(workspace)
    process_call(workspace, call_id, leaky())
    comment.add_comment(workspace, call_id, 8.0, 9.0, f"says {CARD}", "Ann")
    call_services.delete_calls(workspace, [call_id])
    sweep_personal_data(workspace)
    workspace.undo()
    transcript = transcript_of(workspace, call_id)
    assert transcript.turns[1].text == "my card number is [card number] okay"
    assert [span.kind for span in transcript.masked] == ["card number", "phone number"]
    workspace.undo()
    workspace.redo()
    assert left_in(workspace.folder) == []


def test_a_kind_that_is_switched_off_stays_readable_until_it_is_switched_on(
    workspace: Workspace,
) -> None:
    call_id = import_call(workspace)
    process_call(workspace, call_id, leaky())
    personal_data.set_personal_data_kind(workspace, "phone number", on=False)
    assert sweep_personal_data(workspace).found == {"card number": 1}
    assert transcript_of(workspace, call_id).turns[3].text == "it is 415 555 1234"
    assert calls_due(workspace) == ()
    workspace.undo()
    assert calls_due(workspace) == (call_id,)
    assert sweep_personal_data(workspace).found == {"phone number": 1}


def test_a_cancelled_sweep_goes_on_with_the_rest(workspace: Workspace) -> None:
    for number in range(3):
        process_call(workspace, import_call(workspace, f"R-{number}"), leaky())
    done: list[object] = []
    report = sweep_personal_data(workspace, None, done.append, lambda: len(done) == 2)
    assert (report.calls, report.cancelled) == (2, True)
    assert len(calls_due(workspace)) == 1
    assert sweep_personal_data(workspace).calls == 1
    with workspace.read() as db:
        assert len(stored_calls.list_calls(db)) == 3


def test_backups_and_reports_that_keep_the_texts_are_named(workspace: Workspace) -> None:
    process_call(workspace, import_call(workspace), leaky())
    report = workspace.reports_dir / "coaching.html"
    report.write_text("old", "utf-8")
    assert sweep_personal_data(workspace).copies == (report,)
    assert sweep_personal_data(workspace).copies == ()
