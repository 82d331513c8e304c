"""Changing calls as a whole."""

from collections.abc import Sequence

from callreview.storage.operations.calls import DeleteCalls
from callreview.storage.workspace import Workspace


def delete_calls(workspace: Workspace, call_ids: Sequence[int]) -> None:
    """Delete calls with their transcripts, comments and evaluations; one undo brings all back."""
    workspace.apply(DeleteCalls(tuple(call_ids)))
