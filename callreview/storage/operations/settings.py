"""Changing settings of the workspace."""

from dataclasses import dataclass
from typing import ClassVar

from callreview.domain.changes import SETTINGS
from callreview.storage.operations.action import Action
from callreview.storage.recorder import Recorder, Row
from callreview.storage.settings import AGENT_CHANNEL


@dataclass(frozen=True)
class SetAgentChannel(Action):
    """Say on which channel (0-based) the agents of this workspace are; None: it differs."""

    channel: int | None
    name: ClassVar[str] = "set_agent_channel"
    topics: ClassVar[frozenset[str]] = frozenset({SETTINGS})

    def run(self, recorder: Recorder) -> None:
        """Write the setting, or take it away."""
        key: Row = {"key": AGENT_CHANNEL}
        known = recorder.row("setting", key) is not None
        if self.channel is None:
            if known:
                recorder.delete("setting", key)
        elif known:
            recorder.update("setting", key, {"value": str(self.channel)})
        else:
            recorder.insert("setting", {**key, "value": str(self.channel)})
