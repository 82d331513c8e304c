"""Play speech slower or faster without changing its pitch (WSOLA), block by block.

Waveform similarity overlap-add after Verhelst and Roelands, ICASSP 1993.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Sound = npt.NDArray[np.float32]

SLOWEST, FASTEST = 0.5, 3.0
_HOP_S = 0.024
# Similarity is judged at about this rate first; finding the period of a voice needs no more.
_COARSE_HZ = 12000


class TimeStretch:
    """Turns a source into a stream of any speed, and says for each output frame where it comes from.

    `read(start, count)` gives source frames as float32 of shape (count,) or (count, channels), zeros
    outside the source. All channels move together, so stereo stays in place. `knots` are (output
    frame, source frame) pairs, counted from the last `seek`; between two of them the map is linear.
    """

    def __init__(self, read: Callable[[int, int], Sound], rate: int) -> None:
        self._read = read
        self._hop = max(round(_HOP_S * rate), 16)
        self._stride = max(rate // _COARSE_HZ, 1)
        # Hann halves: at any time fading out and fading in add up to one.
        ramp = 0.5 - 0.5 * np.cos(np.pi * (np.arange(self._hop) + 0.5) / self._hop)
        self._rise = ramp.astype(np.float32)
        self.speed = 1.0
        self.seek(0)

    def seek(self, frame: int) -> None:
        """Go on from source frame `frame`; the output count starts again at 0."""
        self._centre = frame
        self._wanted = float(frame)
        self._ready: Sound = self._read(frame, 0)
        self._made = 0
        self.knots: list[tuple[int, int]] = [(0, frame)]

    def process(self, count: int) -> Sound:
        """Give the next `count` output frames, shaped like what `read` gives."""
        parts, have = [self._ready], len(self._ready)
        while have < count:
            parts.append(self._next_hop())
            have += self._hop
        joined = np.concatenate(parts)
        self._ready = joined[count:]
        return joined[:count]

    def _next_hop(self) -> Sound:
        """Blend what follows the last segment into the most similar segment near the wanted place.

        The blend's end is the middle of the new segment, which plays exactly that source frame: so
        positions are taken from segment middles and no speed is early or late.
        """
        leaving = self._read(self._centre, self._hop)
        start = self._choose_start(leaving)
        entering = self._read(start, self._hop)
        self._centre = start + self._hop
        self._made += self._hop
        self.knots.append((self._made, self._centre))
        rise = self._rise if leaving.ndim == 1 else self._rise[:, np.newaxis]
        return leaving + (entering - leaving) * rise

    def _choose_start(self, leaving: Sound) -> int:
        speed = self.speed
        if speed == 1.0:
            self._wanted = float(self._centre + self._hop)
            return self._centre
        self._wanted += self._hop * speed
        target = round(self._wanted) - self._hop
        # Half of what the source moves on: positions then never run backwards.
        reach = int(self._hop * min(speed, 1.0) / 2)
        region = _joined(self._read(target - reach, 2 * reach + self._hop))
        return target - reach + self._most_similar(region, _joined(leaving), reach)

    def _most_similar(self, region: Sound, pattern: Sound, reach: int) -> int:
        step = self._stride
        usable = len(pattern) - len(pattern) % step
        coarse = _likeness(_thinned(region, step), _thinned(pattern[:usable], step))
        if coarse is None:
            return reach
        middle = int(np.argmax(coarse)) * step
        low, high = max(middle - step, 0), min(middle + step, 2 * reach)
        fine = _likeness(region[low : high + len(pattern)], pattern)
        return middle if fine is None else low + int(np.argmax(fine))


def _joined(sound: Sound) -> Sound:
    return sound if sound.ndim == 1 else sound.sum(axis=1)


def _thinned(sound: Sound, step: int) -> Sound:
    if step == 1:
        return sound
    usable = len(sound) - len(sound) % step
    thinned: Sound = sound[:usable].reshape(-1, step).mean(axis=1)
    return thinned


def _likeness(region: Sound, pattern: Sound) -> Sound | None:
    """Correlate the pattern with every place of the region, per loudness; None in silence."""
    squares = np.concatenate([[0.0], np.cumsum(np.square(region, dtype=np.float64))])
    energy = squares[len(pattern) :] - squares[: len(squares) - len(pattern)]
    if energy.max() < 1e-9 or not pattern.any():
        return None
    likeness: Sound = np.correlate(region, pattern, "valid") / np.sqrt(energy + 1e-9)
    return likeness
