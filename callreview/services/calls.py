"""Changing calls as a whole."""

from callreview.storage.operations.calls import DeleteCall
from callreview.storage.workspace import Workspace


def delete_call(workspace: Workspace, call_id: int) -> None:
    """Delete a call with its transcripts, comments and evaluations; undo brings all back."""
    workspace.apply(DeleteCall(call_id))
