"""Talk metrics of many calls at once."""

from typing import TYPE_CHECKING

from callreview.domain.talk_metrics import TalkMetrics
from callreview.storage.serialise import from_json

if TYPE_CHECKING:
    from sqlite_utils import Database


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
