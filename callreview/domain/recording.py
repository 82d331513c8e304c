"""A recording as facts: its shape and its damage."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Damage:
    """A stretch of the recording that could not be read and is silence in the prepared audio.

    Times are seconds in the recording's own clock.
    """

    start_s: float
    end_s: float
    reason: str


@dataclass(frozen=True)
class AudioInfo:
    """What a file says about its audio; `duration_s` is None when the file does not tell."""

    duration_s: float | None
    sample_rate: int
    channels: int
    codec: str
