"""Saying who is agent and who is customer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from callreview.config.language import _
from callreview.domain.call_analysis import CallAnalysis
from callreview.domain.changes import CALLS, TRANSCRIPTS
from callreview.domain.errors import UserError
from callreview.domain.transcript import Hit, Role
from callreview.storage.operations.action import Action
from callreview.storage.recorder import Recorder, Row
from callreview.storage.transcripts import active_transcript, analysis_row


@dataclass(frozen=True)
class AssignRoles(Action):
    """Give speakers of a call (by their id) new roles.

    What was found by role changes with them: `analysis` and, turn by turn, `hits` are those of the
    new roles.
    """

    call_id: int
    roles: Mapping[str, Role]
    analysis: CallAnalysis | None = None
    hits: tuple[tuple[Hit, ...], ...] | None = None
    name: ClassVar[str] = "assign_roles"
    topics: ClassVar[frozenset[str]] = frozenset({CALLS, TRANSCRIPTS})

    def run(self, recorder: Recorder) -> None:
        """Change the speakers; UserError when the call has no speaker with such an id."""
        for speaker, role in self.roles.items():
            key: Row = {"call_id": self.call_id, "id": speaker}
            if recorder.row("speaker", key) is None:
                raise UserError(_("The call has no speaker “{speaker}”.").format(speaker=speaker))
            recorder.update("speaker", key, {"role": role, "assigned": 1, "confidence": 1.0})
        transcript_id = active_transcript(recorder.db, self.call_id)
        if self.analysis is not None and transcript_id is not None:
            recorder.update(
                "analysis", {"transcript_id": transcript_id}, analysis_row(self.analysis)
            )
        if self.hits is not None and transcript_id is not None:
            _replace_hits(recorder, transcript_id, self.hits)


def _replace_hits(
    recorder: Recorder, transcript_id: int, hits: tuple[tuple[Hit, ...], ...]
) -> None:
    turn_ids = recorder.db.execute(
        "SELECT id FROM turn WHERE transcript_id = ? ORDER BY position", [transcript_id]
    ).fetchall()
    old = recorder.db.execute(
        "SELECT turn_id, hit.position FROM hit JOIN turn ON turn.id = turn_id "
        "WHERE transcript_id = ?",
        [transcript_id],
    ).fetchall()
    for turn_id, position in old:
        recorder.delete("hit", {"turn_id": turn_id, "position": position})
    for (turn_id,), found in zip(turn_ids, hits, strict=True):
        for position, hit in enumerate(found):
            recorder.insert("hit", {"turn_id": turn_id, "position": position, **vars(hit)})
