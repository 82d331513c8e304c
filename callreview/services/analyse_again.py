"""Analysing stored calls again after settings, rules or models changed; nothing is recognised again.

Each call is one transaction and remembers the settings it was analysed with, so that a run that was
interrupted goes on where it stopped. Roles that people gave stay; what is masked stays masked.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from callreview.analysis.settings import AnalysisSettings
from callreview.config.language import _
from callreview.domain.changes import CALLS, TRANSCRIPTS
from callreview.domain.errors import CallReviewError, Cancelled
from callreview.domain.transcript import Transcript
from callreview.pipeline.jobs import AnalyseJob
from callreview.pipeline.worker import Worker
from callreview.services.analysis_settings import load_settings
from callreview.services.progress import (
    IsCancelled,
    OnProgress,
    Progress,
    ignore_progress,
    never,
)
from callreview.services.sweep_personal_data import calls_due, sweep_personal_data
from callreview.storage import analyses, calls, transcripts
from callreview.storage.workspace import Workspace

if TYPE_CHECKING:
    from callreview.storage.connection import Database

_log = logging.getLogger(__name__)


@dataclass
class AnalysedAgain:
    """The references of the calls that were analysed, and what is wrong with the rest."""

    done: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def calls_to_analyse(workspace: Workspace, sentiment: str | None = None) -> list[int]:
    """The ids of the calls whose analysis was made with other settings, rules or models."""
    # The fingerprint names the sentiment model, whose libraries take long to load.
    from callreview.analysis.made_with import made_with

    made = made_with(load_settings(workspace, sentiment))
    with workspace.read() as db:
        return analyses.made_otherwise(db, made)


def analyse_again(
    workspace: Workspace,
    wanted: Sequence[int] | None = None,
    sentiment: str | None = None,
    progress: OnProgress = ignore_progress,
    cancelled: IsCancelled = never,
) -> AnalysedAgain:
    """Analyse these calls (None: all that are due) from their stored transcripts.

    Personal data that the rules of now find in them is masked first, for good. One call's problem
    does not stop the others; after a cancel, finished calls are kept. Raises UserError for a
    sentiment model that cannot be used.
    """
    settings = load_settings(workspace, sentiment)
    chosen = calls_to_analyse(workspace, sentiment) if wanted is None else wanted
    hidden = set(calls_due(workspace)) & set(chosen)
    if hidden:
        sweep_personal_data(workspace, sorted(hidden), progress, cancelled)
    report = AnalysedAgain()
    with Worker() as worker:
        for number, call_id in enumerate(chosen, 1):
            try:
                at = Progress(number, len(chosen), _reference(workspace, call_id), "", 0.0)
                if cancelled():
                    raise Cancelled
                progress(Progress(at.item, at.total, at.name, _("analysis"), 0.0))
                if _analyse(workspace, worker, call_id, settings, cancelled):
                    report.done.append(at.name)
            except Cancelled:
                report.problems.append(_("Cancelled; the calls finished before are kept."))
                break
            except CallReviewError as error:
                report.problems.append(f"{call_id}: {error}")
    return report


def _reference(workspace: Workspace, call_id: int) -> str:
    with workspace.read() as db:
        return calls.load_metadata(db, call_id).reference


def _analyse(
    workspace: Workspace,
    worker: Worker,
    call_id: int,
    settings: AnalysisSettings,
    cancelled: IsCancelled,
) -> bool:
    """Analyse one call; False when it has no transcript or changed meanwhile."""
    with workspace.read() as db:
        transcript_id = transcripts.active_transcript(db, call_id)
        if transcript_id is None:
            return False
        transcript = transcripts.read_transcript(db, call_id, transcript_id)
        analysis = transcripts.read_analysis(db, transcript_id)
        duration_s = calls.load_recording(db, call_id).duration_s
    if analysis is None:
        return False
    speech = analysis.speech_of(transcript.speakers)
    job = AnalyseJob(transcript, dict(speech), duration_s, settings)
    result = worker.process(job, lambda _stage: None, cancelled)
    if not _same_words(transcript, result.transcript):
        # Masked here only, it would still stand in comments, quotes and other versions.
        _log.warning("personal data was found after the sweep; the call is left for the next one")
        return False

    def store(db: "Database") -> bool:
        return analyses.replace_analysed(
            db, call_id, transcript_id, result.transcript, result.analysis
        )

    return bool(workspace.write(store, {CALLS, TRANSCRIPTS}, "analyse"))


def _same_words(one: Transcript, other: Transcript) -> bool:
    return [turn.words for turn in one.turns] == [turn.words for turn in other.turns]
