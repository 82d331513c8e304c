"""Voices of one channel keep their name when a call is transcribed again.

Telling voices apart numbers them as they come. A person may have said who the first of them is, so
in another version of the transcript the same voice has to carry the same id.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import count, permutations

from callreview.domain.intervals import Intervals, intersect, total_s, union
from callreview.domain.talk_metrics import Interval
from callreview.domain.transcript import Transcript


def known_voices(transcript: Transcript, known: Mapping[str, Intervals]) -> dict[str, str]:
    """The ids that the voices of a new transcript had before, by the ids it gives them.

    `known` says when (seconds) each speaker of the earlier versions spoke. Voices are matched so
    that as much time as possible is spoken by the same in both; a voice that never meets a known one
    gets an id of its own. Empty when nothing has to change: speakers with channels of their own
    keep their ids, and so does somebody who speaks alone.
    """
    voices = [speaker.id for speaker in transcript.speakers if speaker.estimated]
    if len(voices) < 2 or not known:
        return {}
    found = _same(spoken_by(transcript), voices, known)
    taken = {speaker.id for speaker in transcript.speakers if not speaker.estimated}
    names = _names(voices, found, taken | set(known))
    return names if any(old != new for old, new in names.items()) else {}


def renamed(transcript: Transcript, names: Mapping[str, str]) -> Transcript:
    """The transcript with other ids for its speakers."""
    speakers = tuple(replace(s, id=names.get(s.id, s.id)) for s in transcript.speakers)
    turns = tuple(replace(t, speaker=names.get(t.speaker, t.speaker)) for t in transcript.turns)
    return replace(transcript, speakers=speakers, turns=turns)


def spoken_by(transcript: Transcript) -> dict[str, Intervals]:
    """When each speaker speaks (seconds), by the turns."""
    return by_speaker((turn.speaker, turn.start_s, turn.end_s) for turn in transcript.turns)


def by_speaker(turns: Iterable[tuple[str, float, float]]) -> dict[str, Intervals]:
    """When each speaker speaks (seconds), from rows of speaker, start and end."""
    spoken: dict[str, list[Interval]] = {}
    for speaker, start_s, end_s in turns:
        spoken.setdefault(speaker, []).append(Interval(start_s, end_s))
    return {speaker: union(intervals) for speaker, intervals in spoken.items()}


def _same(
    spoken: Mapping[str, Intervals], voices: Sequence[str], known: Mapping[str, Intervals]
) -> dict[str, str]:
    """The known id of each voice that has one; at most six voices, so all pairings are tried."""
    shared_s = {
        (voice, name): total_s(intersect(spoken.get(voice, ()), intervals))
        for voice in voices
        for name, intervals in known.items()
    }
    best = max(
        permutations(_most_met(list(known), shared_s, len(voices)), len(voices)),
        key=lambda chosen: sum(
            shared_s.get(pair, 0.0) for pair in zip(voices, chosen, strict=True)
        ),
    )
    pairs = zip(voices, best, strict=True)
    return {voice: name for voice, name in pairs if shared_s.get((voice, name), 0.0) > 0}


def _most_met(
    names: Sequence[str], shared_s: Mapping[tuple[str, str], float], voices: int
) -> list[str]:
    """As many known names as there are voices, those met longest, and room for new voices."""
    met = {name: sum(s for (_v, other), s in shared_s.items() if other == name) for name in names}
    longest = sorted(names, key=lambda name: -met[name])[: voices + 1]
    return longest + [""] * max(voices - len(longest), 0)


def _names(voices: Sequence[str], found: Mapping[str, str], taken: set[str]) -> dict[str, str]:
    free = (name for name in (f"S{number}" for number in count(1)) if name not in taken)
    return {voice: found.get(voice) or next(free) for voice in voices}
