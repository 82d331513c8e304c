"""Undo and redo of what users did."""

from callreview.storage.workspace import Workspace


def undo(workspace: Workspace, initiator: str = "") -> str:
    """Take back the newest action; return the action's name.

    If it changed keyword lists, `keywords.refresh_hits` brings the hits up to date.
    Raises UserError when there is nothing to undo or what it changed has moved on.
    """
    return workspace.undo(initiator)


def redo(workspace: Workspace, initiator: str = "") -> str:
    """Do again what was undone last; return the action's name. Raises UserError as `undo` does."""
    return workspace.redo(initiator)
