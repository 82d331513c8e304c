"""Everything the review screen shows of one call."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from callreview.domain.annotation import Comment
from callreview.domain.call import CallMetadata, CallSummary
from callreview.domain.evaluation import Evaluation
from callreview.domain.finding import Finding
from callreview.domain.recording import Damage
from callreview.domain.scorecard import Scorecard
from callreview.domain.sentiment import SpeakerSentiment
from callreview.domain.talk_metrics import TalkMetrics
from callreview.domain.transcript import Role, Speaker, Transcript
from callreview.services.marks import Marks
from callreview.ui.review.wording import role_name


class PeakSource(Protocol):
    """What draws a waveform: the lowest and highest sample of each column."""

    def columns(self, channel: int, start_s: float, end_s: float, count: int) -> NDArray[np.int16]:
        """`count` pairs (lowest, highest) over `start_s`..`end_s`; shape (count, 2)."""
        ...


@dataclass(frozen=True)
class CallView:
    """One call as the review screen shows it.

    `transcript` and `metrics` are None until the call is processed. `evaluations` are those the
    reviewer may see, the newest first; `scorecards` are the newest versions of all forms. `marks`
    say where comments and evidence stand in the transcript. `findings` are in the order of time,
    `finding_texts` the same in words (made beside the main thread),
    `curves` the course of sentiment over the call by role, -5..+5 at equal distances.
    `list_titles` are the titles of keyword lists by the names that hits carry.
    """

    summary: CallSummary
    metadata: CallMetadata
    damage: tuple[Damage, ...] = ()
    transcript: Transcript | None = None
    sentiment: Mapping[Role, SpeakerSentiment] = field(default_factory=dict)
    metrics: TalkMetrics | None = None
    comments: tuple[Comment, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    scorecards: tuple[Scorecard, ...] = ()
    marks: Marks = field(default_factory=Marks)
    findings: tuple[Finding, ...] = ()
    finding_texts: tuple[str, ...] = ()
    curves: Mapping[Role, tuple[float, ...]] = field(default_factory=dict)
    list_titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def described_findings(self) -> list[tuple[Finding, str]]:
        """The findings, each with its words."""
        return list(zip(self.findings, self.finding_texts, strict=True))

    def person(self, role: Role) -> str:
        """The name of who had this role in the call, or "" when it is not known."""
        if role == "agent":
            return self.metadata.agent or self.summary.agent
        if role == "customer":
            known = self.metadata
            return self.summary.customer or known.caller or known.customer_id
        return ""

    def speaker_name(self, speaker: Speaker) -> str:
        """The name of a speaker: the person, else the role, numbered when the role repeats."""
        name = self.person(speaker.role)
        if name:
            return name
        same = [s for s in self._speakers if s.role == speaker.role]
        number = f" {same.index(speaker) + 1}" if len(same) > 1 and speaker in same else ""
        return role_name(speaker.role) + number

    @property
    def speaker_names(self) -> dict[str, str]:
        """The names of all speakers by their id."""
        return {speaker.id: self.speaker_name(speaker) for speaker in self._speakers}

    @property
    def estimated(self) -> frozenset[str]:
        """The ids of speakers who were told apart by voice."""
        told_apart = self._speakers if len(self._speakers) > 1 else ()
        return frozenset(speaker.id for speaker in told_apart if speaker.estimated)

    @property
    def _speakers(self) -> tuple[Speaker, ...]:
        return self.transcript.speakers if self.transcript else ()
