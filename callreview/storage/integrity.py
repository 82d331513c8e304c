"""Is everything there and whole? And a copy of all of it."""

from pathlib import Path

from callreview.storage.workspace import Workspace


def backup(workspace: Workspace, out: Path) -> None:
    """Write a complete, checked copy of the workspace to `out`: a new folder, or a .zip file.

    Raises UserError when `out` is already there, EnvironmentProblem when the disk refuses.
    """
    raise NotImplementedError


def verify(workspace: Workspace) -> list[str]:
    """What is wrong with the workspace, one line each; empty when all is well."""
    raise NotImplementedError
