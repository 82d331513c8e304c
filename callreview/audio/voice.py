"""The sound that is about to be heard, and which place of the recording each moment of it plays."""

import threading

import numpy as np
import numpy.typing as npt

from callreview.audio.device_clock import DeviceClock
from callreview.audio.mix import Mix
from callreview.audio.rate_change import RateChange
from callreview.audio.stretch import TimeStretch

Sound = npt.NDArray[np.float32]

# Seconds of history that a question about the past can reach; devices hold far less.
_KEPT_S = 2.0


class Voice:
    """Renders a mix from one place on at any speed for a device of `device_rate` Hz.

    The device's thread calls `render`; any thread may ask `source_at`. `done` turns true when the
    end of the recording has been rendered.
    """

    def __init__(self, mix: Mix, device_rate: int, start_frame: int, speed: float) -> None:
        self._mix = mix
        self._stretch = TimeStretch(mix.read, mix.rate)
        self._stretch.seek(start_frame)
        self._stretch.speed = speed
        self._change: RateChange | None = None
        if device_rate != mix.rate:
            self._change = RateChange(self._stretch.process, mix.rate, device_rate)
        self._ratio = mix.rate / device_rate
        self._kept = round(_KEPT_S * mix.rate)
        self._lock = threading.Lock()
        self._clock = DeviceClock(device_rate)
        self.done = False

    def set_speed(self, speed: float) -> None:
        """Go on at `speed` times the recorded speed, from the next block on."""
        self._stretch.speed = speed

    def render(self, count: int, heard_at: float) -> Sound:
        """Give the next `count` device frames, which leave the loudspeaker from `heard_at` on.

        `heard_at` is in seconds of the device's clock. Returns float32 of shape (count,).
        """
        process = self._change.process if self._change else self._stretch.process
        sound = process(count)
        with self._lock:
            self._clock.add(count, heard_at)
            self._forget()
            self.done = self._source_of(self._clock.frames) >= self._mix.frames
        return sound

    def source_at(self, now: float) -> float:
        """Tell the frame of the recording that is heard at `now` (seconds of the device's clock)."""
        with self._lock:
            return min(self._source_of(self._clock.heard(now)), float(self._mix.frames))

    def _source_of(self, device_frame: float) -> float:
        outputs, sources = zip(*self._stretch.knots, strict=True)
        return float(np.interp(device_frame * self._ratio, outputs, sources))

    def _forget(self) -> None:
        knots = self._stretch.knots
        while len(knots) > 2 and knots[1][0] < knots[-1][0] - self._kept:
            knots.pop(0)
