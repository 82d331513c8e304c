"""Undo and redo of what users did."""

from callreview.services.roles import count_again_where_due
from callreview.storage.workspace import Workspace


def undo(workspace: Workspace, initiator: str = "") -> str:
    """Take back the newest action; return the action's name.

    If it changed keyword lists, `keywords.refresh_hits` brings the hits up to date.
    Raises UserError when there is nothing to undo or what it changed has moved on.
    """
    undone = workspace.undo(initiator)
    count_again_where_due(workspace)
    return undone


def redo(workspace: Workspace, initiator: str = "") -> str:
    """Do again what was undone last; return the action's name. Raises UserError as `undo` does."""
    redone = workspace.redo(initiator)
    count_again_where_due(workspace)
    return redone
