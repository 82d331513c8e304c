"""How loud the telephone band is at each frame, to find the edges of speech."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from callreview.audio.prepared import PreparedAudio
from callreview.domain.errors import Cancelled
from callreview.speech.diarization.features import RATE
from callreview.speech.diarization.segmentation import FRAME_SAMPLES

Floats = npt.NDArray[np.float32]

_WINDOW = 1024
_BAND_HZ = (250, 3800)
_BLOCK_FRAMES = 3600
_MARGIN = 800
_SILENCE = 1e-10


def loudness_of(
    prepared: PreparedAudio, channel: int, frames: int, cancelled: Callable[[], bool]
) -> Floats:
    """Power between 250 and 3800 Hz around each frame of 16.9 ms, in dB: (frames,).

    Hum and DC offset lie below that band. Sound is read in blocks of a minute. Raises Cancelled.
    """
    result = np.full(frames, 10 * np.log10(_SILENCE), np.float32)
    for first in range(0, frames, _BLOCK_FRAMES):
        if cancelled():
            raise Cancelled
        count = min(_BLOCK_FRAMES, frames - first)
        result[first : first + count] = _block(prepared, channel, first, count)
    return result


def _block(prepared: PreparedAudio, channel: int, first: int, count: int) -> Floats:
    """The loudness of `count` frames from `first` on."""
    # Windows are centred on the middle of their frame. Resampling clicks at both ends of what is
    # read, so a little more is.
    start = first * FRAME_SAMPLES + (FRAME_SAMPLES - _WINDOW) // 2
    needed = (count - 1) * FRAME_SAMPLES + _WINDOW
    begin = max(start - _MARGIN, 0)
    heard = prepared.mono(channel, begin / RATE, (start + needed + _MARGIN) / RATE, RATE)
    sound = np.zeros(needed, np.float32)
    before = max(-start, 0)
    part = heard[max(start, 0) - begin :][: needed - before]
    sound[before : before + len(part)] = part
    windows = np.lib.stride_tricks.sliding_window_view(sound, _WINDOW)[::FRAME_SAMPLES]
    spectra = np.fft.rfft(windows * np.hanning(_WINDOW).astype(np.float32))
    low, high = (round(hertz * _WINDOW / RATE) for hertz in _BAND_HZ)
    power = (np.abs(spectra[:, low:high]) ** 2).sum(axis=1) / _WINDOW
    decibels: Floats = (10 * np.log10(power + _SILENCE)).astype(np.float32)
    return decibels
