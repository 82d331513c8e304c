"""Opening a workspace with the forms and keyword lists that come with CallReview."""

from pathlib import Path

from callreview.config.shipped import shipped_scorecards
from callreview.storage import scorecards
from callreview.storage.workspace import Workspace

__all__ = ["Workspace", "open_workspace"]


def open_workspace(folder: Path, read_only: bool = False) -> Workspace:
    """Open the workspace in `folder`, made and furnished when it is new.

    Raises EnvironmentProblem when it is open elsewhere or the disk refuses, UserError when there
    is none to read or a newer program made it.
    """
    workspace = Workspace.open(folder, read_only=read_only)
    if read_only:
        return workspace
    try:
        _furnish(workspace)
    except BaseException:
        workspace.close()
        raise
    return workspace


def _furnish(workspace: Workspace) -> None:
    shipped = shipped_scorecards()
    with workspace.read() as db:
        known = {(card.name, card.version) for card in scorecards.list_scorecards(db)}
    missing = [card for card in shipped if (card.name, card.version) not in known]
    if missing:
        workspace.write(lambda db: scorecards.install_scorecards(db, missing))
