"""What is usual for the talk metrics of a workspace's calls."""

from collections import defaultdict
from collections.abc import Mapping

from callreview.domain.usual_range import UsualRange, talk_figures, usual_range
from callreview.services.talk_thresholds import talk_thresholds
from callreview.storage.talk_metrics import newest_metrics
from callreview.storage.workspace import Workspace

MOST_CALLS = 1000
"""So many of the newest calls say what is usual: quick in any workspace, and of today."""


def usual_ranges(workspace: Workspace) -> Mapping[str, UsualRange]:
    """The usual range of each figure of `talk_figures`, over the workspace's newest calls.

    A figure that fewer than ten calls have is left out: there are not enough calls.
    """
    definition = talk_thresholds(workspace).definition
    with workspace.read() as db:
        metrics = newest_metrics(db, definition, MOST_CALLS)
    values: dict[str, list[float]] = defaultdict(list)
    for call in metrics:
        for name, value in talk_figures(call).items():
            values[name].append(value)
    found = {name: usual_range(each) for name, each in values.items()}
    return {name: usual for name, usual in found.items() if usual is not None}
