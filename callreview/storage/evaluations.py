"""Evaluations with their answers, evidence and score."""

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from callreview.config.language import _
from callreview.domain.errors import UserError
from callreview.domain.evaluation import (
    Answer,
    Evaluation,
    EvaluationStatus,
    Evidence,
    score_evaluation,
)
from callreview.storage.recorder import Value
from callreview.storage.scorecards import parse_scorecard

if TYPE_CHECKING:
    from sqlite_utils import Database


def load_evaluation(db: "Database", evaluation_id: int) -> Evaluation:
    """One evaluation; UserError when it is gone."""
    found = _load(db, "evaluation.id = ?", [evaluation_id])
    if not found:
        raise UserError(_("This evaluation does not exist any more."))
    return found[0]


def list_evaluations(
    db: "Database",
    *,
    call_id: int | None = None,
    agent: str | None = None,
    reviewer: str | None = None,
    status: EvaluationStatus | None = None,
) -> list[Evaluation]:
    """Evaluations of a call, of an agent's calls, by a reviewer; newest first, drafts first."""
    chosen = {
        "evaluation.call_id": call_id,
        "call.agent": agent,
        "evaluation.reviewer": reviewer,
        "evaluation.status": status,
    }
    conditions = [f"{column} = ?" for column, value in chosen.items() if value is not None]
    values: list[Value] = [value for value in chosen.values() if value is not None]
    return _load(db, " AND ".join(conditions) or "TRUE", values)


def _load(db: "Database", condition: str, values: Sequence[Value]) -> list[Evaluation]:
    rows = db.execute(
        "SELECT evaluation.id, evaluation.call_id, scorecard.body, reviewer, status, created_at, "
        "finished_at, roles_changed FROM evaluation JOIN call ON call.id = evaluation.call_id "
        f"JOIN scorecard ON scorecard.id = scorecard_id WHERE {condition} "
        "ORDER BY status, finished_at DESC, evaluation.id DESC",
        list(values),
    ).fetchall()
    answers = load_answers(db, [row[0] for row in rows])
    return [_evaluation(row, answers.get(row[0], ())) for row in rows]


def _evaluation(row: Sequence[Any], answers: tuple[Answer, ...]) -> Evaluation:
    evaluation_id, call_id, body, reviewer, status, created_at, finished_at, roles_changed = row
    card = parse_scorecard(body)
    return Evaluation(
        id=evaluation_id,
        call_id=call_id,
        scorecard=card,
        reviewer=reviewer,
        status=status,
        created_at=created_at,
        finished_at=finished_at,
        answers=answers,
        score=score_evaluation(card, answers),
        roles_changed=bool(roles_changed),
    )


def load_answers(db: "Database", evaluation_ids: Sequence[int]) -> dict[int, tuple[Answer, ...]]:
    """The answers of evaluations in the order they were first given."""
    marks = ", ".join("?" * len(evaluation_ids))
    evidence: defaultdict[int, list[Evidence]] = defaultdict(list)
    for answer_id, *rest in db.execute(
        "SELECT answer_id, start_s, end_s, quote FROM evidence JOIN answer ON answer.id = answer_id "
        f"WHERE evaluation_id IN ({marks}) ORDER BY answer_id, position",
        list(evaluation_ids),
    ):
        evidence[answer_id].append(Evidence(*rest))
    answers: defaultdict[int, list[Answer]] = defaultdict(list)
    for answer_id, evaluation_id, question, value, note, answered in db.execute(
        "SELECT id, evaluation_id, question, value, note, answered FROM answer "
        f"WHERE evaluation_id IN ({marks}) ORDER BY id",
        list(evaluation_ids),
    ):
        answers[evaluation_id].append(
            Answer(question, value, note, tuple(evidence.get(answer_id, ())), bool(answered))
        )
    return {evaluation_id: tuple(given) for evaluation_id, given in answers.items()}
