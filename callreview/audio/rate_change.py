"""Bring a live stream of sound to the rate of a device that takes no other."""

from collections.abc import Callable
from math import gcd

import numpy as np
import numpy.typing as npt

Sound = npt.NDArray[np.float32]

_HALF_TAPS = 16


class RateChange:
    """A band-limited (windowed sinc) change of rate without delay, pulled block by block.

    `pull(count)` gives the next source frames, float32 of shape (count,), at `source_rate` Hz.
    Output frame m plays source frame m * source_rate / target_rate.
    """

    def __init__(self, pull: Callable[[int], Sound], source_rate: int, target_rate: int) -> None:
        shared = gcd(source_rate, target_rate)
        self._pull = pull
        self._up, self._down = target_rate // shared, source_rate // shared
        self._taps = _sinc_taps(self._up, min(1.0, target_rate / source_rate))
        self.restart()

    def restart(self) -> None:
        """Forget what was pulled; the source has been moved."""
        self._made = 0
        self._first = -_HALF_TAPS + 1
        self._held: Sound = np.zeros(_HALF_TAPS - 1, dtype=np.float32)

    def process(self, count: int) -> Sound:
        """Give the next `count` frames at the target rate: float32 of shape (count,)."""
        ticks = (self._made + np.arange(count, dtype=np.int64)) * self._down
        whole, phase = np.divmod(ticks, self._up)
        begin = whole - (_HALF_TAPS - 1) - self._first
        missing = int(begin[-1]) + 2 * _HALF_TAPS - len(self._held)
        if missing > 0:
            self._held = np.concatenate([self._held, self._pull(missing)])
        windows = np.lib.stride_tricks.sliding_window_view(self._held, 2 * _HALF_TAPS)
        result: Sound = np.einsum("ij,ij->i", windows[begin], self._taps[phase])
        self._made += count
        self._first += int(begin[-1])
        self._held = self._held[int(begin[-1]) :]
        return result


def _sinc_taps(phases: int, cutoff: float) -> Sound:
    """Build the filter: float32 of shape (phases, taps), each phase adding up to one."""
    at = np.arange(-_HALF_TAPS + 1, _HALF_TAPS + 1) - np.arange(phases)[:, np.newaxis] / phases
    taps = np.sinc(at * cutoff) * (0.5 + 0.5 * np.cos(np.pi * at / _HALF_TAPS))
    normal: Sound = (taps / taps.sum(axis=1, keepdims=True)).astype(np.float32)
    return normal
