# mypy: disable-error-code="import-not-found,import-untyped"
"""What a telephone line does to a voice: band limit, 8 kHz, noise, a faint echo, a hold tune."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.signal import butter, resample_poly, sosfiltfilt

Samples = npt.NDArray[np.float64]
_RESOLUTION_BITS = 11
_SPEECH_DB = -22.5
_ECHO_DB, _ECHO_S = -46.0, 0.032
_TUNE_DB, _NOTE_S = -30.0, 0.42
# C major, F major, G major, A minor as broken chords (Hz): a tune nobody owns.
_CHORDS = ((523, 659, 784, 659), (523, 698, 880, 698), (494, 587, 784, 587), (523, 659, 880, 659))


@dataclass(frozen=True, slots=True)
class Telephone:
    """What a line carries: its sample rate and its band (Hz)."""

    rate_hz: int
    band_hz: tuple[int, int]


NARROW_BAND = Telephone(8_000, (300, 3_400))
"""The band of G.711."""
WIDE_BAND = Telephone(16_000, (50, 7_000))
"""The band of G.722."""
LINE_HZ = NARROW_BAND.rate_hz
"""Sample rate of the sample calls."""


def over_the_line(samples: Samples, rate_hz: int, level_db: float, line: Telephone) -> Samples:
    """Limit a mono voice to the band of the line and bring it to its sample rate.

    ``level_db`` counts from -22.5 dBFS, measured where the voice is not silent.
    """
    band = butter(4, line.band_hz, "bandpass", fs=2 * line.rate_hz, output="sos")
    voice = sosfiltfilt(band, resample_poly(samples, 2 * line.rate_hz, rate_hz))
    voice = resample_poly(voice, 1, 2)
    loud = np.abs(voice) > 0.05 * np.abs(voice).max()
    return np.asarray(voice * (_amplitude(_SPEECH_DB + level_db) / _rms(voice[loud])))


def line_noise(
    count: int, level_db: float, random: np.random.Generator, line: Telephone
) -> Samples:
    """Return ``count`` samples of band-limited pink noise at ``level_db`` dBFS."""
    spectrum = np.fft.rfft(random.normal(size=count))
    spectrum /= np.sqrt(np.maximum(1, np.arange(len(spectrum))))
    band = butter(2, line.band_hz, "bandpass", fs=line.rate_hz, output="sos")
    noise = sosfiltfilt(band, np.fft.irfft(spectrum, count))
    return np.asarray(noise * (_amplitude(level_db) / _rms(noise)))


def with_echo(channels: Samples, line: Telephone) -> Samples:
    """Let each of the two channels (2, n) hear the other, 46 dB down and 32 ms late."""
    late = int(_ECHO_S * line.rate_hz)
    echo = np.zeros_like(channels)
    echo[:, late:] = channels[::-1, :-late] * _amplitude(_ECHO_DB)
    return channels + echo


def hold_tune(duration_s: float, line: Telephone) -> Samples:
    """Return a plain tune of plucked sine notes at the line's sample rate."""
    count = int(duration_s * line.rate_hz)
    at_s = np.arange(count) / line.rate_hz
    note = (at_s / _NOTE_S).astype(int)
    pitch_hz = np.ravel(_CHORDS)[note % np.size(_CHORDS)]
    since_s = at_s - note * _NOTE_S
    plucked = np.exp(-4 * since_s) * np.minimum(1.0, since_s / 0.005)
    tune = plucked * (
        np.sin(2 * np.pi * pitch_hz * since_s) + 0.3 * np.sin(np.pi * pitch_hz * since_s)
    )
    fade = np.minimum(1.0, (duration_s - at_s) / 0.2)
    return np.asarray(tune * fade * (_amplitude(_TUNE_DB) / _rms(tune)))


def as_recorded(channels: Samples) -> npt.NDArray[np.int16]:
    """Return 16-bit samples of which the upper 11 bits are used.

    Their rounding is 77 dB down, no worse than G.711, and FLAC files are half as large.
    """
    steps = np.round(channels * 2 ** (_RESOLUTION_BITS - 1))
    return np.asarray(steps * 2 ** (16 - _RESOLUTION_BITS), np.int16)


def _amplitude(level_db: float) -> float:
    return float(10 ** (level_db / 20))


def _rms(samples: Samples) -> float:
    return float(np.sqrt(np.mean(samples**2)))
