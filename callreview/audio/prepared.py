"""Prepared audio: a recording decoded once, as lossless samples that are transcribed, drawn and played."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from callreview.domain.recording import Damage

SAMPLE_BYTES = 2
_BLOCK_FRAMES = 1 << 16


@dataclass(frozen=True)
class PreparedAudio:
    """Samples of one recording on disk: interleaved little-endian int16, every channel, true times.

    `frames` counts sample frames (one sample of each channel), `sample_rate` is in Hz. `sha256` is
    of the source file; for several files of one call it is the SHA-256 over their digests (the 32
    raw bytes each, in order). `source_lengths_s` are the lengths of the source files in seconds,
    of the longest track of each; () when the sound was prepared earlier.
    """

    path: Path
    channels: int
    sample_rate: int
    frames: int
    damage: tuple[Damage, ...]
    sha256: str
    source_lengths_s: tuple[float, ...] = ()

    @property
    def duration_s(self) -> float:
        """Length of the recording in seconds."""
        return self.frames / self.sample_rate

    def samples(self) -> "np.memmap[tuple[int, int], np.dtype[np.int16]]":
        """Map the samples from disk, read-only: int16 of shape (frames, channels)."""
        shape = (self.frames, self.channels)
        return np.memmap(self.path, dtype="<i2", mode="r", shape=shape)

    def mono(
        self, channel: int, start_s: float = 0.0, end_s: float | None = None, rate: int = 16000
    ) -> npt.NDArray[np.float32]:
        """One channel between two times (seconds) at `rate` Hz: float32 of shape (samples,), -1..1.

        Times outside the recording are cut to it. Besides the result only one block is in memory.
        """
        # FFmpeg takes long to load, and the window plays and draws without it.
        from callreview.audio.resample import resample_blocks, resampled_length

        source = self.samples()[:, channel]
        first = min(max(round(start_s * self.sample_rate), 0), self.frames)
        last = self.frames if end_s is None else round(end_s * self.sample_rate)
        last = min(max(last, first), self.frames)
        result = np.zeros(resampled_length(last - first, self.sample_rate, rate), dtype=np.float32)
        blocks = (
            np.asarray(source[at : min(at + _BLOCK_FRAMES, last), np.newaxis])
            for at in range(first, last, _BLOCK_FRAMES)
        )
        done = 0
        for block in resample_blocks(blocks, self.sample_rate, rate):
            result[done : done + len(block)] = block[:, 0]
            done += len(block)
        result /= 32768.0
        return result
