"""What a listener is given of a recording: its channels mixed to one, lanes muted, masked spans silent."""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from callreview.audio.prepared import PreparedAudio

Sound = npt.NDArray[np.float32]


class Mix:
    """Reads any stretch of prepared audio as one channel, as gains and muted spans say.

    Each channel counts 1/channels, so that two equal channels cannot overload. Gains and spans may
    be changed while another thread reads.
    """

    def __init__(self, prepared: PreparedAudio) -> None:
        self.rate = prepared.sample_rate
        self.frames = prepared.frames
        self._channels = prepared.channels
        self._samples = prepared.samples()
        self._weights = self._weigh([1.0] * prepared.channels)
        self._muted: tuple[tuple[int, int], ...] = ()

    def set_gains(self, gains: Sequence[float]) -> None:
        """Set how loud each channel is, 0..1; ValueError when their number is not the channels'."""
        self._weights = self._weigh(gains)

    def set_muted(self, spans: Iterable[tuple[float, float]]) -> None:
        """Make the spans (start_s, end_s) silent, to the whole frame outwards."""
        self._muted = tuple(
            (int(np.floor(start_s * self.rate)), int(np.ceil(end_s * self.rate)))
            for start_s, end_s in spans
        )

    def read(self, start: int, count: int) -> Sound:
        """Give `count` frames from frame `start`: float32 of shape (count,); 0 outside the sound."""
        result = np.zeros(count, dtype=np.float32)
        first, last = max(start, 0), min(start + count, self.frames)
        if first < last:
            result[first - start : last - start] = self._samples[first:last] @ self._weights
            for begin, end in self._muted:
                result[max(begin - start, 0) : max(end - start, 0)] = 0.0
        return result

    def _weigh(self, gains: Sequence[float]) -> Sound:
        if len(gains) != self._channels:
            raise ValueError(f"{len(gains)} gains for {self._channels} channels")
        return np.asarray(gains, dtype=np.float32) / (32768.0 * self._channels)
