"""Filling in a scorecard for a call, one action at a time."""

from dataclasses import replace

from callreview.domain.evaluation import Answer, Evidence
from callreview.storage import evaluations
from callreview.storage.operations.answers import ClearAnswer, SetAnswer
from callreview.storage.operations.evaluations import (
    DeleteEvaluation,
    FinishEvaluation,
    ReopenEvaluation,
    StartEvaluation,
)
from callreview.storage.operations.roles import CheckEvaluation
from callreview.storage.workspace import Workspace


def start_evaluation(workspace: Workspace, call_id: int, scorecard: str, reviewer: str) -> int:
    """Begin a draft with the newest version of a scorecard; return its id."""
    return workspace.apply(StartEvaluation(call_id, scorecard, reviewer))


def answer_question(
    workspace: Workspace, evaluation_id: int, question: str, value: float | None
) -> None:
    """Answer a question with a value 0..1, or None for "not applicable"."""
    answer = _answer(workspace, evaluation_id, question)
    _set(workspace, evaluation_id, replace(answer, value=value, answered=True))


def clear_answer(workspace: Workspace, evaluation_id: int, question: str) -> None:
    """Take an answer back; its note and evidence stay."""
    answer = _answer(workspace, evaluation_id, question)
    _set(workspace, evaluation_id, replace(answer, value=None, answered=False))


def note_answer(workspace: Workspace, evaluation_id: int, question: str, note: str) -> None:
    """Write the note of a question."""
    answer = _answer(workspace, evaluation_id, question)
    _set(workspace, evaluation_id, replace(answer, note=note))


def add_evidence(
    workspace: Workspace, evaluation_id: int, question: str, evidence: Evidence
) -> None:
    """Support an answer with a piece of the call; the same piece is not added twice."""
    answer = _answer(workspace, evaluation_id, question)
    if evidence not in answer.evidence:
        _set(workspace, evaluation_id, replace(answer, evidence=(*answer.evidence, evidence)))


def remove_evidence(
    workspace: Workspace, evaluation_id: int, question: str, evidence: Evidence
) -> None:
    """Take a piece of evidence away."""
    answer = _answer(workspace, evaluation_id, question)
    kept = tuple(piece for piece in answer.evidence if piece != evidence)
    _set(workspace, evaluation_id, replace(answer, evidence=kept))


def finish_evaluation(workspace: Workspace, evaluation_id: int) -> None:
    """Make a draft final; UserError while a question has no answer."""
    workspace.apply(FinishEvaluation(evaluation_id))


def reopen_evaluation(workspace: Workspace, evaluation_id: int) -> None:
    """Make a finished evaluation a draft again."""
    workspace.apply(ReopenEvaluation(evaluation_id))


def check_evaluation(workspace: Workspace, evaluation_id: int) -> None:
    """Say that an evaluation still holds after speakers of its call got other roles."""
    workspace.apply(CheckEvaluation(evaluation_id))


def delete_evaluation(workspace: Workspace, evaluation_id: int) -> None:
    """Delete an evaluation with its answers and evidence."""
    workspace.apply(DeleteEvaluation(evaluation_id))


def _answer(workspace: Workspace, evaluation_id: int, question: str) -> Answer:
    """The answer as it stands, or one that holds nothing yet."""
    with workspace.read() as db:
        given = evaluations.load_evaluation(db, evaluation_id).answers
    nothing = Answer(question, None, answered=False)
    return next((answer for answer in given if answer.question == question), nothing)


def _set(workspace: Workspace, evaluation_id: int, answer: Answer) -> None:
    if answer == Answer(answer.question, None, answered=False):
        workspace.apply(ClearAnswer(evaluation_id, answer.question))
    else:
        workspace.apply(SetAnswer(evaluation_id, answer))
