"""Actions on comments."""

from dataclasses import dataclass
from typing import ClassVar

from callreview.config.language import _
from callreview.domain.changes import COMMENTS
from callreview.domain.errors import UserError
from callreview.storage.operations.action import Action
from callreview.storage.operations.calls import require_call
from callreview.storage.recorder import Recorder


@dataclass(frozen=True)
class AddComment(Action):
    """Comment on a stretch of a call; times in seconds."""

    call_id: int
    start_s: float
    end_s: float
    text: str
    author: str
    name: ClassVar[str] = "add_comment"
    topics: ClassVar[frozenset[str]] = frozenset({COMMENTS})

    def run(self, recorder: Recorder) -> int:
        """Return the id of the new comment; UserError when the call is gone."""
        require_call(recorder, self.call_id)
        return recorder.insert(
            "comment",
            {
                "call_id": self.call_id,
                "start_s": self.start_s,
                "end_s": max(self.start_s, self.end_s),
                "text": self.text,
                "author": self.author,
                "created_at": recorder.now,
            },
        )


@dataclass(frozen=True)
class EditComment(Action):
    """Change the text and the stretch of a comment; times in seconds."""

    comment_id: int
    start_s: float
    end_s: float
    text: str
    name: ClassVar[str] = "edit_comment"
    topics: ClassVar[frozenset[str]] = frozenset({COMMENTS})

    def run(self, recorder: Recorder) -> None:
        """Change the row; UserError when the comment is gone."""
        _require(recorder, self.comment_id)
        recorder.update(
            "comment",
            {"id": self.comment_id},
            {
                "start_s": self.start_s,
                "end_s": max(self.start_s, self.end_s),
                "text": self.text,
            },
        )


@dataclass(frozen=True)
class DeleteComment(Action):
    """Delete a comment."""

    comment_id: int
    name: ClassVar[str] = "delete_comment"
    topics: ClassVar[frozenset[str]] = frozenset({COMMENTS})

    def run(self, recorder: Recorder) -> None:
        """Remove the row; UserError when the comment is gone."""
        _require(recorder, self.comment_id)
        recorder.delete("comment", {"id": self.comment_id})


def _require(recorder: Recorder, comment_id: int) -> None:
    if recorder.row("comment", {"id": comment_id}) is None:
        raise UserError(_("This comment does not exist any more."))
