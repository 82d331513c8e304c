"""Sound to log energies of 80 mel bands, as CAM++ was trained on.

Follows Kaldi's `compute-fbank-feats` (Apache-2.0) with 25 ms windows every 10 ms, the "povey" window,
pre-emphasis 0.97, no dither: https://kaldi-asr.org/doc/feat.html
"""

from functools import cache

import numpy as np
import numpy.typing as npt

RATE = 16000
FEATURES_PER_S = 100
BANDS = 80

_SIZE, _STEP, _TRANSFORM = 400, 160, 512
_LOWEST_HZ = 20.0
_PRE_EMPHASIS = 0.97

Floats = npt.NDArray[np.float32]


def features_of(sound: Floats) -> Floats:
    """Log mel energies of sound at 16 kHz: (samples,) to (frames, 80), one frame every 10 ms."""
    frames = max(0, 1 + (len(sound) - _SIZE) // _STEP)
    if frames == 0:
        return np.zeros((0, BANDS), np.float32)
    windows = np.lib.stride_tricks.sliding_window_view(sound, _SIZE)[::_STEP]
    centred = windows - windows.mean(axis=1, keepdims=True)
    before = np.concatenate([centred[:, :1], centred[:, :-1]], axis=1)
    shaped = (centred - _PRE_EMPHASIS * before) * np.hanning(_SIZE).astype(np.float32) ** 0.85
    power = np.abs(np.fft.rfft(shaped, _TRANSFORM)).astype(np.float32) ** 2
    energies: Floats = np.log(np.maximum(power @ _mel_filters(), np.finfo(np.float32).eps))
    return energies


@cache
def _mel_filters() -> Floats:
    """Triangles between neighbouring mel bands: (257, 80)."""
    edges = np.linspace(_mel(_LOWEST_HZ), _mel(RATE / 2), BANDS + 2)
    lines = _mel(np.arange(_TRANSFORM // 2 + 1) * RATE / _TRANSFORM)[:, None]
    rising = (lines - edges[:-2]) / np.diff(edges)[:-1]
    falling = (edges[2:] - lines) / np.diff(edges)[1:]
    filters = np.maximum(0, np.minimum(rising, falling))
    filters[-1] = 0
    return filters.astype(np.float32)


def _mel(hertz: float | npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return 1127.0 * np.log(1.0 + np.asarray(hertz) / 700.0)
