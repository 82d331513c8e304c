"""What was said in many calls, turn by turn, without the words' times."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from callreview.domain.transcript import Role

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class SpokenText:
    """The text of a turn of a call, from `start_s` to `end_s` seconds."""

    call_id: int
    role: Role
    start_s: float
    end_s: float
    text: str


def newest_texts(db: "Database", most: int) -> Iterator[SpokenText]:
    """The turns of at most so many of the newest calls, call by call and in order."""
    rows = db.execute(
        "WITH newest AS (SELECT transcript.id AS transcript_id, transcript.call_id FROM call "
        "JOIN recording ON recording.call_id = call.id "
        "JOIN transcript ON transcript.call_id = call.id "
        "AND transcript.sha256 = recording.sha256 AND transcript.active "
        "ORDER BY call.started_at DESC, call.id DESC LIMIT ?) "
        "SELECT newest.call_id, speaker.role, turn.start_s, turn.end_s, turn.text FROM newest "
        "JOIN turn USING (transcript_id) "
        "JOIN speaker ON speaker.call_id = newest.call_id AND speaker.id = turn.speaker "
        "ORDER BY newest.call_id, turn.position",
        [most],
    )
    return (SpokenText(*row) for row in rows)
