"""Put decoded blocks where their timestamps say: holes become silence and are listed as damage."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from callreview.config.language import _
from callreview.domain.recording import Damage

Samples = npt.NDArray[np.int16]

# A step of the timestamps below this is a sound card clock that runs slow or fast, not lost sound;
# the shortest packet that telephony loses (Opus, AMR, GSM) is longer.
DRIFT_S = 0.015
# A timestamp that claims a longer gap than this is itself broken.
LONGEST_HOLE_S = 6 * 3600.0
_SILENCE_FRAMES = 1 << 16


class Timeline:
    """Turns (timestamp, samples) blocks into one gapless stream that starts at frame 0.

    `rate` is in Hz, `tick_s` the resolution of the timestamps in seconds, `length_s` the length the
    file claims, or None. `damage` and `frames` grow as blocks are placed.
    """

    def __init__(
        self, rate: int, channels: int, *, tick_s: float = 0.0, length_s: float | None = None
    ) -> None:
        self.frames = 0
        self.damage: list[Damage] = []
        self._rate = rate
        self._channels = channels
        self._jitter = int(np.ceil(rate * tick_s)) if tick_s * rate > 1.0 else 0
        self._drift = int(DRIFT_S * rate)
        longest_s = LONGEST_HOLE_S if length_s is None else min(length_s, LONGEST_HOLE_S)
        self._longest = int(longest_s * rate)
        self._shift = 0

    def place(
        self, start: int | None, samples: Samples, *, lost: bool = False
    ) -> Iterator[Samples]:
        """Yield what is to be written for a block that belongs at frame `start` (None: at once).

        `samples` is int16 of shape (frames, channels); `lost` says that packets before it could not
        be decoded.
        """
        gap = 0 if start is None else start + self._shift - self.frames
        if abs(gap) <= self._jitter:
            gap = 0
        if gap and not lost and abs(gap) <= min(self._drift, len(samples) // 2):
            samples = _stretched(samples, len(samples) + gap)
        elif gap > self._longest or gap < 0:
            self._rebase(gap)
        elif gap > 0:
            yield from self._silence(gap, lost)
        self.frames += len(samples)
        yield samples

    def end_early(self, missing_frames: int, *, lost: bool = False) -> None:
        """List `missing_frames` frames after the last block as damage; they are not written."""
        end_s = (self.frames + missing_frames) / self._rate
        reason = _("could not be decoded") if lost else _("the file ends early")
        self.damage.append(Damage(self.frames / self._rate, end_s, reason))

    def _silence(self, gap: int, lost: bool) -> Iterator[Samples]:
        # A track that begins late has lost nothing.
        if self.frames or lost:
            self._list_hole(gap, lost)
        for done in range(0, gap, _SILENCE_FRAMES):
            count = min(_SILENCE_FRAMES, gap - done)
            self.frames += count
            yield np.zeros((count, self._channels), dtype=np.int16)

    def _list_hole(self, gap: int, lost: bool) -> None:
        reason = _("could not be decoded") if lost else _("missing in the file")
        start_s, end_s = self.frames / self._rate, (self.frames + gap) / self._rate
        last = self.damage[-1] if self.damage else None
        if last is not None and last.reason == reason and start_s - last.end_s < 1 / self._rate:
            start_s = self.damage.pop().start_s
        self.damage.append(Damage(start_s, end_s, reason))

    def _rebase(self, gap: int) -> None:
        """Go on from here by the file's new clock; nothing is written or left out."""
        self._shift -= gap
        if self.frames and abs(gap) > self._drift:
            at_s = self.frames / self._rate
            self.damage.append(Damage(at_s, at_s, _("the clock of the file jumps")))


def _stretched(samples: Samples, frames: int) -> Samples:
    """Make the block a little longer or shorter, so that it ends when the next one begins."""
    at = np.linspace(0, len(samples) - 1, frames)
    columns = [np.interp(at, np.arange(len(samples)), column) for column in samples.T]
    return np.stack(columns, axis=1).round().astype(np.int16)
