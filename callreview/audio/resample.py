"""Change the sample rate of a stream of sample blocks, without delay and with an exact length."""

from collections.abc import Iterable, Iterator

import av
import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.int16]


def resampled_length(frames: int, source_rate: int, target_rate: int) -> int:
    """How many frames `frames` become when `source_rate` Hz is turned into `target_rate` Hz."""
    return (frames * target_rate + source_rate // 2) // source_rate


def resample_blocks(
    blocks: Iterable[Samples], source_rate: int, target_rate: int
) -> Iterator[Samples]:
    """Yield `blocks` (int16, shape (frames, channels)) at `target_rate` Hz, as one stream.

    The first frame keeps its time, and the length is `resampled_length` of the input.
    """
    if source_rate == target_rate:
        yield from blocks
        return
    taken = given = channels = 0
    for taken, block in _filtered(blocks, source_rate, target_rate):
        room = resampled_length(taken, source_rate, target_rate) - given
        samples = block[: max(room, 0)]
        given += len(samples)
        channels = block.shape[1]
        yield samples
    # The filter gives nothing for less than it is long.
    missing = resampled_length(taken, source_rate, target_rate) - given
    if missing > 0:
        yield np.zeros((missing, channels), dtype=np.int16)


def _filtered(
    blocks: Iterable[Samples], source_rate: int, target_rate: int
) -> Iterator[tuple[int, Samples]]:
    """Yield (input frames taken so far, output) pairs from FFmpeg's resampler, one channel a plane."""
    resamplers: list[av.AudioResampler] = []
    taken = 0
    for block in blocks:
        if not resamplers:
            resamplers = [_resampler(target_rate) for _ in range(block.shape[1])]
        taken += len(block)
        columns = [
            _pulled(resampler.resample(_frame(block[:, index], source_rate)))
            for index, resampler in enumerate(resamplers)
        ]
        yield taken, np.stack(columns, axis=1)
    if resamplers:
        tails = [_pulled(resampler.resample(None)) for resampler in resamplers]
        yield taken, np.stack(tails, axis=1)


def _resampler(rate: int) -> av.AudioResampler:
    return av.AudioResampler(format="s16", layout="mono", rate=rate)


def _frame(samples: npt.NDArray[np.int16], rate: int) -> av.AudioFrame:
    plane = np.ascontiguousarray(samples).reshape(1, -1)
    frame = av.AudioFrame.from_ndarray(plane, format="s16", layout="mono")
    frame.sample_rate = rate
    return frame


def _pulled(frames: list[av.AudioFrame]) -> npt.NDArray[np.int16]:
    parts = [frame.to_ndarray()[0] for frame in frames]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int16)
