"""What the evaluations of an agent say together: averages, strengths, what to work on.

A section or question is a strength from 85 % of the possible points, and something to work on
under 70 % or when it failed a call. Drafts never count (docs/definitions.md, "Scorecard
arithmetic").
"""

from dataclasses import dataclass
from statistics import fmean
from typing import Literal

from callreview.domain.annotation import Comment
from callreview.domain.scorecard import Question, Scorecard, Section
from callreview.reports.coaching_data import ENOUGH_CALLS, CoachedCall

STRONG_PERCENT = 85.0
WEAK_PERCENT = 70.0

Verdict = Literal["strength", "work", "between", "failed"]


def verdict(percent: float) -> Verdict:
    """Whether a score in percent is a strength, something to work on, or neither."""
    if percent >= STRONG_PERCENT:
        return "strength"
    return "work" if percent < WEAK_PERCENT else "between"


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


def section_key(scorecard: Scorecard, section: Section) -> tuple[str, str]:
    """Sections are the same in every version of a form."""
    return scorecard.name, section.key


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
            if section_key(q.scorecard, q.section)
            == section_key(section.scorecard, section.section)
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
