"""Peaks of a recording at many zooms, so that any stretch of it draws at once."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Self

import numpy as np
import numpy.typing as npt

from callreview.audio.prepared import PreparedAudio
from callreview.audio.replacing import replacing
from callreview.config.language import _
from callreview.domain.errors import UserError

Bins = npt.NDArray[np.int16]

# File: this header, then one level after the other, each int16 (bins, channels, 2) of (min, max).
_HEADER = struct.Struct("<8sIIQ40x")
_MAGIC = b"CRPEAKS1"
_FINEST_FRAMES = 32
_RATIO = 4
_SMALLEST_LEVEL = 64
_BLOCK_BINS = 1 << 14


@dataclass(frozen=True)
class Peaks:
    """The peaks pyramid of one recording.

    `levels[k]` is int16 of shape (bins, channels, 2): minimum and maximum over
    32 * 4**k frames a bin.
    """

    sample_rate: int
    channels: int
    frames: int
    levels: tuple[Bins, ...]

    @classmethod
    def load(cls, path: Path) -> Self:
        """Map a file of `build_peaks`; only what is drawn is read. UserError when it is none."""
        with path.open("rb") as file:
            header = file.read(_HEADER.size)
        if len(header) < _HEADER.size or not header.startswith(_MAGIC):
            raise UserError(_("{path} holds no peaks; prepare the call again.").format(path=path))
        _magic, rate, channels, frames = _HEADER.unpack(header)
        counts = _bins_per_level(frames)
        stored = np.memmap(path, dtype="<i2", mode="r", offset=_HEADER.size)
        bins = stored[: sum(counts) * channels * 2].reshape(-1, channels, 2)
        edges = np.cumsum(counts)
        return cls(rate, channels, frames, tuple(np.split(np.asarray(bins), edges[:-1])))

    def columns(self, channel: int, start_s: float, end_s: float, count: int) -> Bins:
        """Minimum and maximum in each of `count` equal columns between two times (seconds).

        Returns int16 of shape (count, 2); columns outside the recording are 0. A column narrower
        than 32 frames repeats the bin it lies in.
        """
        edges = np.linspace(start_s, end_s, count + 1) * self.sample_rate
        width = (edges[-1] - edges[0]) / count
        level = self._level_for(width)
        bins = self.levels[level][:, channel]
        first = np.floor(edges / (_FINEST_FRAMES * _RATIO**level)).astype(np.int64)
        # The bin that holds the end belongs to the last column: the recording may end inside it.
        beyond = np.append(first[1:-1], first[-1] + 1)
        last = np.maximum(beyond - 1, first[:-1]).clip(0, len(bins) - 1)
        first = first[:-1].clip(0, len(bins) - 1)
        # One row for the first bin of every column, one for the second ...: shorter ones repeat.
        rows = np.arange(int((last - first).max()) + 1)[:, np.newaxis]
        taken = bins[np.minimum(first + rows, last)]
        result = np.stack([taken[:, :, 0].min(axis=0), taken[:, :, 1].max(axis=0)], axis=1)
        result[(edges[1:] <= 0) | (edges[:-1] >= self.frames)] = 0
        return result

    def _level_for(self, width: float) -> int:
        """Choose the coarsest level of which at least two bins make one column."""
        level = 0
        while level + 1 < len(self.levels) and 2 * _FINEST_FRAMES * _RATIO ** (level + 1) <= width:
            level += 1
        return level


def build_peaks(prepared: PreparedAudio, peaks_path: Path) -> None:
    """Write the peaks of prepared audio, block by block; raises like `replacing`."""
    counts = _bins_per_level(prepared.frames)
    with replacing(peaks_path) as file:
        file.write(_HEADER.pack(_MAGIC, prepared.sample_rate, prepared.channels, prepared.frames))
        for block in _finest(prepared):
            file.write(block.tobytes())
        offset = _HEADER.size
        for count in counts[:-1]:
            file.flush()
            _write_coarser(file, offset, count, prepared.channels)
            offset += count * prepared.channels * 4


def _bins_per_level(frames: int) -> list[int]:
    counts = [max(-(-frames // _FINEST_FRAMES), 1)]
    while counts[-1] > _SMALLEST_LEVEL:
        counts.append(-(-counts[-1] // _RATIO))
    return counts


def _finest(prepared: PreparedAudio) -> Iterator[Bins]:
    samples = prepared.samples()
    step = _BLOCK_BINS * _FINEST_FRAMES
    for at in range(0, prepared.frames, step):
        block = np.asarray(samples[at : at + step])
        edges = np.arange(0, len(block), _FINEST_FRAMES)
        yield np.stack(
            [np.minimum.reduceat(block, edges), np.maximum.reduceat(block, edges)], axis=2
        )


def _write_coarser(file: BinaryIO, offset: int, count: int, channels: int) -> None:
    """Append the level above the one of `count` bins that begins at byte `offset`."""
    finer = np.memmap(file, dtype="<i2", mode="r", offset=offset, shape=(count, channels, 2))
    for at in range(0, count, _BLOCK_BINS * _RATIO):
        block = np.asarray(finer[at : at + _BLOCK_BINS * _RATIO])
        edges = np.arange(0, len(block), _RATIO)
        low = np.minimum.reduceat(block[:, :, 0], edges)
        high = np.maximum.reduceat(block[:, :, 1], edges)
        file.write(np.stack([low, high], axis=2).tobytes())
