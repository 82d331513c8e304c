"""Who speaks when on one channel, told apart by voice."""

from dataclasses import dataclass

from callreview.domain.intervals import Intervals, union
from callreview.domain.talk_metrics import Interval


@dataclass(frozen=True, order=True)
class VoiceStretch:
    """A stretch of speech of one voice (numbered from 0 in order of appearance), in seconds.

    `confidence` (0..1) says how sure it is that it was this voice and not another.
    """

    start_s: float
    end_s: float
    voice: int
    confidence: float = 1.0


@dataclass(frozen=True)
class Voices:
    """All voices of one channel.

    `stretches` are in order of their start; those of one voice lie apart, those of different voices
    may overlap. `overlap` is where two speak at once. `alike` warns that voices are hard to tell
    apart, so that stretches may be mixed up.
    """

    stretches: tuple[VoiceStretch, ...]
    overlap: Intervals
    count: int
    alike: bool

    def speech(self, voice: int) -> Intervals:
        """When this voice speaks."""
        return union(
            Interval(one.start_s, one.end_s) for one in self.stretches if one.voice == voice
        )
