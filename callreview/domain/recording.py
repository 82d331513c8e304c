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


@dataclass(frozen=True)
class SourceFile:
    """A file that a recording was made from, as it was found, and the SHA-256 of its bytes."""

    path: str
    sha256: str


@dataclass(frozen=True)
class Recording:
    """The sound of a call: where it came from and the files made from it.

    `sha256` is the fingerprint of the source (audio/digest.py). `pcm_file` and `peaks_file` are
    names inside the workspace's audio folder; `pcm_sha256` is "" when it was not taken. `frames`
    counts sample frames, `sample_rate` is in Hz.
    """

    sources: tuple[SourceFile, ...]
    sha256: str
    pcm_file: str
    peaks_file: str
    channels: int
    sample_rate: int
    frames: int
    damage: tuple[Damage, ...] = ()
    pcm_sha256: str = ""

    @property
    def duration_s(self) -> float:
        """Length of the recording in seconds."""
        return self.frames / self.sample_rate if self.sample_rate else 0.0
