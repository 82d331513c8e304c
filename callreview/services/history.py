"""Undo and redo of what users did."""

from callreview.services.keywords import refresh_hits
from callreview.storage.workspace import Workspace


def undo(workspace: Workspace, initiator: str = "") -> str:
    """Take back the newest action and what followed from it; return the action's name.

    Raises UserError when there is nothing to undo or what it changed has moved on.
    """
    label = workspace.undo(initiator)
    refresh_hits(workspace)
    return label


def redo(workspace: Workspace, initiator: str = "") -> str:
    """Do again what was undone last; return the action's name. Raises UserError as `undo` does."""
    label = workspace.redo(initiator)
    refresh_hits(workspace)
    return label
