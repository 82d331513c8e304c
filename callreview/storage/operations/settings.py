"""Changing settings of the workspace."""

import json
from dataclasses import dataclass
from typing import ClassVar

from callreview.domain.changes import SETTINGS
from callreview.domain.talk_thresholds import USUAL, TalkThresholds
from callreview.domain.topic import Topic
from callreview.storage.operations.action import Action
from callreview.storage.recorder import Recorder, Row
from callreview.storage.serialise import to_json
from callreview.storage.settings import AGENT_CHANNEL, READABLE_KINDS, TALK_THRESHOLDS, TOPICS


@dataclass(frozen=True)
class SetAgentChannel(Action):
    """Say on which channel (0-based) the agents of this workspace are; None: it differs."""

    channel: int | None
    name: ClassVar[str] = "set_agent_channel"
    topics: ClassVar[frozenset[str]] = frozenset({SETTINGS})

    def run(self, recorder: Recorder) -> None:
        """Write the setting, or take it away."""
        value = None if self.channel is None else str(self.channel)
        _set(recorder, AGENT_CHANNEL, value)


@dataclass(frozen=True)
class SetReadableKinds(Action):
    """Say which kinds of personal data are left readable in calls; all others are masked."""

    kinds: tuple[str, ...]
    name: ClassVar[str] = "set_readable_kinds"
    topics: ClassVar[frozenset[str]] = frozenset({SETTINGS})

    def run(self, recorder: Recorder) -> None:
        """Write the setting, or take it away."""
        _set(recorder, READABLE_KINDS, json.dumps(self.kinds) if self.kinds else None)


@dataclass(frozen=True)
class SetTalkThresholds(Action):
    """Say where silence, overtalk and interruptions begin in this workspace."""

    thresholds: TalkThresholds
    name: ClassVar[str] = "set_talk_thresholds"
    topics: ClassVar[frozenset[str]] = frozenset({SETTINGS})

    def run(self, recorder: Recorder) -> None:
        """Write the setting, or take it away where all are the usual ones."""
        usual = self.thresholds == USUAL
        _set(recorder, TALK_THRESHOLDS, None if usual else to_json(self.thresholds))


@dataclass(frozen=True)
class SetTopics(Action):
    """Say what calls of this workspace may be about; None: the topics that come with CallReview."""

    calls_about: tuple[Topic, ...] | None
    name: ClassVar[str] = "set_topics"
    topics: ClassVar[frozenset[str]] = frozenset({SETTINGS})

    def run(self, recorder: Recorder) -> None:
        """Write the setting, or take it away."""
        _set(recorder, TOPICS, None if self.calls_about is None else to_json(self.calls_about))


def _set(recorder: Recorder, name: str, value: str | None) -> None:
    key: Row = {"key": name}
    known = recorder.row("setting", key) is not None
    if value is None:
        if known:
            recorder.delete("setting", key)
    elif known:
        recorder.update("setting", key, {"value": value})
    else:
        recorder.insert("setting", {**key, "value": value})
