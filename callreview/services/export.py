"""Handing out: the scored call list and transcripts as files."""

from pathlib import Path

from callreview.config.language import _
from callreview.domain.errors import UserError
from callreview.domain.transcript import Role
from callreview.exchange.call_columns import ScoredCall
from callreview.exchange.call_list import write_call_list
from callreview.exchange.transcript_file import write_transcript
from callreview.storage import calls, evaluations, transcripts
from callreview.storage.workspace import Workspace


def export_calls(workspace: Workspace, out: Path) -> int:
    """Write the scored list of all calls to `out` (.csv, .xlsx, .json); return how many."""
    rows = scored_calls(workspace)
    write_call_list(rows, out)
    return len(rows)


def scored_calls(workspace: Workspace) -> list[ScoredCall]:
    """All calls with the newest finished evaluation, customer sentiment and talk metrics."""
    rows = []
    with workspace.read() as db:
        newest = {
            evaluation.call_id: evaluation
            for evaluation in reversed(evaluations.list_evaluations(db, status="final"))
        }
        for call in calls.list_calls(db):
            analysis = transcripts.load_analysis(db, call.id)
            rows.append(
                ScoredCall(
                    call,
                    newest.get(call.id),
                    analysis.sentiment.get("customer") if analysis else None,
                    analysis.metrics if analysis else None,
                )
            )
    return rows


def export_transcript(workspace: Workspace, id_or_reference: str, out: Path) -> None:
    """Write a call's transcript to `out` (.srt, .vtt, .txt, .json).

    Raises UserError for another suffix, an unknown call, or one that was not yet transcribed.
    """
    with workspace.read() as db:
        call_id = calls.find_call(db, id_or_reference)
        metadata = calls.load_metadata(db, call_id)
        transcript = transcripts.load_transcript(db, call_id)
    if transcript is None:
        raise UserError(
            _("The call {reference} has no transcript yet. Process it first.").format(
                reference=metadata.reference
            )
        )
    names: dict[Role, str] = {"agent": metadata.agent, "customer": metadata.caller}
    write_transcript(transcript, out, {role: name for role, name in names.items() if name})
