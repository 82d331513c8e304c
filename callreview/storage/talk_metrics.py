"""Talk metrics of many calls at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from callreview.domain.call_analysis import CallAnalysis
from callreview.domain.talk_metrics import TalkMetrics
from callreview.storage.serialise import from_json, to_json

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True)
class Counted:
    """An analysis whose talk metrics are counted; the call is `duration_s` seconds long."""

    call_id: int
    transcript_id: int
    duration_s: float


def counted_otherwise(db: "Database", definition: str) -> list[Counted]:
    """The analyses of present recordings that were counted by another definition, newest first."""
    rows = db.execute(
        "SELECT transcript.call_id, transcript.id, 1.0 * frames / sample_rate FROM analysis "
        "JOIN transcript ON transcript.id = analysis.transcript_id "
        "JOIN recording USING (call_id, sha256) "
        "WHERE analysis.metrics ->> 'definition' <> ? ORDER BY transcript.id DESC",
        [definition],
    )
    return [Counted(*row) for row in rows]


def to_count_again(db: "Database") -> list[int]:
    """The calls whose active analysis is to be counted again after undo (storage/journal.py)."""
    rows = db.execute(
        "SELECT transcript.call_id FROM analysis "
        "JOIN transcript ON transcript.id = analysis.transcript_id "
        "JOIN recording USING (call_id, sha256) WHERE transcript.active AND analysis.models = '{}'"
    )
    return [call_id for (call_id,) in rows]


def replace_metrics(db: "Database", counted: Mapping[int, CallAnalysis]) -> None:
    """Store talk metrics that were counted again, by transcript, and what they were counted by."""
    db.conn.executemany(
        "UPDATE analysis SET metrics = ?, models = ? WHERE transcript_id = ?",
        [(to_json(one.metrics), to_json(one.models), key) for key, one in counted.items()],
    )


def newest_metrics(db: "Database", definition: str, most: int) -> list[TalkMetrics]:
    """The talk metrics, without speech, of at most so many of the newest calls.

    Only those that were counted by this definition.
    """
    rows = db.execute(
        "SELECT json_remove(analysis.metrics, '$.speech') FROM call "
        "JOIN recording ON recording.call_id = call.id "
        "JOIN transcript ON transcript.call_id = call.id "
        "AND transcript.sha256 = recording.sha256 AND transcript.active "
        "JOIN analysis ON analysis.transcript_id = transcript.id "
        "WHERE analysis.metrics ->> 'definition' = ? "
        "ORDER BY call.started_at DESC, call.id DESC LIMIT ?",
        [definition, most],
    )
    return [from_json(TalkMetrics, row[0]) for row in rows]
