"""Answers of an evaluation: rows, evidence and the score that follows from them."""

import math
from dataclasses import dataclass
from typing import ClassVar

from callreview.config.language import _
from callreview.domain.changes import CALLS, EVALUATIONS
from callreview.domain.errors import UserError
from callreview.domain.evaluation import Answer, score_evaluation
from callreview.domain.scorecard import Question, Scorecard
from callreview.storage.evaluations import load_answers
from callreview.storage.operations.action import Action
from callreview.storage.recorder import Recorder, Row
from callreview.storage.scorecards import parse_scorecard
from callreview.storage.serialise import to_json

EVALUATION_TOPICS = frozenset({CALLS, EVALUATIONS})


@dataclass(frozen=True)
class SetAnswer(Action):
    """Answer a question of a draft, or change its answer, note and evidence."""

    evaluation_id: int
    answer: Answer
    name: ClassVar[str] = "set_answer"
    topics: ClassVar[frozenset[str]] = EVALUATION_TOPICS

    def run(self, recorder: Recorder) -> None:
        """Write the answer and the score; UserError when the form does not allow it."""
        require_draft(recorder, self.evaluation_id)
        put_answer(recorder, self.evaluation_id, self.answer)
        rescore(recorder, self.evaluation_id)


@dataclass(frozen=True)
class ClearAnswer(Action):
    """Take the answer to a question of a draft away, with its note and evidence."""

    evaluation_id: int
    question: str
    name: ClassVar[str] = "clear_answer"
    topics: ClassVar[frozenset[str]] = EVALUATION_TOPICS

    def run(self, recorder: Recorder) -> None:
        """Remove the answer, if there is one, and write the score."""
        require_draft(recorder, self.evaluation_id)
        answer = _answer_row(recorder, self.evaluation_id, self.question)
        if answer is not None:
            recorder.delete("answer", {"id": answer["id"]})
            rescore(recorder, self.evaluation_id)


def require_evaluation(recorder: Recorder, evaluation_id: int) -> Row:
    """The row of an evaluation; UserError when it is gone."""
    row = recorder.row("evaluation", {"id": evaluation_id})
    if row is None:
        raise UserError(_("This evaluation does not exist any more."))
    return row


def require_draft(recorder: Recorder, evaluation_id: int) -> Row:
    """The row of a draft; UserError when it is finished or gone."""
    row = require_evaluation(recorder, evaluation_id)
    if row["status"] != "draft":
        raise UserError(_("This evaluation is finished. Reopen it to change an answer."))
    return row


def put_answer(recorder: Recorder, evaluation_id: int, answer: Answer) -> None:
    """Write one answer with its evidence; UserError when the form does not allow it."""
    _check(_scorecard(recorder, evaluation_id), answer)
    columns: Row = {
        "value": answer.value,
        "note": answer.note,
        "answered": int(answer.answered),
    }
    row = _answer_row(recorder, evaluation_id, answer.question)
    if row is None:
        key: Row = {"evaluation_id": evaluation_id, "question": answer.question}
        answer_id = recorder.insert("answer", {**key, **columns})
    else:
        answer_id = int(row["id"] or 0)
        recorder.update("answer", {"id": answer_id}, columns)
    _put_evidence(recorder, answer_id, answer)


def rescore(recorder: Recorder, evaluation_id: int) -> None:
    """Write the score that the present answers give."""
    card = _scorecard(recorder, evaluation_id)
    answers = load_answers(recorder.db, [evaluation_id]).get(evaluation_id, ())
    score = score_evaluation(card, answers)
    recorder.update(
        "evaluation",
        {"id": evaluation_id},
        {
            "raw": score.raw,
            "final": score.final,
            "critical": score.critical,
            "form_failed": int(score.form_failed),
            "fail_causes": to_json(score.fail_causes),
        },
    )


def _scorecard(recorder: Recorder, evaluation_id: int) -> Scorecard:
    (body,) = recorder.db.execute(
        "SELECT body FROM scorecard JOIN evaluation ON scorecard.id = scorecard_id "
        "WHERE evaluation.id = ?",
        [evaluation_id],
    ).fetchone()
    return parse_scorecard(body)


def _answer_row(recorder: Recorder, evaluation_id: int, question: str) -> Row | None:
    return recorder.row("answer", {"evaluation_id": evaluation_id, "question": question})


def _put_evidence(recorder: Recorder, answer_id: int, answer: Answer) -> None:
    (stored,) = recorder.db.execute(
        "SELECT count(*) FROM evidence WHERE answer_id = ?", [answer_id]
    ).fetchone()
    for position, piece in enumerate(answer.evidence):
        key = {"answer_id": answer_id, "position": position}
        if position < stored:
            recorder.update("evidence", key, vars(piece))
        else:
            recorder.insert("evidence", {**key, **vars(piece)})
    for position in range(len(answer.evidence), stored):
        recorder.delete("evidence", {"answer_id": answer_id, "position": position})


def _check(card: Scorecard, answer: Answer) -> None:
    try:
        question = card.question(answer.question)
    except KeyError:
        raise UserError(
            _("The scorecard “{name}” has no question “{question}”. It has: {known}.").format(
                name=card.name,
                question=answer.question,
                known=", ".join(q.key for q in card.questions),
            )
        ) from None
    if answer.value is not None:
        _check_value(question, answer.value)
    elif answer.answered:
        _check_na(question)


def _check_na(question: Question) -> None:
    if not question.allows_na:
        raise UserError(
            _("The question “{question}” always applies: it cannot be answered N/A.").format(
                question=question.key
            )
        )


def _check_value(question: Question, value: float) -> None:
    allowed = [option.value for option in question.options]
    if any(math.isclose(value, known, abs_tol=1e-6) for known in allowed):
        return
    if allowed or not 0.0 <= value <= 1.0:
        raise UserError(
            _(
                "The question “{question}” has no answer worth {value}; choose one of {allowed}."
            ).format(
                question=question.key,
                value=value,
                allowed=", ".join(f"{known:g}" for known in allowed) or "0 … 1",
            )
        )
