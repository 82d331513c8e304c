"""What the evaluations of an agent say together: averages, strengths, what to work on.

A section or question is a strength from 85 % of the possible points, and something to work on
under 70 % or when it failed a call. Drafts never count (docs/definitions.md, "Scorecard
arithmetic").
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Literal

from callreview.domain.annotation import Comment
from callreview.domain.evaluation import Answer, Evaluation
from callreview.domain.scorecard import Question, Scorecard, Section
from callreview.reports.coaching_data import ENOUGH_CALLS, CoachedCall, CoachingData

STRONG_PERCENT = 85.0
WEAK_PERCENT = 70.0

Verdict = Literal["strength", "work", "between", "failed"]


@dataclass(frozen=True)
class Quote:
    """What was said, as proof: the call's reference, the time in it (seconds), and the words."""

    reference: str
    start_s: float
    end_s: float
    text: str


@dataclass(frozen=True)
class Note:
    """What a reviewer wrote beside an answer."""

    reference: str
    reviewer: str
    text: str


@dataclass(frozen=True)
class SectionFinding:
    """A section over all evaluations: its mean score in percent and in how many calls it counted.

    The score is the one before auto-fails, which would blame a section for another one's fail;
    `failed` tells that a question of this very section failed a call.
    """

    scorecard: Scorecard
    section: Section
    percent: float
    calls: int
    failed: bool

    @property
    def verdict(self) -> Verdict:
        """What the section is for the agent."""
        return "failed" if self.failed else verdict(self.percent)


@dataclass(frozen=True)
class QuestionFinding:
    """A question over all evaluations.

    `percent` is the mean answer; `lost` the points it cost in all; `failed` the references of
    the calls that it failed.
    """

    scorecard: Scorecard
    section: Section
    question: Question
    percent: float
    calls: int
    lost: float
    failed: tuple[str, ...]
    quotes: tuple[Quote, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class FailedCall:
    """A call that auto-fail questions took points from, all (`form`) or those of their section.

    `raw` is the score without the fail, in percent.
    """

    reference: str
    form: bool
    raw: float | None
    causes: tuple[Question, ...]


@dataclass(frozen=True)
class Findings:
    """All that people found: scores in percent, and comments with their call's reference."""

    reviewed: tuple[CoachedCall, ...]
    scores: tuple[float, ...]
    sections: tuple[SectionFinding, ...]
    questions: tuple[QuestionFinding, ...]
    strengths: tuple[QuestionFinding, ...]
    work_on: tuple[QuestionFinding, ...]
    failed: tuple[FailedCall, ...]
    reviewers: tuple[str, ...]
    scorecards: tuple[Scorecard, ...]
    comments: tuple[tuple[str, Comment], ...]

    @property
    def mean(self) -> float | None:
        """The mean final score."""
        return fmean(self.scores) if self.scores else None

    @property
    def several_scorecards(self) -> bool:
        """Whether calls were scored with different forms."""
        return len({card.name for card in self.scorecards}) > 1

    @property
    def strengths_to_show(self) -> tuple[QuestionFinding, ...]:
        """Choose the strengths that have quotes, at most six."""
        return tuple(q for q in self.strengths if q.quotes)[:6]

    @property
    def other_strengths(self) -> tuple[QuestionFinding, ...]:
        """Choose the strengths that are only named."""
        return tuple(q for q in self.strengths if q not in self.strengths_to_show)

    def questions_of(self, section: SectionFinding) -> list[QuestionFinding]:
        """Choose the questions that explain a section: the weakest first, for a strength the best.

        At most three; none that was fully met explains a weakness.
        """
        own = [
            q
            for q in self.questions
            if _key(q.scorecard, q.section) == _key(section.scorecard, section.section)
        ]
        if section.verdict == "strength":
            return sorted(own, key=lambda q: -q.percent)[:2]
        return [q for q in sorted(own, key=lambda q: q.percent) if q.percent < 100][:3]

    @property
    def enough(self) -> bool:
        """Whether there are enough scores to speak of a trend or to compare."""
        return len(self.scores) >= ENOUGH_CALLS

    @property
    def change(self) -> float:
        """The later half's mean score minus the earlier half's."""
        half = len(self.scores) // 2
        return fmean(self.scores[-half:]) - fmean(self.scores[:half])


@dataclass(frozen=True)
class _Answered:
    """An answer where it was given."""

    reference: str
    evaluation: Evaluation
    section: Section
    question: Question
    answer: Answer


def verdict(percent: float) -> Verdict:
    """Whether a score in percent is a strength, something to work on, or neither."""
    if percent >= STRONG_PERCENT:
        return "strength"
    return "work" if percent < WEAK_PERCENT else "between"


def find(data: CoachingData) -> Findings:
    """Put the finished evaluations of the calls together, in order of the calls' dates."""
    reviewed = tuple(call for call in in_order(data.calls) if _finished(call))
    evaluations = list(_evaluations(reviewed))
    questions = list(_questions(reviewed))
    failing = {_key(q.scorecard, q.section) for q in questions if q.failed}
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
            key = _key(evaluation.scorecard, section)
            raw = by_key.get(section.key)
            if raw is not None:
                scores.setdefault(key, []).append(raw)
                shown[key] = evaluation.scorecard, section
    for key, found in scores.items():
        yield SectionFinding(*shown[key], fmean(found), len(found), key in failing)


def _key(scorecard: Scorecard, section: Section) -> tuple[str, str]:
    """Sections are the same in every version of a form."""
    return scorecard.name, section.key


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
