"""Comments on stretches of a call."""

from typing import TYPE_CHECKING

from callreview.domain.annotation import Comment

if TYPE_CHECKING:
    from sqlite_utils import Database


def list_comments(db: "Database", call_id: int) -> list[Comment]:
    """The comments on a call in the order of their times."""
    rows = db.execute(
        "SELECT id, call_id, start_s, end_s, text, author, created_at FROM comment "
        "WHERE call_id = ? ORDER BY start_s, id",
        [call_id],
    )
    return [Comment(*row) for row in rows]
