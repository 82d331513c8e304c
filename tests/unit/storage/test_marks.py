"""Comments and evidence after a call was transcribed again."""

import pytest

from callreview.domain.evaluation import Answer, Evidence
from callreview.services import browse, marks, versions
from callreview.storage.comments import list_comments
from callreview.storage.evaluations import list_evaluations
from callreview.storage.operations.answers import SetAnswer
from callreview.storage.operations.comments import AddComment
from callreview.storage.operations.evaluations import StartEvaluation
from callreview.storage.transcripts import load_transcript
from callreview.storage.workspace import Workspace
from tests.unit.storage.examples import a_transcript, import_call, process_call

QUOTED = Evidence(4.0, 5.9, "I want my refund")


@pytest.fixture
def call_id(workspace: Workspace) -> int:
    """A call with a comment in its first turn and evidence in its second."""
    number = import_call(workspace)
    process_call(workspace, number)
    workspace.apply(AddComment(number, 0.2, 0.6, "nice", "Dana"))
    evaluation = workspace.apply(StartEvaluation(number, "inbound-service", "Dana"))
    workspace.apply(SetAnswer(evaluation, Answer("greeting", 1.0, "", (QUOTED,))))
    return number


def found(workspace: Workspace, call_id: int) -> marks.Marks:
    with workspace.read() as db:
        return marks.find_marks(
            db,
            call_id,
            load_transcript(db, call_id),
            list_comments(db, call_id),
            list_evaluations(db, call_id=call_id),
        )


def test_in_the_transcript_they_were_made_on_marks_stand_where_they_are(workspace, call_id):
    now = found(workspace, call_id)
    assert now.lost == ()
    anchor = now.anchors[QUOTED]
    assert anchor is not None
    assert (anchor.start_s, anchor.end_s, anchor.turns) == (4.0, 5.9, (1, 1))


def test_marks_whose_words_are_gone_are_listed_with_question_quote_and_time(workspace, call_id):
    process_call(workspace, call_id, a_transcript(["hello there", "nothing of that kind at all"]))
    now = found(workspace, call_id)
    assert now.lost == (
        marks.LostMark("evidence", "Greeting?", "I want my refund", QUOTED.start_s, QUOTED.end_s),
    )
    assert marks.lost_marks(workspace, call_id) == now.lost
    assert marks.describe(now.lost[0]) == "0:04 Greeting?: “I want my refund”"


def test_a_comment_is_lost_only_where_nothing_is_said_any_more(workspace, call_id):
    late = a_transcript(["hello", "I want my refund 환불을"]).turns[1]
    silent = a_transcript(["hello"])
    from dataclasses import replace

    process_call(workspace, call_id, replace(silent, turns=(late,)))
    (lost,) = found(workspace, call_id).lost
    assert (lost.kind, lost.about, lost.text) == ("comment", "Comment by Dana", "nice")


def test_a_comment_on_silence_is_never_lost(workspace, call_id):
    workspace.apply(AddComment(call_id, 50.0, 51.0, "long hold", "Dana"))
    process_call(workspace, call_id, a_transcript(["hello there", "I want my refund"]))
    assert found(workspace, call_id).lost == ()


def test_what_was_lost_stands_again_when_the_older_version_is_used(workspace, call_id):
    process_call(workspace, call_id, a_transcript(["hello there", "nothing of that kind at all"]))
    versions.use_version(workspace, call_id, 1)
    assert marks.lost_marks(workspace, call_id) == ()


def test_the_evaluation_itself_never_changes(workspace, call_id):
    with workspace.read() as db:
        before = list_evaluations(db, call_id=call_id)
    process_call(workspace, call_id, a_transcript(["quite", "different"]))
    with workspace.read() as db:
        assert list_evaluations(db, call_id=call_id) == before


def test_show_tells_which_evidence_is_anchored(workspace, call_id):
    def anchored() -> list[object]:
        shown = browse.show_call(workspace, str(call_id))
        evaluation = shown["evaluations"][0]  # type: ignore[index]
        return [e["anchored"] for a in evaluation["answers"] for e in a["evidence"]]

    assert anchored() == [True]
    process_call(workspace, call_id, a_transcript(["quite", "different"]))
    assert anchored() == [False]


def test_before_a_call_is_transcribed_nothing_is_lost(workspace):
    number = import_call(workspace, "R-2")
    workspace.apply(AddComment(number, 1.0, 2.0, "early", "Dana"))
    assert found(workspace, number) == marks.Marks()
