"""Looking at the calls of a workspace: the list, one call, and search."""

from callreview.domain.call import CallFilter, CallSummary, FilterChoices
from callreview.domain.search_hit import SearchHit
from callreview.domain.transcript import Role
from callreview.exchange.conversation_json import RecordingFacts, conversation_to_json
from callreview.exchange.finding_json import findings_to_json
from callreview.services.finding_words import describe
from callreview.services.marks import find_marks
from callreview.storage import call_filters, calls, evaluations, transcripts
from callreview.storage import search as full_text
from callreview.storage.workspace import Workspace


def list_calls(workspace: Workspace, wanted: CallFilter | None = None) -> list[CallSummary]:
    """The calls that fit, newest first."""
    with workspace.read() as db:
        return calls.list_calls(db, wanted)


def find_call(workspace: Workspace, id_or_reference: str) -> int:
    """The id of a call; UserError when there is no such call."""
    with workspace.read() as db:
        return calls.find_call(db, id_or_reference)


def show_call(workspace: Workspace, id_or_reference: str) -> dict[str, object]:
    """Everything about one call as plain data; the structure is that of `show --json`."""
    with workspace.read() as db:
        call_id = calls.find_call(db, id_or_reference)
        recording = calls.load_recording(db, call_id)
        analysis = transcripts.load_analysis(db, call_id)
        transcript = transcripts.load_transcript(db, call_id)
        scored = evaluations.list_evaluations(db, call_id=call_id)
        return conversation_to_json(
            call_id,
            calls.load_metadata(db, call_id),
            RecordingFacts(
                recording.duration_s, recording.channels, recording.sha256, recording.damage
            ),
            transcript,
            analysis.sentiment if analysis else {},
            analysis.metrics if analysis else None,
            scored,
            find_marks(db, call_id, transcript, (), scored).anchors,
            findings_to_json(analysis.findings if analysis else (), transcript, describe),
        )


def matching_calls(workspace: Workspace, wanted: CallFilter) -> frozenset[int]:
    """The ids of the calls that fit."""
    with workspace.read() as db:
        return call_filters.matching_calls(db, wanted)


def filter_choices(workspace: Workspace) -> FilterChoices:
    """The values that calls can be chosen by."""
    with workspace.read() as db:
        return call_filters.filter_choices(db)


def search(workspace: Workspace, text: str, role: Role | None = None) -> list[SearchHit]:
    """Where the words stand in what was said, commented and noted, newest call first.

    With `role`, only in what speakers of this role said.
    """
    with workspace.read() as db:
        return full_text.search(db, text, role=role)
