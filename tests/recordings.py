"""Small recordings that tests make for themselves."""

from pathlib import Path

import numpy as np
import soundfile

RATE = 8000


def tone(seconds: float, channels: int = 1, frequency: float = 440.0) -> np.ndarray:
    """A tone of `seconds` in every channel, each a little higher: shape (frames, channels)."""
    time = np.arange(round(seconds * RATE)) / RATE
    voices = [np.sin(2 * np.pi * frequency * (1 + c / 4) * time) for c in range(channels)]
    return 0.3 * np.stack(voices, axis=1)


def write_wav(
    path: Path, seconds: float = 1.0, channels: int = 1, frequency: float = 440.0
) -> Path:
    """A 16-bit WAV file with a tone."""
    soundfile.write(path, tone(seconds, channels, frequency), RATE, subtype="PCM_16")
    return path
