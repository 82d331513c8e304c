"""Comments of a reviewer on a stretch of a call."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Comment:
    """A reviewer's comment on a time range; times in seconds, `created_at` ISO 8601."""

    id: int
    call_id: int
    start_s: float
    end_s: float
    text: str
    author: str
    created_at: str
