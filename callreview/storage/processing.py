"""How far the program has come with each call."""

from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from sqlite_utils import Database

STATUS: Final = """
    CASE
        WHEN processing.sha256 = recording.sha256 THEN processing.status
        WHEN transcript.id IS NOT NULL THEN 'processed'
        ELSE 'imported'
    END
"""
"""The status of a call, over its recording, processing and active transcript of that recording.

A call whose recording was replaced is `imported` again until the new sound was processed.
"""

JOINED: Final = """
    call
    JOIN recording ON recording.call_id = call.id
    LEFT JOIN processing ON processing.call_id = call.id
    LEFT JOIN transcript ON transcript.call_id = call.id
        AND transcript.sha256 = recording.sha256 AND transcript.active
"""


def set_processing(
    db: "Database",
    call_id: int,
    status: Literal["processing", "processed", "failed"],
    problem: str = "",
) -> None:
    """Note that the call's present recording is being processed, done or failed with `problem`."""
    db.execute(
        "INSERT INTO processing (call_id, status, problem, sha256) "
        "SELECT call_id, ?, ?, sha256 FROM recording WHERE call_id = ? "
        "ON CONFLICT (call_id) DO UPDATE SET "
        "status = excluded.status, problem = excluded.problem, sha256 = excluded.sha256",
        [status, problem, call_id],
    )


def forget_processing(db: "Database", call_id: int) -> None:
    """Put the call back to what it was before processing began, after a cancel."""
    db.execute("DELETE FROM processing WHERE call_id = ?", [call_id])


def forget_interrupted(db: "Database") -> None:
    """Put back all calls that were being processed when the program ended."""
    db.execute("DELETE FROM processing WHERE status = 'processing'")


def unprocessed_calls(db: "Database") -> list[int]:
    """Ids of the calls whose present recording was not processed, failed ones too, oldest first."""
    rows = db.execute(
        f"SELECT call.id FROM {JOINED} WHERE {STATUS} IN ('imported', 'failed') ORDER BY call.id"
    )
    return [call_id for (call_id,) in rows]
