"""On which channel the agents of a workspace are recorded, for calls whose import does not say."""

from callreview.storage.operations.settings import SetAgentChannel
from callreview.storage.settings import AGENT_CHANNEL, load_setting
from callreview.storage.workspace import Workspace


def agent_channel(workspace: Workspace) -> int | None:
    """The channel (0-based: 0 left, 1 right), None when it is found out from what is said."""
    with workspace.read() as db:
        value = load_setting(db, AGENT_CHANNEL)
    return None if value is None else int(value)


def set_agent_channel(workspace: Workspace, channel: int | None) -> None:
    """Change the rule; it counts for calls that are transcribed from now on."""
    if channel != agent_channel(workspace):
        workspace.apply(SetAgentChannel(channel))
