"""Choosing which version of a transcript is the active one."""

from dataclasses import dataclass
from typing import ClassVar

from callreview.config.language import _
from callreview.domain.call_analysis import CallAnalysis
from callreview.domain.changes import CALLS, TRANSCRIPTS
from callreview.domain.errors import UserError
from callreview.domain.transcript import Hit
from callreview.storage.operations.action import Action
from callreview.storage.operations.roles import replace_hits
from callreview.storage.recorder import Recorder
from callreview.storage.transcript_versions import find_version
from callreview.storage.transcripts import active_transcript, analysis_row


@dataclass(frozen=True)
class UseVersion(Action):
    """Make a version (by its number) of a call's transcript the active one.

    `analysis` and, turn by turn, `hits` are those of that version where they have to change: roles
    may have been assigned since it was made.
    """

    call_id: int
    version: int
    analysis: CallAnalysis | None = None
    hits: tuple[tuple[Hit, ...], ...] | None = None
    name: ClassVar[str] = "use_version"
    topics: ClassVar[frozenset[str]] = frozenset({CALLS, TRANSCRIPTS})

    def run(self, recorder: Recorder) -> None:
        """Change both rows; UserError when there is no such version of the present recording."""
        wanted = find_version(recorder.db, self.call_id, self.version)
        active = active_transcript(recorder.db, self.call_id)
        if active == wanted:
            return
        if not _fits(recorder, wanted):
            text = _("Version {number} belongs to another recording of this call.")
            raise UserError(text.format(number=self.version))
        # Only one may be active at a time.
        if active is not None:
            recorder.update("transcript", {"id": active}, {"active": 0})
        recorder.update("transcript", {"id": wanted}, {"active": 1})
        if self.analysis is not None:
            recorder.update("analysis", {"transcript_id": wanted}, analysis_row(self.analysis))
        if self.hits is not None:
            replace_hits(recorder, wanted, self.hits)


def _fits(recorder: Recorder, transcript_id: int) -> bool:
    row = recorder.row("transcript", {"id": transcript_id}) or {}
    recording = recorder.row("recording", {"call_id": row.get("call_id")}) or {}
    return row.get("sha256") == recording.get("sha256")
