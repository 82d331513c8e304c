"""Putting the evaluations of an agent together into findings. Drafts never count."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from callreview.domain.evaluation import Answer, Evaluation
from callreview.domain.scorecard import Question, Scorecard, Section
from callreview.reports.coaching_data import CoachedCall, CoachingData
from callreview.reports.findings import (
    STRONG_PERCENT,
    FailedCall,
    Findings,
    Note,
    QuestionFinding,
    Quote,
    SectionFinding,
    section_key,
    verdict,
)


@dataclass(frozen=True)
class _Answered:
    """An answer where it was given."""

    reference: str
    evaluation: Evaluation
    section: Section
    question: Question
    answer: Answer


def find(data: CoachingData) -> Findings:
    """Put the finished evaluations of the calls together, in order of the calls' dates."""
    reviewed = tuple(call for call in in_order(data.calls) if _finished(call))
    evaluations = list(_evaluations(reviewed))
    questions = list(_questions(reviewed))
    failing = {section_key(q.scorecard, q.section) for q in questions if q.failed}
    return Findings(
        reviewed=reviewed,
        scores=tuple(e.score.final for e in evaluations if e.score.final is not None),
        sections=tuple(_sections(evaluations, failing)),
        questions=tuple(questions),
        strengths=tuple(_strengths(questions)),
        work_on=tuple(_work_on(questions)),
        failed=tuple(_failed(reviewed)),
        reviewers=tuple(dict.fromkeys(e.reviewer for e in evaluations if e.reviewer)),
        scorecards=tuple(
            {(e.scorecard.name, e.scorecard.version): e.scorecard for e in evaluations}.values()
        ),
        comments=tuple(
            (call.summary.reference, comment)
            for call in in_order(data.calls)
            for comment in sorted(call.comments, key=lambda comment: comment.start_s)
        ),
    )


def in_order(calls: Iterable[CoachedCall]) -> list[CoachedCall]:
    """The calls in order of their dates; those without a date come first."""
    return sorted(calls, key=lambda call: (call.summary.started_at, call.summary.id))


def _finished(call: CoachedCall) -> bool:
    return call.evaluation is not None and call.evaluation.status == "final"


def _evaluations(calls: Iterable[CoachedCall]) -> Iterator[Evaluation]:
    for call in calls:
        if call.evaluation is not None:
            yield call.evaluation


def _sections(
    evaluations: Sequence[Evaluation], failing: set[tuple[str, str]]
) -> Iterator[SectionFinding]:
    scores: dict[tuple[str, str], list[float]] = {}
    shown: dict[tuple[str, str], tuple[Scorecard, Section]] = {}
    for evaluation in evaluations:
        by_key = {score.key: score.raw for score in evaluation.score.sections}
        for section in evaluation.scorecard.sections:
            key = section_key(evaluation.scorecard, section)
            raw = by_key.get(section.key)
            if raw is not None:
                scores.setdefault(key, []).append(raw)
                shown[key] = evaluation.scorecard, section
    for key, found in scores.items():
        yield SectionFinding(*shown[key], fmean(found), len(found), key in failing)


def _questions(calls: Iterable[CoachedCall]) -> Iterator[QuestionFinding]:
    groups: dict[tuple[str, str], list[_Answered]] = {}
    for call in calls:
        for item in _answered(call):
            key = item.evaluation.scorecard.name, item.question.key
            groups.setdefault(key, []).append(item)
    return (_question(items) for items in groups.values())


def _answered(call: CoachedCall) -> Iterator[_Answered]:
    evaluation = call.evaluation
    if evaluation is None:
        return
    answers = {answer.question: answer for answer in evaluation.answers}
    for section in evaluation.scorecard.sections:
        for question in section.questions:
            answer = answers.get(question.key)
            if answer is not None and answer.value is not None:
                yield _Answered(call.summary.reference, evaluation, section, question, answer)


def _question(items: Sequence[_Answered]) -> QuestionFinding:
    newest = items[-1]
    percent = 100.0 * fmean(_value(item) for item in items)
    failed = tuple(
        item.reference for item in items if item.question.key in item.evaluation.score.fail_causes
    )
    proof = _met(items) if verdict(percent) == "strength" and not failed else _unmet(items)
    return QuestionFinding(
        scorecard=newest.evaluation.scorecard,
        section=newest.section,
        question=newest.question,
        percent=percent,
        calls=len(items),
        lost=sum(item.question.weight * (1.0 - _value(item)) for item in items),
        failed=failed,
        quotes=tuple(_quotes(proof)),
        notes=tuple(
            Note(item.reference, item.evaluation.reviewer, item.answer.note.strip())
            for item in proof
            if item.answer.note.strip()
        ),
    )


def _value(item: _Answered) -> float:
    return item.answer.value or 0.0


def _met(items: Sequence[_Answered]) -> list[_Answered]:
    return [item for item in items if 100.0 * _value(item) >= STRONG_PERCENT]


def _unmet(items: Sequence[_Answered]) -> list[_Answered]:
    return [item for item in items if 100.0 * _value(item) < STRONG_PERCENT]


def _quotes(items: Iterable[_Answered]) -> Iterator[Quote]:
    for item in items:
        for piece in item.answer.evidence:
            yield Quote(item.reference, piece.start_s, piece.end_s, piece.quote.strip())


def _strengths(questions: Iterable[QuestionFinding]) -> list[QuestionFinding]:
    strong = [q for q in questions if verdict(q.percent) == "strength" and not q.failed]
    # What can be shown to the agent comes first, then what weighs most.
    return sorted(strong, key=lambda q: (not q.quotes, -q.question.weight * q.calls))


def _work_on(questions: Iterable[QuestionFinding]) -> list[QuestionFinding]:
    weak = [q for q in questions if verdict(q.percent) == "work" or q.failed]
    weak = [q for q in weak if not q.question.bonus]
    return sorted(weak, key=lambda q: (not q.failed, -q.lost))


def _failed(calls: Iterable[CoachedCall]) -> Iterator[FailedCall]:
    for call in calls:
        evaluation = call.evaluation
        if evaluation is not None and evaluation.score.fail_causes:
            score = evaluation.score
            causes = tuple(evaluation.scorecard.question(key) for key in score.fail_causes)
            yield FailedCall(call.summary.reference, score.form_failed, score.raw, causes)
