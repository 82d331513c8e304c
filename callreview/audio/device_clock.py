"""Which frame of a running device is heard, from what the device says about each block."""

# Sound servers estimate when a block will be heard, and after a start their estimate swings by tens
# of milliseconds, while the sound itself runs evenly. So estimates are averaged over this time ...
_SETTLES_IN_S = 3.0
# ... unless they say that the sound was held up: at once when far off, or off for a while.
_FAR_S = 0.2
_OFF_S = 0.06
_FOR_A_WHILE_S = 0.5


class DeviceClock:
    """Counts the frames given to a device of `rate` Hz and tells which one is heard at a time."""

    def __init__(self, rate: int) -> None:
        self.frames = 0
        self._rate = rate
        self._began: float | None = None
        self._off_since = 0

    def add(self, count: int, heard_at: float) -> None:
        """Note that the next `count` frames are heard from `heard_at` on, so the device says."""
        began = heard_at - self.frames / self._rate
        if self._began is None or self._held_up(began - self._began):
            self._began = began
            self._off_since = self.frames
        else:
            self._began += (began - self._began) * min(count / self._rate / _SETTLES_IN_S, 1.0)
        self.frames += count

    def heard(self, now: float) -> float:
        """Tell the frame heard at `now`, counted from the start; never one not yet given."""
        if self._began is None:
            return 0.0
        return min(max((now - self._began) * self._rate, 0.0), float(self.frames))

    def _held_up(self, off_s: float) -> bool:
        if abs(off_s) <= _OFF_S:
            self._off_since = self.frames
        return abs(off_s) > _FAR_S or (self.frames - self._off_since > _FOR_A_WHILE_S * self._rate)
