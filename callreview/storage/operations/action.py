"""What every action of a user has in common."""

from typing import ClassVar

from callreview.storage.operations.labels import action_label


class Action:
    """A user's action: its name in the journal, and the topics it touches (domain/changes.py)."""

    name: ClassVar[str]
    topics: ClassVar[frozenset[str]]

    @property
    def label(self) -> str:
        """What the user calls it, as in "Undo: Add a comment"."""
        return action_label(self.name)
