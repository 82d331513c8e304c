"""Keeping the work safe: backup, and checking the workspace."""

from pathlib import Path

from callreview.storage import integrity
from callreview.storage.workspace import Workspace


def backup(workspace: Workspace, out: Path) -> None:
    """Write a complete, checked copy of the workspace to `out`."""
    integrity.backup(workspace, out)


def verify(workspace: Workspace) -> list[str]:
    """What is wrong with the workspace, one line each; empty when all is well."""
    return integrity.verify(workspace)
