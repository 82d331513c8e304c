"""Who speaks on which channel, and which of them is the agent."""

from collections.abc import Sequence

from callreview.domain.call import CallMetadata
from callreview.domain.transcript import Role, Speaker, Word, join_words
from callreview.speech.recognised import ChannelWords
from callreview.speech.role_phrases import OPENING_S, agent_likeness

# Agents mostly speak first and somewhat longer; a phrase says more than both.
_SPEAKS_FIRST = 0.7
_SPEAKS_LONGER = 0.3


def assign_roles(channels: Sequence[ChannelWords], metadata: CallMetadata) -> tuple[Speaker, ...]:
    """One speaker for each channel, in the same order.

    The agent is on `metadata.agent_channel` when that is known, else on the channel that sounds
    most like an agent (its phrases, who speaks first, who speaks longer), else on the first. The
    customer is the one of the others who says most; further parties are "unknown". On a single
    channel both people may be heard: its speaker is "unknown" and has no channel.
    """
    if len(channels) < 2:
        return tuple(Speaker(_id(index), "unknown") for index, _one in enumerate(channels))
    agent = _agent(channels, metadata.agent_channel)
    others = [one for one in channels if one.channel != agent]
    customer = max(others, key=lambda one: len(one.words)).channel
    roles: dict[int, Role] = {agent: "agent", customer: "customer"}
    return tuple(
        Speaker(_id(index), roles.get(one.channel, "unknown"), one.channel)
        for index, one in enumerate(channels)
    )


def _id(index: int) -> str:
    return f"S{index + 1}"


def _agent(channels: Sequence[ChannelWords], known: int | None) -> int:
    if known in [one.channel for one in channels]:
        return known
    first = min((one for one in channels if one.words), key=_first_word_s, default=channels[0])
    longest = max(channels, key=_speech_s)

    def likeness(one: ChannelWords) -> float:
        bonus = _SPEAKS_FIRST * (one is first) + _SPEAKS_LONGER * (one is longest)
        return _phrases(one.words) + bonus

    return max(channels, key=likeness).channel


def _phrases(words: Sequence[Word]) -> float:
    opening_end_s = words[0].start_s + OPENING_S if words else 0.0
    opening = tuple(word for word in words if word.start_s < opening_end_s)
    return agent_likeness(join_words(opening), join_words(tuple(words[len(opening) :])))


def _first_word_s(one: ChannelWords) -> float:
    return one.words[0].start_s


def _speech_s(one: ChannelWords) -> float:
    return sum(stretch.length_s for stretch in one.speech)
