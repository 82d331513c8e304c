"""Discovering topics over the library."""

from collections.abc import Sequence

from callreview.domain.topic import SuggestedTopic, Topic
from callreview.services.progress import IsCancelled, OnProgress
from callreview.storage.workspace import Workspace


def discover(
    workspace: Workspace,
    topics: Sequence[Topic],
    progress: OnProgress,
    cancelled: IsCancelled,
) -> tuple[SuggestedTopic, ...]:
    """Suggestions of topics that are not among `topics`."""
    raise NotImplementedError
