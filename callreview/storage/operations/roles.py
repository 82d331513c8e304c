"""Saying who is agent and who is customer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from callreview.config.language import _
from callreview.domain.call_analysis import CallAnalysis
from callreview.domain.changes import CALLS, EVALUATIONS, TRANSCRIPTS
from callreview.domain.errors import UserError
from callreview.domain.transcript import Hit, Role
from callreview.storage.operations.action import Action
from callreview.storage.operations.answers import EVALUATION_TOPICS, require_evaluation
from callreview.storage.recorder import Recorder, Row
from callreview.storage.transcripts import active_transcript, analysis_row


@dataclass(frozen=True)
class AssignRoles(Action):
    """Give speakers of a call (by their id) new roles.

    What was found by role changes with them: `analysis` and, turn by turn, `hits` are those of the
    new roles. The call's evaluations are marked to be checked, unless no role is another.
    """

    call_id: int
    roles: Mapping[str, Role]
    analysis: CallAnalysis | None = None
    hits: tuple[tuple[Hit, ...], ...] | None = None
    name: ClassVar[str] = "assign_roles"
    topics: ClassVar[frozenset[str]] = frozenset({CALLS, EVALUATIONS, TRANSCRIPTS})

    def run(self, recorder: Recorder) -> None:
        """Change the speakers; UserError when the call has no speaker with such an id."""
        changes = [_assign(recorder, self.call_id, *item) for item in self.roles.items()]
        transcript_id = active_transcript(recorder.db, self.call_id)
        if self.analysis is not None and transcript_id is not None:
            recorder.update(
                "analysis", {"transcript_id": transcript_id}, analysis_row(self.analysis)
            )
        if self.hits is not None and transcript_id is not None:
            replace_hits(recorder, transcript_id, self.hits)
        if any(changes):
            _mark_evaluations(recorder, self.call_id)


@dataclass(frozen=True)
class CheckEvaluation(Action):
    """Say that an evaluation still holds after the roles were changed."""

    evaluation_id: int
    name: ClassVar[str] = "check_evaluation"
    topics: ClassVar[frozenset[str]] = EVALUATION_TOPICS

    def run(self, recorder: Recorder) -> None:
        """Take the mark away; UserError when the evaluation is gone."""
        require_evaluation(recorder, self.evaluation_id)
        recorder.update("evaluation", {"id": self.evaluation_id}, {"roles_changed": 0})


def _assign(recorder: Recorder, call_id: int, speaker: str, role: Role) -> bool:
    """Give one speaker a role; tell whether it is another one than before."""
    key: Row = {"call_id": call_id, "id": speaker}
    before = recorder.row("speaker", key)
    if before is None:
        raise UserError(_("The call has no speaker “{speaker}”.").format(speaker=speaker))
    recorder.update("speaker", key, {"role": role, "assigned": 1, "confidence": 1.0})
    return before["role"] != role


def _mark_evaluations(recorder: Recorder, call_id: int) -> None:
    found = recorder.db.execute("SELECT id FROM evaluation WHERE call_id = ?", [call_id])
    for (evaluation_id,) in found.fetchall():
        recorder.update("evaluation", {"id": evaluation_id}, {"roles_changed": 1})


def replace_hits(recorder: Recorder, transcript_id: int, hits: tuple[tuple[Hit, ...], ...]) -> None:
    """Replace the hits of a transcript, turn by turn, as part of a user's action."""
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
            place: Row = {"turn_id": turn_id, "position": position}
            row: Row = {**place, **vars(hit), "near": int(hit.near)}
            recorder.insert("hit", row)
