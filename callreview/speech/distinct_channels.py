"""Channels that carry a voice of their own: a mono call saved as stereo has only one."""

from collections.abc import Callable

import numpy as np

from callreview.audio.prepared import PreparedAudio
from callreview.domain.errors import Cancelled

# Line bleed stays far below this; the same sound coded twice is far above.
_SAME_CORRELATION = 0.95
_BLOCK_FRAMES = 1 << 20


def distinct_channels(prepared: PreparedAudio, cancelled: Callable[[], bool]) -> tuple[int, ...]:
    """The channels (0-based) that do not repeat an earlier one.

    Two channels are the same when their samples correlate by at least 0.95 over the whole call,
    whatever their levels; the loudest of them is kept. Silent channels are distinct. Raises
    Cancelled.
    """
    if prepared.channels == 1:
        return (0,)
    products = _products(prepared, cancelled)
    power = np.diag(products)
    scale = np.sqrt(np.outer(power, power))
    # A channel under one step of its samples is silent: what is left of it are rounding errors.
    alike = np.abs(products) >= _SAME_CORRELATION * np.maximum(scale, prepared.frames)
    kept: list[int] = []
    for channel in sorted(range(prepared.channels), key=lambda one: -power[one]):
        if not alike[channel, kept].any():
            kept.append(channel)
    return tuple(sorted(kept))


def _products(
    prepared: PreparedAudio, cancelled: Callable[[], bool]
) -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
    """Sums of products of each channel with each, offsets taken away: (channels, channels)."""
    products = np.zeros((prepared.channels, prepared.channels))
    sums = np.zeros(prepared.channels)
    for start in range(0, prepared.frames, _BLOCK_FRAMES):
        if cancelled():
            raise Cancelled
        # Mapped anew for each block: what was read before does not stay in memory.
        block = prepared.samples()[start : start + _BLOCK_FRAMES].astype(np.float64)
        products += block.T @ block
        sums += block.sum(axis=0)
    return products - np.outer(sums, sums) / max(prepared.frames, 1)
