"""The call list and what is known about a call."""

from dataclasses import fields

import pytest

from callreview.domain.call import CallFilter, CallMetadata, CallSummary
from callreview.domain.errors import UserError
from callreview.storage.calls import (
    _SUMMARY_COLUMNS,
    call_summary,
    find_call,
    list_calls,
    load_metadata,
    load_recording,
)
from callreview.storage.operations.answers import SetAnswer
from callreview.storage.operations.calls import ImportCalls, ImportedCall
from callreview.storage.operations.evaluations import (
    FinishEvaluation,
    SaveScoredEvaluation,
    StartEvaluation,
)
from callreview.storage.processing import set_processing, unprocessed_calls
from callreview.storage.workspace import Workspace
from tests.unit.storage.examples import a_recording, all_answers, import_call, process_call

FULL = CallMetadata(
    reference="R-1",
    agent="김민아",
    started_at="2026-03-01T09:30:00+09:00",
    customer_id="C-77",
    caller="+82 2 555 0199",
    direction="inbound",
    queue="returns",
    campaign="spring",
    source="web",
    outcome="refund",
    team="blue",
    language="ko",
    csat=3.5,
    hold_s=12.25,
    agent_channel=1,
    extra={"Tariff": "gold", "": "nameless"},
)


def references(workspace: Workspace, wanted: CallFilter) -> list[str]:
    with workspace.read() as db:
        return [call.reference for call in list_calls(db, wanted)]


def test_all_metadata_and_the_recording_come_back_as_they_were_given(workspace: Workspace) -> None:
    (result,) = workspace.apply(ImportCalls((ImportedCall(FULL, a_recording()),)))
    with workspace.read() as db:
        assert load_metadata(db, result.call_id) == FULL
        assert load_recording(db, result.call_id) == a_recording()


def test_the_list_shows_a_processed_and_scored_call(workspace: Workspace) -> None:
    (result,) = workspace.apply(ImportCalls((ImportedCall(FULL, a_recording()),)))
    process_call(workspace, result.call_id)
    workspace.apply(SaveScoredEvaluation(result.call_id, "inbound-service", "Mina", all_answers()))
    with workspace.read() as db:
        (call,) = list_calls(db)
        assert call == call_summary(db, result.call_id)
    assert (call.customer, call.duration_s, call.channels) == ("C-77", 60.0, 2)
    assert (call.status, call.sentiment, call.language) == ("processed", -2.5, "ko")
    assert (call.score, call.scorecard, call.failed) == (100.0, "inbound-service", False)


def test_the_list_shows_the_newest_finished_evaluation_and_no_draft(workspace: Workspace) -> None:
    call_id = import_call(workspace)
    for value in (1.0, 0.0):
        workspace.apply(
            SaveScoredEvaluation(call_id, "inbound-service", "Mina", all_answers(identity=value))
        )
    draft = workspace.apply(StartEvaluation(call_id, "inbound-service", "Mina"))
    for answer in all_answers():
        workspace.apply(SetAnswer(draft, answer))
    with workspace.read() as db:
        (call,) = list_calls(db)
    assert (call.score, call.failed) == (0.0, True)
    workspace.apply(FinishEvaluation(draft))
    with workspace.read() as db:
        (call,) = list_calls(db)
    assert (call.score, call.failed) == (100.0, False)


def test_a_call_that_was_only_imported_has_no_figures(workspace: Workspace) -> None:
    import_call(workspace, caller="555-0101")
    with workspace.read() as db:
        (call,) = list_calls(db)
    assert (call.status, call.sentiment, call.score, call.scorecard) == ("imported", None, None, "")
    assert call.customer == "555-0101"


def test_a_failed_call_tells_its_problem_and_stays_to_be_processed(workspace: Workspace) -> None:
    failed, done, new = (import_call(workspace, f"R-{i}") for i in range(3))
    workspace.write(lambda db: set_processing(db, failed, "failed", "no speech model"))
    process_call(workspace, done)
    with workspace.read() as db:
        assert call_summary(db, failed).problem == "no speech model"
        assert unprocessed_calls(db) == [failed, new]


def test_the_newest_calls_come_first(workspace: Workspace) -> None:
    for reference, started_at in (("a", "2026-01-01"), ("b", "2026-03-01"), ("c", "")):
        import_call(workspace, reference, started_at=started_at)
    assert references(workspace, CallFilter()) == ["b", "a", "c"]


def test_each_field_of_the_filter_narrows_the_list(workspace: Workspace) -> None:
    workspace.apply(ImportCalls((ImportedCall(FULL, a_recording()),)))
    other = import_call(workspace, "R-2", agent="Lee", started_at="2026-04-01", queue="sales")
    process_call(workspace, other)
    workspace.apply(SaveScoredEvaluation(other, "inbound-service", "Mina", all_answers()))
    first, second = ["R-1"], ["R-2"]
    for wanted, expected in (
        (CallFilter(agent="Lee"), second),
        (CallFilter(team="blue"), first),
        (CallFilter(queue="returns"), first),
        (CallFilter(outcome="refund"), first),
        (CallFilter(status="processed"), second),
        (CallFilter(status="imported"), first),
        (CallFilter(scored=True), second),
        (CallFilter(scored=False), first),
        (CallFilter(started_from="2026-03-15"), second),
        (CallFilter(started_to="2026-03-15"), first),
        (CallFilter(text="김민"), first),
        (CallFilter(text="RETURNS"), first),
        (CallFilter(text="%"), []),
        (CallFilter(agent="Lee", queue="returns"), []),
        (CallFilter(text="r-"), ["R-2", "R-1"]),
    ):
        assert references(workspace, wanted) == expected, wanted


def test_a_call_is_found_by_reference_before_id(workspace: Workspace) -> None:
    first = import_call(workspace, "2")
    second = import_call(workspace, "R-2")
    with workspace.read() as db:
        assert find_call(db, "2") == first
        assert find_call(db, str(first)) == first
        assert find_call(db, "R-2") == second
        for unknown in ("nobody", "", "999", "9" * 30, "٣", "R-2 "):
            with pytest.raises(UserError, match="no call"):
                find_call(db, unknown)


def test_a_call_that_is_gone_is_a_message_and_no_crash(workspace: Workspace) -> None:
    with workspace.read() as db:
        for query in (load_metadata, load_recording, call_summary):
            with pytest.raises(UserError, match="no call"):
                query(db, 5)


def test_the_list_fills_the_fields_of_a_summary_in_their_order() -> None:
    assert list(_SUMMARY_COLUMNS) == [field.name for field in fields(CallSummary)]
