"""Saying who is the agent, who the customer, and who somebody else."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from callreview.analysis.analyse import count_by_role
from callreview.analysis.made_with import DEFINITIONS
from callreview.analysis.phrases.keywords import PhraseSpotter
from callreview.analysis.settings import AnalysisSettings
from callreview.config.language import _
from callreview.domain.call_analysis import CallAnalysis
from callreview.domain.changes import TRANSCRIPTS
from callreview.domain.errors import UserError
from callreview.domain.transcript import Role, Speaker, Transcript
from callreview.services.analysis_settings import load_settings
from callreview.storage import calls, transcripts
from callreview.storage.operations.roles import AssignRoles
from callreview.storage.talk_metrics import to_count_again
from callreview.storage.workspace import Workspace

if TYPE_CHECKING:
    from callreview.storage.connection import Database

OTHER: Mapping[Role, Role] = {"agent": "customer", "customer": "agent"}


@dataclass(frozen=True)
class Spoken:
    """The words of a call and what is counted in them; `duration_s` is the length of the call."""

    transcript: Transcript
    analysis: CallAnalysis
    duration_s: float


def speakers_of(workspace: Workspace, call_id: int) -> tuple[Speaker, ...]:
    """Who speaks in a call; UserError when it was not transcribed."""
    return _load(workspace, call_id).transcript.speakers


def swap_roles(workspace: Workspace, call_id: int) -> None:
    """Make the agent the customer and the customer the agent, with all that follows from it.

    Raises UserError when the call was not transcribed or has nobody to swap.
    """
    spoken = _load(workspace, call_id)
    roles = {s.id: OTHER[s.role] for s in spoken.transcript.speakers if s.role in OTHER}
    if not roles:
        raise UserError(_("This call has neither an agent nor a customer to swap."))
    _apply(workspace, call_id, spoken, roles)


def assign_roles(workspace: Workspace, call_id: int, roles: Mapping[str, Role]) -> None:
    """Give speakers (by their id) roles, with all that follows from it; one action to undo.

    The roles count as certain from now on, also for speakers who had them already. Raises
    UserError when the call was not transcribed or has no speaker with such an id.
    """
    spoken = _load(workspace, call_id)
    known = {speaker.id for speaker in spoken.transcript.speakers}
    for speaker in roles:
        if speaker not in known:
            raise UserError(
                _("The call has no speaker “{speaker}”; it has: {known}.").format(
                    speaker=speaker, known=", ".join(sorted(known))
                )
            )
    _apply(workspace, call_id, spoken, roles)


def as_assigned(workspace: Workspace, call_id: int, spoken: Spoken) -> Spoken:
    """A new transcript with the roles that a person has given to the call's speakers before."""
    with workspace.read() as db:
        roles = transcripts.assigned_roles(db, call_id)
    return _in_roles(spoken, roles, load_settings(workspace)) if roles else spoken


def counted_again(workspace: Workspace, spoken: Spoken) -> Spoken:
    """A transcript with everything that is counted by role in the roles its speakers have."""
    roles = {speaker.id: speaker.role for speaker in spoken.transcript.speakers}
    counted = _in_roles(spoken, roles, load_settings(workspace))
    return replace(
        counted, transcript=replace(counted.transcript, speakers=spoken.transcript.speakers)
    )


def count_again_where_due(workspace: Workspace) -> None:
    """Count calls again whose roles were undone or redone after lists or thresholds changed."""
    with workspace.read() as db:
        due = to_count_again(db)
    for call_id in due:
        spoken = _load(workspace, call_id)
        models = {**spoken.transcript.models, **DEFINITIONS}
        analysis = replace(spoken.analysis, models=models)
        counted = counted_again(workspace, replace(spoken, analysis=analysis))
        workspace.write(partial(_store_counted, call_id=call_id, counted=counted), {TRANSCRIPTS})


def _store_counted(db: "Database", call_id: int, counted: Spoken) -> None:
    transcript_id = transcripts.active_transcript(db, call_id)
    if transcript_id is not None:
        hits = tuple(turn.hits for turn in counted.transcript.turns)
        transcripts.replace_hits(db, transcript_id, hits)
        transcripts.replace_analysis(db, transcript_id, counted.analysis)


def _apply(workspace: Workspace, call_id: int, spoken: Spoken, roles: Mapping[str, Role]) -> None:
    changed = _in_roles(spoken, roles, load_settings(workspace))
    hits = tuple(turn.hits for turn in changed.transcript.turns)
    workspace.apply(AssignRoles(call_id, roles, changed.analysis, hits))


def _load(workspace: Workspace, call_id: int) -> Spoken:
    with workspace.read() as db:
        transcript = transcripts.load_transcript(db, call_id)
        analysis = transcripts.load_analysis(db, call_id)
        duration_s = calls.load_recording(db, call_id).duration_s
    if transcript is None or analysis is None:
        raise UserError(_("This call was not transcribed yet: nobody's role is known."))
    return Spoken(transcript, analysis, duration_s)


def _in_roles(spoken: Spoken, roles: Mapping[str, Role], settings: AnalysisSettings) -> Spoken:
    """The same words with other roles, and everything that depends on roles found anew."""
    before = spoken.transcript
    speakers = tuple(
        replace(s, role=roles[s.id], confidence=1.0) if s.id in roles else s
        for s in before.speakers
    )
    turns = [replace(turn, role=roles.get(turn.speaker, turn.role)) for turn in before.turns]
    hits = PhraseSpotter(settings.lists).find(turns)
    transcript = replace(
        before,
        speakers=speakers,
        turns=tuple(replace(turn, hits=own) for turn, own in zip(turns, hits, strict=True)),
    )
    analysis = count_by_role(
        transcript,
        spoken.analysis.speech_of(before.speakers),
        spoken.duration_s,
        settings,
        spoken.analysis.models,
    )
    return replace(spoken, transcript=transcript, analysis=analysis)
