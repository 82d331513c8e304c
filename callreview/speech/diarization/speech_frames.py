"""Which frames are speech: where the network hears it and the line is loud enough.

The network tells speech from other sound, but was trained on generous boundaries: it starts about
0.06 s early and bridges pauses. Loudness has exact edges, as long as the line is quieter than the
speech. So the clearer the line, the more loudness decides, and the noisier, the surer the network
has to be.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from callreview.speech.diarization.segmentation import Floats, Segmentation

Flags = npt.NDArray[np.bool_]

# Speech over line noise (dB) at which loudness tells nothing, and at which it tells everything.
_NOISY_DB, _CLEAR_DB = 8.0, 18.0
_MOST_DB = 40.0
# How far from the noise to the speech a frame has to be (of their distance in dB).
_AUDIBLE = 0.25
_FEWEST_FRAMES = 20


@dataclass(frozen=True)
class _Thresholds:
    """When the network is sure enough that speech is there, and goes on; frames it starts early."""

    starts: float
    goes_on: float
    early: int


_ON_A_CLEAR_LINE = _Thresholds(0.5, 0.4, 0)
_ON_A_NOISY_LINE = _Thresholds(0.9, 0.8, 3)


def speech_frames(segmentation: Segmentation, loudness: Floats) -> Flags:
    """Where somebody speaks: (frames,). `loudness` is in dB, (frames,)."""
    noise_db, speech_db = _levels(segmentation.speech, loudness)
    clear = float(np.clip((speech_db - noise_db - _NOISY_DB) / (_CLEAR_DB - _NOISY_DB), 0, 1))
    thresholds = _between(clear)
    heard = stretches_above(segmentation.speech, thresholds.starts, thresholds.goes_on)
    for start, end in runs(heard).tolist():
        heard[start : min(start + thresholds.early, end - 1)] = False
    if clear > 0:
        heard &= loudness > noise_db + clear * _AUDIBLE * (speech_db - noise_db)
    return heard


def stretches_above(chances: Floats, starts: float, goes_on: float) -> Flags:
    """Stretches above `goes_on` that reach above `starts`: two thresholds do not flicker."""
    above = chances > goes_on
    for start, end in runs(above).tolist():
        if chances[start:end].max() <= starts:
            above[start:end] = False
    return above


def runs(flags: Flags) -> npt.NDArray[np.int64]:
    """First and past-the-last frame of each stretch of true ones: (stretches, 2)."""
    edges = np.diff(flags.astype(np.int8), prepend=0, append=0)
    return np.flatnonzero(edges).reshape(-1, 2)


def _levels(speech: Floats, loudness: Floats) -> tuple[float, float]:
    """The level of the line without and with speech in dB; the same where one is not heard."""
    silent, spoken = loudness[speech < 0.3], loudness[speech > 0.9]
    if min(len(silent), len(spoken)) < _FEWEST_FRAMES:
        return 0.0, 0.0
    # Low, so that hold music does not count as noise of the line.
    noise_db = float(np.percentile(silent, 30))
    speech_db = float(np.percentile(spoken, 70))
    return max(noise_db, speech_db - _MOST_DB), speech_db


def _between(clear: float) -> _Thresholds:
    noisy, good = _ON_A_NOISY_LINE, _ON_A_CLEAR_LINE
    return _Thresholds(
        noisy.starts + clear * (good.starts - noisy.starts),
        noisy.goes_on + clear * (good.goes_on - noisy.goes_on),
        round(noisy.early + clear * (good.early - noisy.early)),
    )
