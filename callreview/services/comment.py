"""Commenting on a stretch of a call."""

from callreview.domain.annotation import Comment
from callreview.storage.operations.comments import AddComment, DeleteComment, EditComment
from callreview.storage.workspace import Workspace


def add_comment(
    workspace: Workspace, call_id: int, start_s: float, end_s: float, text: str, author: str
) -> int:
    """Add a comment on a time range (seconds); return its id. UserError when the call is gone."""
    return workspace.apply(AddComment(call_id, start_s, end_s, text, author))


def edit_comment(workspace: Workspace, comment: Comment, text: str) -> None:
    """Change the text of a comment; UserError when it is gone."""
    workspace.apply(EditComment(comment.id, comment.start_s, comment.end_s, text))


def delete_comment(workspace: Workspace, comment_id: int) -> None:
    """Delete a comment; UserError when it is gone."""
    workspace.apply(DeleteComment(comment_id))
