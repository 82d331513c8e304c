"""Where silence, overtalk and interruptions begin in a workspace, and counting calls again by it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from callreview.analysis.talk.metrics import talk_of_call
from callreview.config.language import _
from callreview.domain.call_analysis import CallAnalysis
from callreview.domain.changes import TRANSCRIPTS
from callreview.domain.errors import UserError
from callreview.domain.plain_data import FieldError
from callreview.domain.talk_thresholds import USUAL, TalkThresholds, checked_thresholds
from callreview.domain.transcript import Transcript
from callreview.services.progress import IsCancelled, never
from callreview.storage import talk_metrics, transcripts
from callreview.storage.operations.settings import SetTalkThresholds
from callreview.storage.serialise import from_json
from callreview.storage.settings import TALK_THRESHOLDS, load_setting
from callreview.storage.talk_metrics import Counted
from callreview.storage.workspace import Workspace

__all__ = [
    "TalkThresholds",
    "calls_to_recount",
    "recount_talk",
    "set_talk_thresholds",
    "talk_thresholds",
]

BATCH = 20
"""So many calls are written in one transaction."""


def talk_thresholds(workspace: Workspace) -> TalkThresholds:
    """The workspace's thresholds; those of docs/definitions.md until someone changes them."""
    with workspace.read() as db:
        stored = load_setting(db, TALK_THRESHOLDS)
    return from_json(TalkThresholds, stored) if stored else USUAL


def set_talk_thresholds(workspace: Workspace, thresholds: TalkThresholds) -> None:
    """Change the thresholds, as one action to undo; `recount_talk` then counts all calls by them.

    Raises UserError that names the threshold which cannot be used.
    """
    try:
        checked_thresholds(thresholds)
    except FieldError as problem:
        raise UserError(_(problem.template).format(**problem.values)) from problem
    if thresholds != talk_thresholds(workspace):
        workspace.apply(SetTalkThresholds(thresholds), "talk metrics")


def calls_to_recount(workspace: Workspace) -> int:
    """How many analyses were counted by another definition than that of now."""
    definition = talk_thresholds(workspace).definition
    with workspace.read() as db:
        return len(talk_metrics.counted_otherwise(db, definition))


def recount_talk(workspace: Workspace, cancelled: IsCancelled = never) -> int:
    """Count the talk metrics of all calls that were counted by another definition again.

    From the voice activity that is kept with each analysis; sound is not needed. Returns how many
    analyses were counted; one that is interrupted goes on where it stopped when called again.
    """
    thresholds = talk_thresholds(workspace)
    with workspace.read() as db:
        waiting = talk_metrics.counted_otherwise(db, thresholds.definition)
    done = 0
    while done < len(waiting) and not cancelled():
        batch = waiting[done : done + BATCH]
        _recount(workspace, batch, thresholds)
        done += len(batch)
    return done


def _recount(workspace: Workspace, batch: Sequence[Counted], thresholds: TalkThresholds) -> None:
    counted = {}
    with workspace.read() as db:
        for one in batch:
            transcript = transcripts.read_transcript(db, one.call_id, one.transcript_id)
            analysis = transcripts.read_analysis(db, one.transcript_id)
            if analysis is not None:
                counted[one.transcript_id] = counted_by(
                    transcript, analysis, one.duration_s, thresholds
                )
    write = partial(talk_metrics.replace_metrics, counted=counted)
    workspace.write(write, {TRANSCRIPTS}, "talk metrics")


def counted_by(
    transcript: Transcript, analysis: CallAnalysis, duration_s: float, thresholds: TalkThresholds
) -> CallAnalysis:
    """The analysis of a call of `duration_s` seconds with its talk metrics counted by thresholds."""
    speech = analysis.speech_of(transcript.speakers)
    return replace(
        analysis,
        metrics=talk_of_call(transcript, speech, duration_s, thresholds),
        models={**analysis.models, "talk": thresholds.definition},
    )
