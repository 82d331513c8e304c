"""Comments of a reviewer on a stretch of a call."""

from dataclasses import dataclass

from callreview.domain.evaluation import Evidence


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

    @property
    def place(self) -> Evidence:
        """The stretch of the call it is about, as a mark without words."""
        return Evidence(self.start_s, self.end_s, "")
