"""Evaluations: a reviewer's answers with evidence, and the arithmetic of their score.

Rules: docs/definitions.md, "Scorecard arithmetic" (points: Genesys; normalised: Amazon).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from callreview.domain.scorecard import Question, Scorecard, Section

EvaluationStatus = Literal["draft", "final"]


@dataclass(frozen=True)
class Evidence:
    """A piece of the call that supports an answer; times in seconds, the words as quoted."""

    start_s: float
    end_s: float
    quote: str


@dataclass(frozen=True)
class Answer:
    """The answer to one question: a value in [0, 1], or None for "not applicable".

    `answered` is false while the reviewer has only noted something or marked evidence.
    """

    question: str
    value: float | None
    note: str = ""
    evidence: tuple[Evidence, ...] = ()
    answered: bool = True


@dataclass(frozen=True)
class SectionScore:
    """A section's raw and final score in percent; None when no question applied."""

    key: str
    raw: float | None
    final: float | None


@dataclass(frozen=True)
class Score:
    """The result of an evaluation in percent; None when no question applied.

    `final` is 0 after an auto-fail of the form; `fail_causes` are the keys of the questions that
    failed a section or the form; `unanswered` are the keys without an answer.
    """

    raw: float | None
    final: float | None
    critical: float | None
    sections: tuple[SectionScore, ...]
    fail_causes: tuple[str, ...]
    form_failed: bool
    unanswered: tuple[str, ...]


@dataclass(frozen=True)
class Evaluation:
    """One reviewer's answers on one call with one scorecard version; times are ISO 8601.

    `roles_changed` asks for a check: after it was made, speakers of the call got other roles.
    """

    id: int
    call_id: int
    scorecard: Scorecard
    reviewer: str
    status: EvaluationStatus
    created_at: str
    finished_at: str
    answers: tuple[Answer, ...]
    score: Score
    roles_changed: bool = False


@dataclass(frozen=True)
class _Tally:
    """Earned and possible points of a section; possible leaves bonus and N/A questions out."""

    earned: float
    possible: float

    @property
    def percent(self) -> float | None:
        # The share first: 100 * x / x can be more than 100 in floating point.
        return 100.0 * (self.earned / self.possible) if self.possible > 0 else None


def score_evaluation(scorecard: Scorecard, answers: Sequence[Answer]) -> Score:
    """The score that these answers give; N/A and unanswered questions drop out of both sides."""
    values = {answer.question: answer.value for answer in answers if answer.answered}
    failed = [q for q in scorecard.questions if _fails(q, values)]
    failed_sections = {
        s.key
        for s in scorecard.sections
        if any(q.auto_fail == "section" for q in s.questions if q in failed)
    }
    form_failed = any(question.auto_fail == "form" for question in failed)
    raw = _total(scorecard, values, frozenset(), critical_only=False)
    final = _total(scorecard, values, failed_sections, critical_only=False)
    return Score(
        raw=raw,
        final=0.0 if form_failed else final,
        critical=_total(scorecard, values, frozenset(), critical_only=True),
        sections=tuple(
            _section_score(section, values, form_failed or section.key in failed_sections)
            for section in scorecard.sections
        ),
        fail_causes=tuple(question.key for question in failed),
        form_failed=form_failed,
        unanswered=tuple(q.key for q in scorecard.questions if q.key not in values),
    )


def _fails(question: Question, values: Mapping[str, float | None]) -> bool:
    return question.auto_fail != "none" and values.get(question.key) == 0.0


def _tally(section: Section, values: Mapping[str, float | None], critical_only: bool) -> _Tally:
    earned = possible = 0.0
    for question in section.questions:
        value = values.get(question.key)
        if value is None or (critical_only and not question.critical):
            continue
        earned += question.weight * value
        possible += 0.0 if question.bonus else question.weight
    return _Tally(earned, possible)


def _total(
    scorecard: Scorecard,
    values: Mapping[str, float | None],
    failed_sections: frozenset[str] | set[str],
    *,
    critical_only: bool,
) -> float | None:
    earned = possible = 0.0
    for section in scorecard.sections:
        tally = _tally(section, values, critical_only)
        if section.key in failed_sections:
            tally = _Tally(0.0, tally.possible)
        share = 1.0
        if scorecard.mode == "normalised":
            if tally.possible == 0:
                continue
            share = 1.0 / tally.possible
        earned += section.weight * tally.earned * share
        possible += section.weight * tally.possible * share
    return _Tally(earned, possible).percent


def _section_score(
    section: Section, values: Mapping[str, float | None], failed: bool
) -> SectionScore:
    raw = _tally(section, values, critical_only=False).percent
    return SectionScore(section.key, raw, 0.0 if failed and raw is not None else raw)
