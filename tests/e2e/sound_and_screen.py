"""Compare what a player says is heard with what was heard."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from callreview.audio.prepared import PreparedAudio
from tests.e2e.null_sink import Recorder

RATE = 16000
_WINDOW_S = 0.03
_REACH_S = 0.4
_EARLIER_S = 0.03
# Below this likeness a window is not the piece of noise it is compared with.
_LIKE = 0.6
# Above it, three quarters of the window are filled with that piece.
_SAME = 0.85


@dataclass(frozen=True)
class Claim:
    """At `moment` (seconds, monotonic) the player said that `position_s` is heard."""

    moment: float
    position_s: float


def write_noise(path: Path, duration_s: float) -> PreparedAudio:
    """A recording of telephone-band noise: every 30 ms of it sound like no others."""
    rng = np.random.default_rng(20)
    spectrum = np.fft.rfft(rng.standard_normal(round(duration_s * RATE)))
    frequencies = np.fft.rfftfreq(round(duration_s * RATE), 1 / RATE)
    spectrum[(frequencies < 300) | (frequencies > 2500)] = 0
    noise = np.fft.irfft(spectrum, round(duration_s * RATE))
    samples = (noise / np.abs(noise).max() * 30000).astype("<i2")
    path.write_bytes(samples.tobytes())
    return PreparedAudio(path, 1, RATE, len(samples), (), "")


def heard_position(recorder: Recorder, source: PreparedAudio, claim: Claim) -> float | None:
    """Which place of the source was heard at the claim's moment, seconds; None when none was."""
    middle, half = recorder.index_at(claim.moment), round(_WINDOW_S * RATE / 2)
    window = recorder.sound[max(middle - half, 0) : middle + half]
    if len(window) < 2 * half:
        return None
    first = max(round((claim.position_s - _REACH_S) * RATE) - half, 0)
    last = round((claim.position_s + _REACH_S) * RATE) + half
    place = _place_of(window, source.samples()[first:last, 0].astype(np.float64))
    return None if place is None else (first + place + half) / RATE


def first_heard(
    recorder: Recorder, source: PreparedAudio, position_s: float, after: float
) -> float | None:
    """When (monotonic seconds) the sound near a place was first heard after a moment.

    The search begins a little earlier: what it finds there shows how far the recorder's clock is off.
    """
    size = round(0.02 * RATE)
    first = round(position_s * RATE)
    region = source.samples()[first : first + round(_REACH_S * RATE), 0].astype(np.float64)
    sound = recorder.sound
    begin = recorder.index_at(after - _EARLIER_S)
    for start in range(begin, min(begin + 2 * RATE, len(sound) - size), size // 8):
        if _place_of(sound[start : start + size], region, _SAME) is not None:
            return recorder.started_at + start / RATE
    return None


def _place_of(
    window: npt.NDArray[np.float64], region: npt.NDArray[np.float64], least: float = _LIKE
) -> int | None:
    """Where in the region the window lies, to the sample; None when it is not in there."""
    if len(region) < len(window) or np.abs(window).max() < 100:
        return None
    squares = np.concatenate([[0.0], np.cumsum(region**2)])
    energy = squares[len(window) :] - squares[: -len(window)]
    like = np.correlate(region, window, "valid") / np.sqrt(energy * (window**2).sum() + 1e-9)
    return int(np.argmax(like)) if like.max() > least else None
