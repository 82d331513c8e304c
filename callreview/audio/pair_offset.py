"""By how much one side of a call starts later than the other, from the echo on the line.

Where one side speaks, the other side's channel holds a faint, slightly late copy of it under the
noise. Both channels are made equally loud at every moment, so that the copy counts as much as
speech, and compared at all shifts: the copies add up at one shift alone. Measured on sample calls
with an echo 46 dB under the voice: the peak stands 3 to 9 times above any other; 1.0 times for
sides of different calls and at most 1.6 times for a call without echo.
"""

import numpy as np
import numpy.typing as npt

from callreview.audio.prepared import PreparedAudio

RATE = 8000
LONGEST_OFFSET_S = 30.0

_BLOCK_S = 65.0
_MOST_BLOCKS = 18
_SIZE = 1 << 20
_LOUDNESS_S = 0.03
_BAND_HZ = (250.0, 3500.0)
_CLEARLY_ABOVE = 2.0
_AROUND_S = 0.35
_SMOOTHED_LINES = 257

Sound = npt.NDArray[np.float64]


def find_offset(prepared: PreparedAudio) -> float | None:
    """How many seconds later the second of two channels starts than the first (negative: earlier).

    None when no echo shows it. It is exact to the delay of the echo (mostly under 0.1 s); offsets
    over 30 s are not found.
    """
    spectrum = _cross_spectrum(prepared)
    if spectrum is None:
        return None
    reach = round(LONGEST_OFFSET_S * RATE)
    alike = np.abs(np.fft.irfft(spectrum, _SIZE)[: 2 * reach + 1])
    best = int(alike.argmax())
    around = round(_AROUND_S * RATE)
    others = np.concatenate([alike[: max(best - around, 0)], alike[best + around :]])
    if alike[best] < _CLEARLY_ABOVE * others.max(initial=0.0):
        return None
    return (reach - best) / RATE


def _cross_spectrum(prepared: PreparedAudio) -> npt.NDArray[np.complex128] | None:
    """What both channels have in common, whitened, over at most 20 minutes; None without sound."""
    lines = _SIZE // 2 + 1
    both = np.zeros(lines, np.complex128)
    powers = np.zeros((2, lines))
    for block in range(_MOST_BLOCKS):
        start_s = block * _BLOCK_S
        if start_s >= prepared.duration_s:
            break
        first = np.fft.rfft(_evened(prepared, 0, start_s, start_s + _BLOCK_S), _SIZE)
        second = np.fft.rfft(
            _evened(prepared, 1, start_s - LONGEST_OFFSET_S, start_s + _BLOCK_S + LONGEST_OFFSET_S),
            _SIZE,
        )
        both += second * np.conj(first)
        powers += np.abs(np.stack([first, second])) ** 2
    scale = np.sqrt(_smooth(powers[0]) * _smooth(powers[1]))
    if not scale.any():
        return None
    hertz = np.fft.rfftfreq(_SIZE, 1 / RATE)
    both[(hertz < _BAND_HZ[0]) | (hertz > _BAND_HZ[1])] = 0
    result: npt.NDArray[np.complex128] = both / (scale + 1e-3 * scale.max())
    return result


def _smooth(power: Sound) -> Sound:
    return np.convolve(power, np.full(_SMOOTHED_LINES, 1 / _SMOOTHED_LINES), "same")


def _evened(prepared: PreparedAudio, channel: int, start_s: float, end_s: float) -> Sound:
    """The differences of samples of a channel, as loud at every moment; 0 before the recording."""
    before = np.zeros(round(max(-start_s, 0.0) * RATE))
    sound = np.diff(prepared.mono(channel, max(start_s, 0.0), end_s, RATE), prepend=0.0)
    window = round(_LOUDNESS_S * RATE)
    sums = np.concatenate([[0.0], np.cumsum(sound.astype(np.float64) ** 2)])
    places = np.arange(len(sound))
    first = np.maximum(places - window // 2, 0)
    last = np.minimum(places + window // 2, len(sound))
    power = (sums[last] - sums[first]) / np.maximum(last - first, 1)
    return np.concatenate([before, sound / np.sqrt(np.maximum(power, 0) + 1e-9)])
