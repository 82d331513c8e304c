"""Undo and redo of what users do."""

from pathlib import Path

import pytest

from callreview.domain.call import CallMetadata
from callreview.domain.changes import HISTORY, Changed
from callreview.domain.errors import UserError
from callreview.storage.calls import list_calls, load_metadata
from callreview.storage.comments import list_comments
from callreview.storage.evaluations import load_evaluation
from callreview.storage.integrity import verify
from callreview.storage.keyword_lists import StoredKeywordList, load_keyword_lists
from callreview.storage.operations.answers import ClearAnswer, SetAnswer
from callreview.storage.operations.calls import (
    DeleteCalls,
    EditCallMetadata,
    ImportCalls,
    ImportedCall,
)
from callreview.storage.operations.comments import AddComment, DeleteComment, EditComment
from callreview.storage.operations.evaluations import (
    DeleteEvaluation,
    FinishEvaluation,
    ReopenEvaluation,
    SaveScoredEvaluation,
    StartEvaluation,
)
from callreview.storage.operations.keyword_lists import SaveKeywordLists
from callreview.storage.operations.roles import AssignRoles
from callreview.storage.transcripts import load_analysis, load_transcript
from callreview.storage.workspace import Workspace
from tests.unit.storage.examples import (
    a_recording,
    a_transcript,
    all_answers,
    an_analysis,
    an_answer,
    dump,
    import_call,
    process_call,
)


def add_comment(workspace: Workspace, call_id: int, text: str = "well said") -> int:
    return workspace.apply(AddComment(call_id, 1.0, 2.0, text, "Mina"))


def index_problems(workspace: Workspace) -> list[str]:
    """What verify finds, apart from the audio that these tests do not make."""
    return [problem for problem in verify(workspace) if not problem.startswith("R-")]


def test_undo_takes_back_the_newest_action_and_redo_brings_it_back(workspace: Workspace) -> None:
    call_id = import_call(workspace)
    before = dump(workspace)
    add_comment(workspace, call_id)
    after = dump(workspace)
    assert workspace.undo() == "Add a comment"
    assert dump(workspace) == before
    assert workspace.redo() == "Add a comment"
    assert dump(workspace) == after


def test_the_history_survives_a_restart(tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as first:
        call_id = import_call(first)
        add_comment(first, call_id)
        before = dump(first)
        comment_id = add_comment(first, call_id, "second")
        first.apply(EditComment(comment_id, 3.0, 4.0, "changed"))
        edited = dump(first)
        first.undo()
    with Workspace.open(tmp_path) as second:
        assert (second.undo_label(), second.redo_label()) == ("Add a comment", "Edit a comment")
        second.undo()
        assert dump(second) == before
    with Workspace.open(tmp_path) as third:
        third.redo()
        third.redo()
        assert dump(third) == edited


def test_a_new_action_empties_what_could_be_redone(workspace: Workspace) -> None:
    call_id = import_call(workspace)
    add_comment(workspace, call_id)
    workspace.undo()
    add_comment(workspace, call_id, "another")
    assert workspace.redo_label() == ""
    with pytest.raises(UserError, match="nothing to redo"):
        workspace.redo()


def test_undo_in_an_empty_workspace_says_that_there_is_nothing(workspace: Workspace) -> None:
    assert workspace.undo_label() == ""
    with pytest.raises(UserError, match="nothing to undo"):
        workspace.undo()


def test_an_action_that_fails_leaves_no_trace(workspace: Workspace) -> None:
    call_id = import_call(workspace)
    workspace.undo()
    workspace.redo()
    before = dump(workspace), workspace.undo_label(), workspace.redo_label()
    with pytest.raises(UserError, match="does not exist"):
        add_comment(workspace, call_id + 1)
    assert (dump(workspace), workspace.undo_label(), workspace.redo_label()) == before


def test_an_action_that_fails_keeps_what_can_be_redone(workspace: Workspace) -> None:
    import_call(workspace)
    workspace.undo()
    with pytest.raises(UserError):
        add_comment(workspace, 99)
    assert workspace.redo_label() == "Import calls"


def test_undoing_an_import_after_processing_takes_all_along(workspace: Workspace) -> None:
    empty = dump(workspace)
    call_id = import_call(workspace)
    process_call(workspace, call_id)
    process_call(workspace, call_id, a_transcript(["a second version"]))
    workspace.undo()
    assert dump(workspace) == empty
    assert index_problems(workspace) == []


def test_an_id_is_never_used_twice(workspace: Workspace) -> None:
    first = import_call(workspace, "R-1")
    workspace.undo()
    assert import_call(workspace, "R-2") != first


def test_redo_of_an_import_brings_its_transcripts_back_under_their_ids(
    workspace: Workspace,
) -> None:
    call_id = import_call(workspace)
    process_call(workspace, call_id)
    processed = dump(workspace)
    workspace.undo()
    workspace.redo()
    assert dump(workspace) == processed
    assert index_problems(workspace) == []
    with workspace.read() as db:
        transcript = load_transcript(db, call_id)
    assert transcript == a_transcript()


def test_an_import_can_be_undone_again_after_redo_and_another_processing(
    workspace: Workspace,
) -> None:
    empty = dump(workspace)
    call_id = import_call(workspace)
    process_call(workspace, call_id)
    workspace.undo()
    workspace.redo()
    process_call(workspace, call_id, a_transcript(["heard anew"]))
    reprocessed = dump(workspace)
    workspace.undo()
    assert dump(workspace) == empty
    workspace.redo()
    assert dump(workspace) == reprocessed


def test_a_deleted_call_comes_back_with_everything_that_hung_on_it(workspace: Workspace) -> None:
    call_id = import_call(workspace)
    process_call(workspace, call_id)
    add_comment(workspace, call_id, "환불 comment")
    workspace.apply(
        SaveScoredEvaluation(
            call_id, "inbound-service", "Mina", (an_answer(note="환불"),), finish=False
        )
    )
    whole = dump(workspace)
    workspace.apply(DeleteCalls((call_id,)))
    assert all(not rows for table, rows in dump(workspace).items() if table != "scorecard")
    assert index_problems(workspace) == []
    workspace.undo()
    assert dump(workspace) == whole
    assert index_problems(workspace) == []


def test_undo_is_refused_when_the_row_has_moved_on_and_names_it(workspace: Workspace) -> None:
    call_id = import_call(workspace, "R-7")
    add_comment(workspace, call_id)
    workspace.write(lambda db: db.execute("UPDATE comment SET text = 'changed elsewhere'"))
    before = dump(workspace)
    with pytest.raises(UserError, match=r"“Add a comment” .* the comment \(R-7\) has changed"):
        workspace.undo()
    assert dump(workspace) == before
    assert workspace.undo_label() == "Add a comment"


def test_undo_of_an_answer_is_refused_when_its_evidence_has_moved_on(workspace: Workspace) -> None:
    call_id = import_call(workspace, "R-8")
    evaluation_id = workspace.apply(StartEvaluation(call_id, "inbound-service", "Mina"))
    workspace.apply(SetAnswer(evaluation_id, an_answer()))
    workspace.write(lambda db: db.execute("UPDATE evidence SET quote = 'other words'"))
    with pytest.raises(UserError, match=r"the evidence \(R-8\) has changed since"):
        workspace.undo()


def test_undo_of_a_deletion_is_refused_when_the_reference_was_taken(workspace: Workspace) -> None:
    call_id = import_call(workspace, "R-9")
    workspace.apply(DeleteCalls((call_id,)))
    workspace.write(
        lambda db: db.execute(
            "INSERT INTO call SELECT 500, reference, agent, started_at, customer_id, caller, "
            "direction, queue, campaign, source, outcome, team, language, csat, hold_s, "
            "agent_channel, extra FROM (SELECT 'R-9' AS reference, '' AS agent, '' AS started_at, "
            "'' AS customer_id, '' AS caller, '' AS direction, '' AS queue, '' AS campaign, "
            "'' AS source, '' AS outcome, '' AS team, '' AS language, NULL AS csat, "
            "NULL AS hold_s, NULL AS agent_channel, '{}' AS extra)"
        )
    )
    with pytest.raises(UserError, match=r"the call \(R-9\) has changed since"):
        workspace.undo()


def test_importing_a_known_reference_updates_it_and_undo_restores_what_was_known(
    workspace: Workspace,
) -> None:
    call_id = import_call(workspace, "R-1", agent="Kim")
    before = dump(workspace)
    again = workspace.apply(ImportCalls((ImportedCall(CallMetadata("R-1", agent="Lee"), None),)))
    assert (again[0].call_id, again[0].created) == (call_id, False)
    with workspace.read() as db:
        assert load_metadata(db, call_id).agent == "Lee"
    workspace.undo()
    assert dump(workspace) == before


def test_a_replaced_recording_is_to_be_processed_again_and_undo_restores_its_transcript(
    workspace: Workspace,
) -> None:
    call_id = import_call(workspace)
    process_call(workspace, call_id)
    workspace.apply(ImportCalls((ImportedCall(CallMetadata("R-1"), a_recording("bb")),)))
    with workspace.read() as db:
        assert list_calls(db)[0].status == "imported"
        assert load_transcript(db, call_id) is None
    process_call(workspace, call_id, a_transcript(["the other sound"]))
    workspace.undo()
    with workspace.read() as db:
        assert list_calls(db)[0].status == "processed"
        assert load_transcript(db, call_id) == a_transcript()


def test_a_new_call_without_a_recording_is_refused(workspace: Workspace) -> None:
    with pytest.raises(UserError, match=r"R-5.*no recording"):
        workspace.apply(ImportCalls((ImportedCall(CallMetadata("R-5"), None),)))


def test_a_reference_of_another_call_is_refused(workspace: Workspace) -> None:
    first = import_call(workspace, "R-1")
    import_call(workspace, "R-2")
    with pytest.raises(UserError, match="R-2"):
        workspace.apply(EditCallMetadata(first, CallMetadata("R-2")))
    workspace.apply(EditCallMetadata(first, CallMetadata("R-3", extra={"Tariff": "gold"})))
    with workspace.read() as db:
        assert load_metadata(db, first) == CallMetadata("R-3", extra={"Tariff": "gold"})


def test_assigned_roles_show_in_turns_and_stay_when_the_call_is_processed_again(
    workspace: Workspace,
) -> None:
    call_id = import_call(workspace)
    process_call(workspace, call_id)
    before = dump(workspace)
    swapped = AssignRoles(call_id, {"0": "customer", "1": "agent"}, an_analysis(4.0))
    workspace.apply(swapped)
    workspace.undo()
    assert dump(workspace) == before
    workspace.redo()
    process_call(workspace, call_id)
    with workspace.read() as db:
        transcript = load_transcript(db, call_id)
    assert transcript is not None
    assert [turn.role for turn in transcript.turns] == ["customer", "agent"]


def test_assigning_roles_replaces_what_was_counted_by_role(workspace: Workspace) -> None:
    call_id = import_call(workspace)
    process_call(workspace, call_id)
    workspace.apply(AssignRoles(call_id, {"0": "customer"}, an_analysis(4.0)))
    with workspace.read() as db:
        assert load_analysis(db, call_id) == an_analysis(4.0)
        assert list_calls(db)[0].sentiment == 4.0
    with pytest.raises(UserError, match="no speaker “9”"):
        workspace.apply(AssignRoles(call_id, {"9": "agent"}))


def test_comments_are_added_edited_and_deleted(workspace: Workspace) -> None:
    call_id = import_call(workspace)
    comment_id = add_comment(workspace, call_id)
    workspace.apply(EditComment(comment_id, 5.0, 4.0, "later"))
    with workspace.read() as db:
        (comment,) = list_comments(db, call_id)
    assert (comment.start_s, comment.end_s, comment.text) == (5.0, 5.0, "later")
    workspace.apply(DeleteComment(comment_id))
    with pytest.raises(UserError, match="does not exist"):
        workspace.apply(DeleteComment(comment_id))
    workspace.undo()
    with workspace.read() as db:
        assert list_comments(db, call_id) == [comment]


def test_keyword_lists_are_saved_as_one_action(workspace: Workspace) -> None:
    refund = StoredKeywordList("refund", "en", {"phrases": ["refund", "money back"]})
    korean = StoredKeywordList("refund", "ko", {"phrases": ["환불"]})
    anger = StoredKeywordList("anger", "en", {"phrases": ["ridiculous"]})
    workspace.apply(SaveKeywordLists((refund, korean)))
    first = dump(workspace)
    shorter = StoredKeywordList("refund", "en", {"phrases": ["refund"]})
    workspace.apply(SaveKeywordLists((anger, shorter)))
    with workspace.read() as db:
        assert load_keyword_lists(db) == [anger, shorter]
    workspace.undo()
    assert dump(workspace) == first


def test_an_evaluation_is_a_series_of_actions_that_can_all_be_undone(workspace: Workspace) -> None:
    call_id = import_call(workspace)
    states = [dump(workspace)]
    evaluation_id = workspace.apply(StartEvaluation(call_id, "inbound-service", "Mina"))
    for action in (
        SetAnswer(evaluation_id, an_answer("greeting", 1.0, "warm")),
        SetAnswer(evaluation_id, an_answer("identity", None)),
        SetAnswer(evaluation_id, an_answer("solved", 0.0)),
        SetAnswer(evaluation_id, an_answer("solved", 1.0)),
        ClearAnswer(evaluation_id, "greeting"),
        SetAnswer(evaluation_id, an_answer("greeting", 0.0)),
        FinishEvaluation(evaluation_id),
        ReopenEvaluation(evaluation_id),
        DeleteEvaluation(evaluation_id),
    ):
        states.append(dump(workspace))
        workspace.apply(action)
    for state in reversed(states):
        workspace.undo()
        assert dump(workspace) == state
    for state in states[1:]:
        workspace.redo()
        assert dump(workspace) == state


def test_listeners_hear_of_actions_undo_and_redo(workspace: Workspace) -> None:
    heard: list[Changed] = []
    workspace.subscribe(heard.append)
    call_id = import_call(workspace)
    workspace.apply(AddComment(call_id, 0.0, 1.0, "hm", "Mina"), "review")
    workspace.undo("menu")
    assert heard[1:] == [
        Changed(frozenset({"comments", HISTORY}), "review"),
        Changed(frozenset({"comments", HISTORY}), "menu"),
    ]


def test_a_finished_evaluation_refuses_answers_until_it_is_reopened(workspace: Workspace) -> None:
    call_id = import_call(workspace)
    evaluation_id = workspace.apply(
        SaveScoredEvaluation(call_id, "inbound-service", "Mina", all_answers())
    )
    with pytest.raises(UserError, match="finished"):
        workspace.apply(SetAnswer(evaluation_id, an_answer("solved", 0.0)))
    workspace.apply(ReopenEvaluation(evaluation_id))
    workspace.apply(SetAnswer(evaluation_id, an_answer("solved", 0.0)))
    with workspace.read() as db:
        assert load_evaluation(db, evaluation_id).status == "draft"
    with pytest.raises(UserError, match="not finished"):
        workspace.apply(ReopenEvaluation(evaluation_id))


def test_an_evaluation_with_open_questions_cannot_be_finished(workspace: Workspace) -> None:
    call_id = import_call(workspace)
    evaluation_id = workspace.apply(StartEvaluation(call_id, "inbound-service", "Mina"))
    workspace.apply(SetAnswer(evaluation_id, an_answer("greeting", 1.0)))
    workspace.apply(SetAnswer(evaluation_id, an_answer("identity", None)))
    before = dump(workspace)
    with pytest.raises(UserError, match="no answer yet: solved"):
        workspace.apply(FinishEvaluation(evaluation_id))
    with pytest.raises(UserError, match="no answer yet: identity, solved"):
        workspace.apply(SaveScoredEvaluation(call_id, "inbound-service", "Jo", (an_answer(),)))
    assert dump(workspace) == before
