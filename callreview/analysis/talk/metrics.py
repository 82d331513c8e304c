"""Talk metrics of a call, by the definition "talk-1" (docs/definitions.md, "Talk metrics").

The thresholds named here are the usual ones; `TalkThresholds` may have others.

Where the definition leaves room, this is how it is read:

- Talk shares are of the sum of all speakers' speech, so that they add up to 1.
- Silence before the first and after the last word of the call is dead air like any other.
- Overtalk: two roles or more speak at once.
- An interruption is counted from the moment X starts: Y stops within 1.0 s of it. It is left out
  when X says nothing but back-channels, or nothing that was recognised, or when the overlap is
  under 1 s and the words inside it are back-channels.
- Response time is the mean over all changes from customer to agent; an agent who starts before
  the customer has ended has waited 0 s.
- A monologue runs over turns of one speaker until another answers a question or says more than a
  back-channel, or until a pause that counts as dead air.
- Masked spans are neither silence nor part of the speaking rate.
- Lengths are compared to the microsecond: 4.1 s to 4.6 s is half a second.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise

from callreview.analysis.talk.questions import count_questions
from callreview.domain.back_channels import is_back_channel
from callreview.domain.intervals import (
    Intervals,
    beyond_s,
    close_gaps,
    intersect,
    subtract,
    total_s,
    union,
)
from callreview.domain.talk_metrics import Interval, Stretches, TalkMetrics
from callreview.domain.talk_thresholds import USUAL, TalkThresholds
from callreview.domain.transcript import MaskedSpan, Role, Transcript, Turn, Word

SHORT_OVERLAP_S = 1.0

_Speech = dict[Role, Intervals]


def talk_of_call(
    transcript: Transcript,
    speech: Mapping[str, Sequence[Interval]],
    duration_s: float,
    thresholds: TalkThresholds,
) -> TalkMetrics:
    """The talk metrics of a call of `duration_s` seconds by the roles its speakers have.

    `speech` is the voice activity (seconds) of each speaker by id.
    """
    by_role: dict[Role, Intervals] = {}
    for speaker in transcript.speakers:
        by_role[speaker.role] = union(by_role.get(speaker.role, ()), speech.get(speaker.id, ()))
    return measure_talk(
        by_role,
        transcript.turns,
        duration_s,
        transcript.masked,
        estimated=any(speaker.estimated for speaker in transcript.speakers),
        thresholds=thresholds,
    )


def measure_talk(
    speech: Mapping[Role, Sequence[Interval]],
    turns: Sequence[Turn],
    duration_s: float,
    masked: Sequence[MaskedSpan] = (),
    *,
    estimated: bool = False,
    thresholds: TalkThresholds = USUAL,
) -> TalkMetrics:
    """The talk metrics of a call of `duration_s` seconds.

    `speech` is the voice activity of each role, `masked` the spans of masked personal data.
    `estimated` says that the speakers were told apart on one channel.
    """
    spoken = {role: close_gaps(intervals, thresholds.gap_s) for role, intervals in speech.items()}
    in_order = sorted(turns, key=lambda turn: (turn.start_s, turn.end_s))
    hidden = union(Interval(span.start_s, span.end_s) for span in masked)
    talk_s = {role: total_s(intervals) for role, intervals in spoken.items()}
    all_talk_s = sum(talk_s.values())
    return TalkMetrics(
        talk_s=talk_s,
        talk_share={role: _share(length_s, all_talk_s) for role, length_s in talk_s.items()},
        talk_share_of_call={
            role: _share(length_s, duration_s) for role, length_s in talk_s.items()
        },
        dead_air=_stretches(_dead_air(spoken, hidden, duration_s, thresholds.dead_air_s)),
        overtalk=_stretches(_overtalk(spoken, thresholds.overtalk_s)),
        interruptions=_interruptions(spoken, in_order, thresholds),
        words_per_minute=_words_per_minute(spoken, in_order, hidden),
        response_time_s=_response_time_s(in_order),
        longest_monologue_s=_longest_monologues(spoken, in_order, thresholds.dead_air_s),
        questions=_questions(spoken, in_order),
        turns_per_minute=60 * _share(len(in_order), duration_s),
        estimated=estimated,
        definition=thresholds.definition,
        speech=spoken,
    )


def _share(part: float, whole: float) -> float:
    return part / whole if whole > 0 else 0.0


def _stretches(instances: Intervals) -> Stretches:
    return Stretches(
        count=len(instances),
        total_s=sum(interval.length_s for interval in instances),
        longest_s=max((interval.length_s for interval in instances), default=0.0),
        instances=instances,
    )


def _dead_air(
    spoken: _Speech, hidden: Intervals, duration_s: float, longer_than_s: float
) -> Intervals:
    silence = subtract([Interval(0.0, duration_s)], union(hidden, *spoken.values()))
    return tuple(i for i in silence if beyond_s(i.length_s, longer_than_s) > 0)


def _overtalk(spoken: _Speech, least_s: float) -> Intervals:
    voices = list(spoken.values())
    overlaps = [
        intersect(one, other) for number, one in enumerate(voices) for other in voices[:number]
    ]
    return tuple(i for i in union(*overlaps) if beyond_s(i.length_s, least_s) >= 0)


def _interruptions(
    spoken: _Speech, turns: Sequence[Turn], thresholds: TalkThresholds
) -> dict[Role, Intervals]:
    return {
        role: union(
            overlap
            for other, theirs in spoken.items()
            if other != role
            for overlap in _interruptions_of(theirs, ours, _words(turns, role), thresholds)
        )
        for role, ours in spoken.items()
    }


def _interruptions_of(
    theirs: Intervals, ours: Intervals, our_words: Sequence[Word], thresholds: TalkThresholds
) -> list[Interval]:
    """The overlaps in which we, who say `our_words`, cut their speech short."""
    starts = [interval.start_s for interval in theirs]
    found = []
    for mine in ours:
        index = bisect_left(starts, mine.start_s) - 1
        if index < 0 or theirs[index].end_s <= mine.start_s:
            continue
        overlap = Interval(mine.start_s, min(mine.end_s, theirs[index].end_s))
        goes_on_s = theirs[index].end_s - mine.start_s
        long = beyond_s(overlap.length_s, thresholds.interruption_s) >= 0
        if long and beyond_s(goes_on_s, thresholds.yield_s) <= 0:
            found += [] if _only_listens(mine, overlap, our_words) else [overlap]
    return found


def _only_listens(mine: Interval, overlap: Interval, words: Sequence[Word]) -> bool:
    """Whether the speech `mine` that began in `overlap` does not try to take the turn."""
    if not words:
        return False
    said = _texts_in(words, mine)
    short = beyond_s(overlap.length_s, SHORT_OVERLAP_S) < 0
    return (
        not said or is_back_channel(said) or (short and is_back_channel(_texts_in(words, overlap)))
    )


def _texts_in(words: Sequence[Word], interval: Interval) -> list[str]:
    """The words whose middle lies in the interval."""
    middles = [(word.start_s + word.end_s) / 2 for word in words]
    first = bisect_left(middles, interval.start_s)
    return [word.text for word in words[first : bisect_right(middles, interval.end_s)]]


def _words(turns: Sequence[Turn], role: Role) -> list[Word]:
    words = [word for turn in turns if turn.role == role for word in turn.words]
    return sorted(words, key=lambda word: word.start_s + word.end_s)


def _words_per_minute(
    spoken: _Speech, turns: Sequence[Turn], hidden: Intervals
) -> dict[Role, float]:
    rates: dict[Role, float] = {}
    for role, intervals in spoken.items():
        own = [turn for turn in turns if turn.role == role]
        words = sum(_spaced_words(turn, hidden) for turn in own)
        rates[role] = 60 * _share(words, total_s(subtract(intervals, hidden)))
    return rates


def _spaced_words(turn: Turn, hidden: Intervals) -> int:
    """Words between spaces outside the masked spans; in Korean that is the eojeol."""
    near = [span for span in hidden if span.start_s < turn.end_s and turn.start_s < span.end_s]
    return sum(
        1
        for number, word in enumerate(turn.words)
        if (word.space_before or number == 0)
        and any(character.isalnum() for character in word.text)
        and not (near and intersect([Interval(word.start_s, word.end_s)], near))
    )


def _response_time_s(turns: Sequence[Turn]) -> float | None:
    gaps = [
        max(0.0, answer.start_s - asked.end_s)
        for asked, answer in pairwise(turns)
        if asked.role == "customer" and answer.role == "agent"
    ]
    return sum(gaps) / len(gaps) if gaps else None


def _longest_monologues(
    spoken: _Speech, turns: Sequence[Turn], pause_s: float
) -> dict[Role, float]:
    longest: dict[Role, float] = dict.fromkeys(spoken, 0.0)
    talker: Turn | None = None
    start_s = end_s = 0.0
    for turn in turns:
        goes_on = talker is not None and turn.speaker == talker.speaker
        if talker is not None and not goes_on and _lets_go_on(turn, talker):
            continue
        if not goes_on or beyond_s(turn.start_s - end_s, pause_s) > 0:
            start_s = end_s = turn.start_s
        talker, end_s = turn, max(end_s, turn.end_s)
        longest[turn.role] = max(longest.get(turn.role, 0.0), end_s - start_s)
    return longest


def _lets_go_on(turn: Turn, talker: Turn) -> bool:
    """Whether the turn is a back-channel; after a question, "yes" is an answer."""
    asked = talker.text.endswith(("?", "？"))
    return not asked and is_back_channel(word.text for word in turn.words)


def _questions(spoken: _Speech, turns: Sequence[Turn]) -> dict[Role, int]:
    counts: dict[Role, int] = dict.fromkeys(spoken, 0)
    for turn in turns:
        counts[turn.role] = counts.get(turn.role, 0) + count_questions(turn.text)
    return counts
