"""Everything about one call, read in one snapshot, with its sound."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from callreview.audio.prepared import PreparedAudio
from callreview.config.language import _
from callreview.domain.annotation import Comment
from callreview.domain.call import CallMetadata, CallSummary
from callreview.domain.errors import EnvironmentProblem
from callreview.domain.evaluation import Evaluation
from callreview.domain.finding import Finding
from callreview.domain.recording import Recording
from callreview.domain.scorecard import Scorecard
from callreview.domain.sentiment import ScoredTurn, SpeakerSentiment
from callreview.domain.sentiment_curve import sentiment_curve
from callreview.domain.talk_metrics import TalkMetrics
from callreview.domain.transcript import Role, Transcript, Turn
from callreview.services.finding_words import describe
from callreview.services.keywords import list_titles
from callreview.services.marks import Marks, find_marks
from callreview.storage import calls, comments, evaluations, scorecards, transcripts
from callreview.storage.workspace import Workspace

if TYPE_CHECKING:
    from callreview.storage.connection import Database

_WITH_CURVE: Final[tuple[Role, ...]] = ("agent", "customer")


@dataclass(frozen=True)
class OpenedCall:
    """One call with its sound, words, findings, comments and evaluations.

    `transcript` and `metrics` are None and `sentiment` is empty until the call was processed.
    `curves` are the course of sentiment of agent and customer (domain.sentiment_curve); `findings`
    are in the order of time, `finding_texts` the same in words. `list_titles` are the titles of keyword lists by the names in hits.
    `evaluations` are drafts first, then the newest; `scorecards` the newest version of each form.
    `marks` say where comments and evidence stand in the transcript.
    """

    summary: CallSummary
    metadata: CallMetadata
    audio: PreparedAudio
    peaks_path: Path
    transcript: Transcript | None
    sentiment: Mapping[Role, SpeakerSentiment]
    metrics: TalkMetrics | None
    comments: tuple[Comment, ...]
    evaluations: tuple[Evaluation, ...]
    scorecards: tuple[Scorecard, ...]
    marks: Marks
    findings: tuple[Finding, ...] = ()
    finding_texts: tuple[str, ...] = ()
    curves: Mapping[Role, tuple[float, ...]] = field(default_factory=dict)
    list_titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def masked_spans(self) -> tuple[tuple[float, float], ...]:
        """Stretches (seconds) that hold personal data and must not be heard."""
        masked = self.transcript.masked if self.transcript else ()
        return tuple((span.start_s, span.end_s) for span in masked)


def open_call(workspace: Workspace, call_id: int) -> OpenedCall:
    """Read a call; UserError when it is gone, EnvironmentProblem when its sound is."""
    with workspace.read() as db:
        opened = _read(workspace, db, call_id)
    for path in (opened.audio.path, opened.peaks_path):
        if not path.is_file():
            raise EnvironmentProblem(
                _(
                    "The sound of {reference} is missing from the workspace ({path}). Restore a "
                    "backup, or delete the call and import its recording again."
                ).format(reference=opened.summary.reference, path=path)
            )
    return opened


def _read(workspace: Workspace, db: "Database", call_id: int) -> OpenedCall:
    recording = calls.load_recording(db, call_id)
    analysis = transcripts.load_analysis(db, call_id)
    transcript = transcripts.load_transcript(db, call_id)
    written = tuple(comments.list_comments(db, call_id))
    findings = analysis.findings if analysis else ()
    scored = tuple(evaluations.list_evaluations(db, call_id=call_id))
    return OpenedCall(
        summary=calls.call_summary(db, call_id),
        metadata=calls.load_metadata(db, call_id),
        audio=prepared_audio(workspace, recording),
        peaks_path=workspace.audio_dir / recording.peaks_file,
        transcript=transcript,
        sentiment=analysis.sentiment if analysis else {},
        metrics=analysis.metrics if analysis else None,
        comments=written,
        evaluations=scored,
        scorecards=tuple(scorecards.list_scorecards(db)),
        marks=find_marks(db, call_id, transcript, written, scored),
        findings=findings,
        finding_texts=tuple(map(describe, findings)),
        curves=sentiment_curves(transcript.turns, recording.duration_s) if transcript else {},
        list_titles=list_titles(workspace),
    )


def sentiment_curves(turns: Sequence[Turn], duration_s: float) -> dict[Role, tuple[float, ...]]:
    """The smoothed course of sentiment of agent and customer, of those who say something."""
    curves: dict[Role, tuple[float, ...]] = {}
    for role in _WITH_CURVE:
        scored = [
            ScoredTurn(turn.start_s, turn.end_s, turn.sentiment)
            for turn in turns
            if turn.role == role and turn.sentiment is not None
        ]
        if scored:
            curves[role] = sentiment_curve(scored, duration_s)
    return curves


def prepared_audio(workspace: Workspace, recording: Recording) -> PreparedAudio:
    """The sound of a recording in this workspace."""
    return PreparedAudio(
        path=workspace.audio_dir / recording.pcm_file,
        channels=recording.channels,
        sample_rate=recording.sample_rate,
        frames=recording.frames,
        damage=recording.damage,
        sha256=recording.sha256,
    )
