"""What was found in a call, as plain data."""

from callreview.exchange.finding_json import findings_to_json
from callreview.services.finding_words import describe
from callreview.storage import calls, transcripts
from callreview.storage.workspace import Workspace


def list_findings(workspace: Workspace, id_or_reference: str) -> list[dict[str, object]]:
    """The findings of a call in the order of time, as `findings --json` prints them.

    Empty until the call was processed. Raises UserError when there is no such call.
    """
    with workspace.read() as db:
        call_id = calls.find_call(db, id_or_reference)
        analysis = transcripts.load_analysis(db, call_id)
        transcript = transcripts.load_transcript(db, call_id)
    return findings_to_json(analysis.findings if analysis else (), transcript, describe)
