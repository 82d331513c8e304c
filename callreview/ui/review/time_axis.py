"""The horizontal axis of the waveform: seconds to pixels and back, zoom and scroll."""

from dataclasses import dataclass, replace

MOST_PX_PER_S = 600.0
_TICK_STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200)


@dataclass(frozen=True)
class TimeAxis:
    """A window of `width` pixels onto `duration_s` seconds, scrolled by `scroll_px` pixels."""

    duration_s: float
    width: int
    px_per_s: float
    scroll_px: float = 0.0

    @classmethod
    def fitting(cls, duration_s: float, width: int) -> "TimeAxis":
        """The axis that shows the whole call."""
        axis = cls(max(duration_s, 0.0), max(width, 1), 1.0)
        return replace(axis, px_per_s=axis.least_px_per_s)

    @property
    def least_px_per_s(self) -> float:
        """The zoom at which the whole call just fits."""
        return min(self.width / max(self.duration_s, 0.001), MOST_PX_PER_S)

    @property
    def content_px(self) -> int:
        """The width of the whole call in pixels."""
        return max(round(self.duration_s * self.px_per_s), 1)

    @property
    def most_scroll_px(self) -> int:
        """How far the axis can scroll."""
        return max(self.content_px - self.width, 0)

    def x_of(self, seconds: float) -> float:
        """Where a time lies in the window, in pixels."""
        return seconds * self.px_per_s - self.scroll_px

    def s_of(self, x: float) -> float:
        """The time at a pixel of the window, kept inside the call."""
        return min(max((x + self.scroll_px) / self.px_per_s, 0.0), self.duration_s)

    def zoomed(self, factor: float, x: float) -> "TimeAxis":
        """Zoomed by `factor` while the time under pixel `x` stays where it is."""
        under = (x + self.scroll_px) / self.px_per_s
        px_per_s = min(max(self.px_per_s * factor, self.least_px_per_s), MOST_PX_PER_S)
        return replace(self, px_per_s=px_per_s).scrolled_to(under * px_per_s - x)

    def scrolled_to(self, scroll_px: float) -> "TimeAxis":
        """Scrolled to a pixel of the whole call, kept inside it."""
        return replace(self, scroll_px=min(max(scroll_px, 0.0), float(self.most_scroll_px)))

    def resized(self, width: int) -> "TimeAxis":
        """The axis in a window of another width; a call that was shown whole stays whole."""
        if self.px_per_s <= self.least_px_per_s * 1.001:
            return TimeAxis.fitting(self.duration_s, width)
        start_s = self.scroll_px / self.px_per_s
        wider = replace(self, width=max(width, 1))
        px_per_s = max(self.px_per_s, wider.least_px_per_s)
        return replace(wider, px_per_s=px_per_s).scrolled_to(start_s * px_per_s)

    def tick_step_s(self, least_px: int) -> float:
        """The step between ruler ticks that keeps them at least `least_px` apart."""
        for step in _TICK_STEPS:
            if step * self.px_per_s >= least_px:
                return float(step)
        return float(_TICK_STEPS[-1])
