"""The versions of a call's transcript: looking at them, comparing them, choosing one."""

from dataclasses import replace
from typing import TYPE_CHECKING

from callreview.config.language import _
from callreview.domain.errors import UserError
from callreview.domain.known_voices import known_voices, renamed
from callreview.domain.transcript import Transcript
from callreview.domain.transcript_diff import Comparison, compare
from callreview.domain.transcript_version import TranscriptVersion
from callreview.services.roles import Spoken, counted_again
from callreview.storage import calls, transcript_versions, transcripts
from callreview.storage.operations.transcript_versions import UseVersion
from callreview.storage.workspace import Workspace

if TYPE_CHECKING:
    from callreview.storage.connection import Database

__all__ = [
    "TranscriptVersion",
    "compare_versions",
    "list_versions",
    "read_version",
    "use_version",
    "with_known_voices",
]


def list_versions(workspace: Workspace, call_id: int) -> list[TranscriptVersion]:
    """The versions of a call's transcript, the newest first; empty before it is transcribed."""
    with workspace.read() as db:
        return transcript_versions.list_versions(db, call_id)


def read_version(workspace: Workspace, call_id: int, number: int) -> Transcript:
    """A version of a call's transcript; UserError when there is none of this number."""
    with workspace.read() as db:
        return _read(db, call_id, number)


def compare_versions(workspace: Workspace, call_id: int, number: int) -> Comparison:
    """What the active version says differently from version `number`.

    Raises UserError when there is no such version, or the call was not transcribed.
    """
    with workspace.read() as db:
        active = transcripts.load_transcript(db, call_id)
        other = _read(db, call_id, number)
    if active is None:
        raise UserError(_("This call was not transcribed yet."))
    return compare(other, active)


def use_version(workspace: Workspace, call_id: int, number: int) -> None:
    """Make a version the active one; its figures are those of the present roles.

    Raises UserError when there is none of this number, or it belongs to a replaced recording.
    """
    with workspace.read() as db:
        transcript_id = transcript_versions.find_version(db, call_id, number)
        transcript = transcripts.read_transcript(db, call_id, transcript_id)
        analysis = transcripts.read_analysis(db, transcript_id)
        duration_s = calls.load_recording(db, call_id).duration_s
    if analysis is None:
        workspace.apply(UseVersion(call_id, number))
        return
    again = counted_again(workspace, Spoken(transcript, analysis, duration_s))
    hits = tuple(turn.hits for turn in again.transcript.turns)
    same = transcript == again.transcript and analysis == again.analysis
    workspace.apply(
        UseVersion(call_id, number) if same else UseVersion(call_id, number, again.analysis, hits)
    )


def with_known_voices(workspace: Workspace, call_id: int, spoken: Spoken) -> Spoken:
    """A new transcript in which voices of one channel have the ids of the versions before."""
    with workspace.read() as db:
        known = transcript_versions.voices_before(db, call_id)
    names = known_voices(spoken.transcript, known)
    if not names:
        return spoken
    speech = {names.get(voice, voice): said for voice, said in spoken.analysis.speech.items()}
    return replace(
        spoken,
        transcript=renamed(spoken.transcript, names),
        analysis=replace(spoken.analysis, speech=speech),
    )


def _read(db: "Database", call_id: int, number: int) -> Transcript:
    transcript_id = transcript_versions.find_version(db, call_id, number)
    return transcripts.read_transcript(db, call_id, transcript_id)
