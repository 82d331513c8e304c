"""The lanes of the waveform: who is drawn where."""

from dataclasses import dataclass

from callreview.config.language import _
from callreview.domain.transcript import Role, Speaker, Turn
from callreview.ui.review.call_view import CallView
from callreview.ui.review.wording import role_name

_ORDER: tuple[Role, ...] = ("agent", "customer", "supervisor", "ivr", "unknown")


@dataclass(frozen=True)
class Lane:
    """One channel of the recording and the turns of those who speak on it."""

    name: str
    role_text: str
    role: Role
    channel: int
    turns: tuple[Turn, ...] = ()


def lanes_of(view: CallView) -> tuple[Lane, ...]:
    """One lane for each channel, the agent above the customer."""
    lanes = [_lane(view, channel) for channel in range(max(view.summary.channels, 1))]
    return tuple(sorted(lanes, key=lambda lane: (_ORDER.index(lane.role), lane.channel)))


def _lane(view: CallView, channel: int) -> Lane:
    transcript = view.transcript
    if transcript is None:
        return _silent_lane(view, channel)
    speakers = [s for s in transcript.speakers if s.channel in (channel, None)]
    ids = {speaker.id for speaker in speakers}
    turns = tuple(turn for turn in transcript.turns if turn.speaker in ids)
    if len(speakers) == 1:
        speaker = speakers[0]
        return Lane(
            view.speaker_name(speaker), _role_text(view, speaker), speaker.role, channel, turns
        )
    name = _("All speakers") if speakers else _channel_name(channel)
    return Lane(name, "", "unknown", channel, turns)


def _role_text(view: CallView, speaker: Speaker) -> str:
    return role_name(speaker.role) if view.person(speaker.role) else ""


def _silent_lane(view: CallView, channel: int) -> Lane:
    agent_channel = view.metadata.agent_channel
    if agent_channel is None or view.summary.channels < 2:
        return Lane(_channel_name(channel), "", "unknown", channel)
    role: Role = "agent" if channel == agent_channel else "customer"
    name = view.person(role)
    return Lane(name or role_name(role), role_name(role) if name else "", role, channel)


def _channel_name(channel: int) -> str:
    return _("Channel {number}").format(number=channel + 1)
