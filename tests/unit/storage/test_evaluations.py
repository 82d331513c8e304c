"""Evaluations, scorecards and their scores in the workspace."""

from dataclasses import replace

import pytest

from callreview.domain.errors import UserError
from callreview.domain.evaluation import Answer, Evidence, score_evaluation
from callreview.storage.evaluations import list_evaluations, load_evaluation
from callreview.storage.operations.answers import ClearAnswer, SetAnswer
from callreview.storage.operations.evaluations import SaveScoredEvaluation, StartEvaluation
from callreview.storage.scorecards import (
    install_scorecards,
    latest_scorecard,
    list_scorecards,
)
from callreview.storage.workspace import Workspace
from tests.unit.storage.examples import SERVICE, all_answers, an_answer, import_call


def start(workspace: Workspace) -> int:
    return workspace.apply(StartEvaluation(import_call(workspace), "inbound-service", "Mina"))


def stored_scores(workspace: Workspace) -> list[tuple[object, ...]]:
    with workspace.read() as db:
        return db.execute(
            "SELECT raw, final, critical, form_failed, fail_causes FROM evaluation"
        ).fetchall()


def test_answers_come_back_with_note_and_evidence(workspace: Workspace) -> None:
    evaluation_id = start(workspace)
    answers = (
        Answer("greeting", 1.0, "warm", (Evidence(1.0, 2.0, "hello"), Evidence(3.0, 4.0, "hi"))),
        Answer("identity", None),
        Answer("solved", None, "to be heard again", answered=False),
    )
    for answer in answers:
        workspace.apply(SetAnswer(evaluation_id, answer))
    with workspace.read() as db:
        evaluation = load_evaluation(db, evaluation_id)
    assert (evaluation.answers, evaluation.scorecard) == (answers, SERVICE)
    assert evaluation.score == score_evaluation(SERVICE, answers)
    assert evaluation.score.unanswered == ("solved",)


def test_changing_an_answer_replaces_value_note_and_evidence(workspace: Workspace) -> None:
    evaluation_id = start(workspace)
    pieces = (Evidence(1.0, 2.0, "a"), Evidence(3.0, 4.0, "b"), Evidence(5.0, 6.0, "c"))
    workspace.apply(SetAnswer(evaluation_id, Answer("greeting", 1.0, "old", pieces)))
    changed = Answer("greeting", 0.0, "new", (Evidence(7.0, 8.0, "d"),))
    workspace.apply(SetAnswer(evaluation_id, changed))
    with workspace.read() as db:
        assert load_evaluation(db, evaluation_id).answers == (changed,)


def test_the_stored_score_follows_every_answer(workspace: Workspace) -> None:
    evaluation_id = start(workspace)
    assert stored_scores(workspace) == [(None, None, None, 0, "[]")]
    workspace.apply(SetAnswer(evaluation_id, an_answer("greeting", 1.0)))
    assert stored_scores(workspace) == [(100.0, 100.0, None, 0, "[]")]
    workspace.apply(SetAnswer(evaluation_id, an_answer("identity", 0.0)))
    assert stored_scores(workspace) == [(50.0, 0.0, None, 1, '["identity"]')]
    workspace.apply(ClearAnswer(evaluation_id, "identity"))
    assert stored_scores(workspace) == [(100.0, 100.0, None, 0, "[]")]
    workspace.apply(ClearAnswer(evaluation_id, "identity"))
    assert stored_scores(workspace) == [(100.0, 100.0, None, 0, "[]")]


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (Answer("politeness", 1.0), "no question “politeness”.*greeting, identity, solved"),
        (Answer("solved", None), "“solved” always applies"),
        (Answer("greeting", 0.5), "no answer worth 0.5; choose one of 0, 1"),
        (Answer("greeting", 7.0), "no answer worth 7.0"),
    ],
)
def test_an_answer_that_the_form_does_not_allow_is_refused(
    workspace: Workspace, answer: Answer, message: str
) -> None:
    evaluation_id = start(workspace)
    with pytest.raises(UserError, match=message):
        workspace.apply(SetAnswer(evaluation_id, answer))
    with pytest.raises(UserError, match=message):
        workspace.apply(SaveScoredEvaluation(1, "inbound-service", "Lee", (an_answer(), answer)))
    with workspace.read() as db:
        assert [e.answers for e in list_evaluations(db)] == [()]


def test_evaluations_are_listed_by_call_agent_reviewer_and_status(workspace: Workspace) -> None:
    kim = import_call(workspace, "R-1", agent="Kim")
    lee = import_call(workspace, "R-2", agent="Lee")
    card = "inbound-service"
    first = workspace.apply(SaveScoredEvaluation(kim, card, "Mina", all_answers()))
    second = workspace.apply(SaveScoredEvaluation(kim, card, "Jo", all_answers()))
    draft = workspace.apply(SaveScoredEvaluation(lee, card, "Jo", (), finish=False))
    with workspace.read() as db:

        def ids(**chosen: object) -> list[int]:
            return [evaluation.id for evaluation in list_evaluations(db, **chosen)]

        assert ids() == [draft, second, first]
        assert ids(call_id=kim) == [second, first]
        assert ids(agent="Lee") == [draft]
        assert ids(reviewer="Jo", status="final") == [second]
        assert ids(call_id=99) == []


def test_an_unknown_evaluation_call_or_scorecard_is_a_message(workspace: Workspace) -> None:
    call_id = import_call(workspace)
    with workspace.read() as db, pytest.raises(UserError, match="does not exist"):
        load_evaluation(db, 7)
    with pytest.raises(UserError, match=r"“sales”. There are: inbound-service\."):
        workspace.apply(StartEvaluation(call_id, "sales", "Mina"))
    with pytest.raises(UserError, match="does not exist"):
        workspace.apply(StartEvaluation(call_id + 1, "inbound-service", "Mina"))


def test_an_evaluation_keeps_the_version_it_was_started_with(workspace: Workspace) -> None:
    evaluation_id = start(workspace)
    second = replace(SERVICE, version=2, mode="normalised")
    workspace.write(lambda db: install_scorecards(db, [SERVICE, second]))
    with workspace.read() as db:
        assert latest_scorecard(db, "inbound-service") == second
        assert list_scorecards(db) == [second]
        assert load_evaluation(db, evaluation_id).scorecard == SERVICE


def test_a_published_version_never_changes(workspace: Workspace) -> None:
    changed = replace(SERVICE, mode="normalised")
    with pytest.raises(UserError, match="new version number"):
        workspace.write(lambda db: install_scorecards(db, [changed]))
    with pytest.raises(Exception, match="never changes"):
        workspace.write(lambda db: db.execute("UPDATE scorecard SET version = 5"))
    with workspace.read() as db:
        assert list_scorecards(db) == [SERVICE]
