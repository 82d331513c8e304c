"""Who speaks on which channel, and which of them is the agent.

What names the agent, the surest first:

1. the import or the workspace: the agent is on this channel (`CallMetadata.agent_channel`);
2. what is said: each voice is weighed by the phrases of agents and of customers, those of the
   opening count more (`role_phrases.py`);
3. how it is said: agents mostly speak first and somewhat longer.

The confidence of a role follows from the margin between the agent and the customer, fitted to
calls whose roles are known (`tests/perf/measure_roles.py`).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from callreview.domain.call import CallMetadata
from callreview.domain.transcript import Role, Speaker, Word, join_words
from callreview.speech.recognised import ChannelWords
from callreview.speech.role_phrases import (
    ANNOUNCEMENT,
    OPENING_S,
    SUPERVISOR,
    TRANSFER,
    both_sides,
    weigh,
)

# Agents mostly speak first and somewhat longer; a phrase says more than both.
_SPEAKS_FIRST = 0.7
_SPEAKS_LONGER = 0.3

# The logistic curve of confidence over the margin of two voices.
_STEEPNESS = 0.55
_SUREST = 0.99

# One voice alone may be both people on one channel: it has to speak for one side only.
_ALONE_WORDS = 8
_ALONE_SURE = 3.0
_ALONE_OTHER_SHARE = 0.1

_ANNOUNCED = 2.0
_AGENT_LIKE = 2.0
_TOLD_FURTHER, _GUESSED_FURTHER = 0.9, 0.6

Named = tuple[Role, float]
"""A role and how sure it is, 0..1."""

_NOBODY: Named = ("unknown", 0.0)


def assign_roles(channels: Sequence[ChannelWords], metadata: CallMetadata) -> tuple[Speaker, ...]:
    """One speaker for each channel or voice, in the same order, with a role and its confidence.

    The agent is on `metadata.agent_channel` when there is such a channel; on two channels the
    other is the customer's then. Otherwise the agent and the customer are those of the people
    heard who sound most like it; an announcement (IVR) and a supervisor or second agent are told
    apart, everybody else is "unknown". Who says nothing is "unknown", and so is a voice that is
    alone and does not clearly speak for one side: it may be both people. A single channel is
    nobody's own: its speaker has no channel.
    """
    voices = [_Voice.of(index, one) for index, one in enumerate(channels)]
    named = _by_channel(channels, voices, metadata.agent_channel) or _by_words(voices)
    shared = len(channels) < 2
    return tuple(
        Speaker(f"S{index + 1}", role, None if shared else one.channel, confidence)
        for index, (one, (role, confidence)) in enumerate(zip(channels, named, strict=True))
    )


@dataclass(frozen=True)
class _Voice:
    """One voice and what its words say about it; times are seconds."""

    index: int
    words: int
    first_s: float
    last_s: float
    speech_s: float
    as_agent: float
    as_customer: float
    announces: float
    supervises: float
    transfers: float

    @classmethod
    def of(cls, index: int, heard: ChannelWords) -> "_Voice":
        words = heard.words
        first_s = words[0].start_s if words else math.inf
        opening = tuple(word for word in words if word.start_s < first_s + OPENING_S)
        rest = _text(words[len(opening) :])
        as_agent, as_customer = both_sides(_text(opening), rest)
        text = _text(words)
        return cls(
            index=index,
            words=len(words),
            first_s=first_s,
            last_s=words[-1].end_s if words else -math.inf,
            speech_s=sum(stretch.length_s for stretch in heard.speech),
            as_agent=as_agent,
            as_customer=as_customer,
            announces=weigh(ANNOUNCEMENT, text),
            supervises=weigh(SUPERVISOR, text),
            transfers=weigh(TRANSFER, text),
        )

    @property
    def likeness(self) -> float:
        """How much it sounds like an agent (> 0) or a customer (< 0)."""
        return self.as_agent - self.as_customer


def _text(words: Sequence[Word]) -> str:
    return join_words(tuple(words))


def _by_channel(
    channels: Sequence[ChannelWords], voices: Sequence[_Voice], known: int | None
) -> list[Named] | None:
    """The roles when the agent's channel is known and this recording has it."""
    agent = next((v for v, one in zip(voices, channels, strict=True) if one.channel == known), None)
    if known is None or agent is None or len(channels) < 2:
        return None
    others = [voice for voice in voices if voice is not agent]
    named = [_NOBODY] * len(voices)
    if len(others) == 1:
        named[others[0].index] = ("customer", 1.0)
    else:
        _name_others(named, agent, [voice for voice in others if voice.words])
    named[agent.index] = ("agent", 1.0)
    return named


def _by_words(voices: Sequence[_Voice]) -> list[Named]:
    """The roles from what is said and who says it when."""
    named = [_NOBODY] * len(voices)
    heard = [voice for voice in voices if voice.words]
    announcements = [voice for voice in heard if _is_announcement(voice, heard)]
    for voice in announcements:
        named[voice.index] = ("ivr", _TOLD_FURTHER)
    people = [voice for voice in heard if voice not in announcements]
    if len(people) == 1:
        named[people[0].index] = _alone(people[0])
    elif people:
        _name_others(named, _agent(people), people)
    return named


def _is_announcement(voice: _Voice, heard: Sequence[_Voice]) -> bool:
    """Whether it is a machine that reads a menu: before anybody else, or to nobody."""
    if voice.announces < _ANNOUNCED or voice.as_customer > voice.announces:
        return False
    others = [other for other in heard if other is not voice]
    opens = all(voice.first_s <= other.first_s for other in others)
    answers = sum(other.first_s < voice.last_s for other in others)
    return bool(others) and (answers == 0 or (opens and answers < len(others)))


def _agent(people: Sequence[_Voice]) -> _Voice:
    """The agent among several people: who sounds most like one, the first where two do."""
    agent = max(people, key=lambda voice: (_standing(voice, people), -voice.first_s))
    if len(people) < 3:
        return agent
    like_agents = [v for v in people if v.likeness >= _AGENT_LIKE and not v.supervises]
    return min(like_agents, key=lambda voice: voice.first_s, default=agent)


def _standing(voice: _Voice, people: Sequence[_Voice]) -> float:
    first = min(people, key=lambda one: one.first_s)
    longest = max(people, key=lambda one: (one.speech_s, -one.first_s))
    bonus = _SPEAKS_FIRST * (voice is first) + _SPEAKS_LONGER * (voice is longest)
    return voice.likeness + bonus


def _name_others(named: list[Named], agent: _Voice, people: Sequence[_Voice]) -> None:
    """Name the agent, the customer and whoever else speaks."""
    others = [voice for voice in people if voice is not agent]
    customer = min(
        others, key=lambda voice: (_distance_from_customer(voice), voice.first_s), default=None
    )
    if customer is None:
        return
    everybody = [agent, *others]
    margin = _standing(agent, everybody) - _standing(customer, everybody)
    sure = _confidence(margin)
    named[agent.index], named[customer.index] = ("agent", sure), ("customer", sure)
    for voice in others:
        if voice is not customer:
            named[voice.index] = _further(voice, agent)


def _distance_from_customer(voice: _Voice) -> float:
    """Less for who sounds more like a customer and, where words do not tell, says more."""
    return voice.likeness - math.log1p(voice.words) / 2


def _further(voice: _Voice, agent: _Voice) -> Named:
    """Whoever speaks beside agent and customer: a supervisor, a second agent, or nobody known."""
    if voice.supervises:
        return ("supervisor", _TOLD_FURTHER)
    if agent.transfers and voice.first_s > agent.first_s and voice.likeness > 0:
        return ("supervisor", _GUESSED_FURTHER)
    if voice.likeness >= _AGENT_LIKE:
        return ("supervisor", _GUESSED_FURTHER)
    return _NOBODY


def _alone(voice: _Voice) -> Named:
    """The role of the only person heard: a message left, or one side of a call."""
    sides: list[tuple[Role, float, float]] = [
        ("agent", voice.as_agent, voice.as_customer),
        ("customer", voice.as_customer, voice.as_agent),
    ]
    for role, own, other in sides:
        one_sided = own >= _ALONE_SURE and other <= _ALONE_OTHER_SHARE * own
        if one_sided and voice.words >= _ALONE_WORDS:
            return (role, _confidence(own - other))
    return _NOBODY


def _confidence(margin: float) -> float:
    """How sure a role is by the margin to the other side; only a person or the import is surer."""
    return min(_SUREST, 1.0 / (1.0 + math.exp(-_STEEPNESS * margin)))
