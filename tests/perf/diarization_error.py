"""Diarization error rate: missed speech + false alarm + confusion, over all speech of the reference.

As NIST's Rich Transcription evaluations define it (RT-09 plan, section 6.1, and md-eval): where several
speak at once each counts, hypothesis speakers are matched one to one so that the error is least,
and a collar around every reference boundary is left out of the count.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations

from callreview.domain.intervals import union
from callreview.domain.talk_metrics import Interval

Speech = Mapping[str, Sequence[Interval]]
"""Who speaks when."""


@dataclass(frozen=True)
class DiarizationError:
    """Seconds of each kind of error, and of reference speech (each speaker's counted)."""

    missed_s: float = 0.0
    false_alarm_s: float = 0.0
    confused_s: float = 0.0
    speech_s: float = 0.0

    @property
    def rate(self) -> float:
        """All errors over reference speech."""
        wrong_s = self.missed_s + self.false_alarm_s + self.confused_s
        return wrong_s / self.speech_s if self.speech_s else 0.0

    def __add__(self, other: "DiarizationError") -> "DiarizationError":
        """The errors of both, so that longer recordings weigh more."""
        return DiarizationError(
            self.missed_s + other.missed_s,
            self.false_alarm_s + other.false_alarm_s,
            self.confused_s + other.confused_s,
            self.speech_s + other.speech_s,
        )


def diarization_error(reference: Speech, found: Speech, collar_s: float = 0.0) -> DiarizationError:
    """Compare who was found to speak with who does; `collar_s` is left out on each side."""
    reference = {name: union(spans) for name, spans in reference.items()}
    found = {name: union(spans) for name, spans in found.items()}
    slices = _slices(reference, found, collar_s)
    together: dict[tuple[str, str], float] = {}
    missed = false_alarm = both = speech = 0.0
    for length_s, said, heard in slices:
        speech += length_s * len(said)
        missed += length_s * max(len(said) - len(heard), 0)
        false_alarm += length_s * max(len(heard) - len(said), 0)
        both += length_s * min(len(said), len(heard))
        for pair in ((s, h) for s in said for h in heard):
            together[pair] = together.get(pair, 0.0) + length_s
    right = _best_match(sorted(reference), sorted(found), together)
    return DiarizationError(missed, false_alarm, both - right, speech)


def best_names(reference: Speech, found: Speech) -> dict[str, str]:
    """Which reference speaker each found one is, so that they agree for the longest time."""
    names, voices = sorted(reference), sorted(found)
    best: tuple[float, dict[str, str]] = (-1.0, {})
    shared = {
        (name, voice): _shared_s(reference[name], found[voice])
        for name in names
        for voice in voices
    }
    for pairs in _matches(names, voices):
        score = sum(shared[pair] for pair in pairs)
        if score > best[0]:
            best = (score, {voice: name for name, voice in pairs})
    return best[1]


def _shared_s(one: Sequence[Interval], other: Sequence[Interval]) -> float:
    return sum(
        max(0.0, min(a.end_s, b.end_s) - max(a.start_s, b.start_s)) for a in one for b in other
    )


def _slices(reference: Speech, found: Speech, collar_s: float):
    """Time cut at every boundary: length, who speaks, who was found; collars left out."""
    edges = [
        edge for spans in reference.values() for one in spans for edge in (one.start_s, one.end_s)
    ]
    collars = union(Interval(edge - collar_s, edge + collar_s) for edge in edges)
    groups = [*reference.values(), *found.values(), collars if collar_s else ()]
    cuts = sorted({edge for spans in groups for one in spans for edge in (one.start_s, one.end_s)})
    skip = _Walk({"collar": collars} if collar_s else {})
    said, heard = _Walk(reference), _Walk(found)
    for start_s, end_s in pairwise(cuts):
        middle_s = (start_s + end_s) / 2
        if not skip.at(middle_s):
            yield end_s - start_s, said.at(middle_s), heard.at(middle_s)


class _Walk:
    """Who is active at times that only grow."""

    def __init__(self, speech: Speech) -> None:
        self._speech = speech
        self._next = dict.fromkeys(speech, 0)

    def at(self, time_s: float) -> list[str]:
        active = []
        for name, spans in self._speech.items():
            while self._next[name] < len(spans) and spans[self._next[name]].end_s <= time_s:
                self._next[name] += 1
            at = self._next[name]
            if at < len(spans) and spans[at].start_s <= time_s:
                active.append(name)
        return active


def _matches(names: Sequence[str], voices: Sequence[str]):
    if len(names) <= len(voices):
        return ([*zip(names, chosen, strict=False)] for chosen in permutations(voices, len(names)))
    return ([*zip(chosen, voices, strict=False)] for chosen in permutations(names, len(voices)))


def _best_match(
    names: Sequence[str], voices: Sequence[str], together: Mapping[tuple[str, str], float]
) -> float:
    return max(sum(together.get(pair, 0.0) for pair in pairs) for pairs in _matches(names, voices))
