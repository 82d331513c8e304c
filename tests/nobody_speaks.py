"""Sounds of a telephone line on which nobody speaks, made from seeds: 40 s each, 8 kHz, mono."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

RATE = 8000
SECONDS = np.arange(40 * RATE) / RATE

Samples = npt.NDArray[np.float64]


def sounds() -> Iterator[tuple[str, Samples]]:
    """Each sound with its name; samples in -1..1."""
    yield "silence", np.zeros_like(SECONDS)
    for name, power in (("white", 0.0), ("pink", 1.0), ("brown", 2.0)):
        for level in (0.003, 0.05):
            yield f"{name} noise at {level}", level * _noise(power)
    yield "street", 0.08 * _noise(1.0) * (1.2 + np.sin(2 * np.pi * 0.13 * SECONDS))
    yield "wind", 0.15 * _noise(2.0) * np.abs(_noise(2.0))
    yield "hum", 0.2 * np.sin(2 * np.pi * 50 * SECONDS) + 0.05 * np.sin(2 * np.pi * 150 * SECONDS)
    yield "crackle", _bursts(1, 25.0, 0.002, 0.4)
    yield "keyboard", _bursts(2, 6.0, 0.015, 0.3)
    yield "breathing", 0.05 * _noise(1.0) * np.clip(np.sin(2 * np.pi * 0.3 * SECONDS), 0, 1)
    for name, pitches, cycle_s, on_s in (
        ("ringing, Europe", (425,), 5.0, 1.0),
        ("ringing, Korea and America", (440, 480), 6.0, 2.0),
        ("busy", (480, 620), 1.0, 0.5),
        ("dial tone", (350, 440), 1.0, 1.0),
        ("modem", (1300, 2100), 0.07, 0.04),
    ):
        yield name, _tones(pitches) * (SECONDS % cycle_s < on_s)
    yield "DTMF", _dtmf()
    for seed, name in enumerate(("tune, plucked", "tune, piped", "tune, with drums", "chords")):
        yield f"hold {name}", _music(seed)


def _noise(power: float) -> Samples:
    """Noise whose power falls with frequency to the given power, at most 1 mostly."""
    spectrum = np.fft.rfft(np.random.default_rng(int(power * 10) + 7).standard_normal(len(SECONDS)))
    spectrum /= np.maximum(np.arange(len(spectrum)), 1) ** (power / 2)
    noise = np.fft.irfft(spectrum, len(SECONDS))
    return noise / (3 * noise.std())


def _bursts(seed: int, per_s: float, decay_s: float, level: float) -> Samples:
    random = np.random.default_rng(seed)
    strokes = random.random(len(SECONDS)) < per_s / RATE
    shape = np.exp(-np.arange(int(8 * decay_s * RATE)) / (decay_s * RATE))
    shape *= random.standard_normal(len(shape))
    loud = np.convolve(strokes * random.random(len(SECONDS)), shape)[: len(SECONDS)]
    return level * loud / np.abs(loud).max()


def _tones(pitches: tuple[int, ...]) -> Samples:
    return sum((0.2 * np.sin(2 * np.pi * p * SECONDS) for p in pitches), np.zeros_like(SECONDS))


def _dtmf() -> Samples:
    keys = np.random.default_rng(3).integers(0, 4, (2, 200))[:, (SECONDS / 0.25).astype(int)]
    low, high = np.array((697, 770, 852, 941))[keys[0]], np.array((1209, 1336, 1477, 1633))[keys[1]]
    tones = np.sin(2 * np.pi * low * SECONDS) + np.sin(2 * np.pi * high * SECONDS)
    return 0.2 * tones * (SECONDS % 0.25 < 0.12)


def _music(seed: int) -> Samples:
    """A slow tune: plucked, sustained with vibrato, over drums, or in three voices."""
    random = np.random.default_rng(seed + 20)
    scale = np.array((262, 294, 330, 349, 392, 440, 494, 523))
    beat = (SECONDS / 0.4).astype(int)
    since = SECONDS % 0.4
    voices = 3 if seed == 3 else 1
    sound = np.zeros_like(SECONDS)
    for voice in range(voices):
        pitch = scale[random.integers(0, 8, 100)][beat] * (voice + 1) / 2
        wobble = 1.5 * np.sin(2 * np.pi * 5 * SECONDS) if seed == 1 else 0.0
        for overtone in (1, 2, 3, 4):
            sound += np.sin(2 * np.pi * overtone * pitch * SECONDS + wobble) / overtone
    if seed in (0, 2):
        sound *= np.exp(-5 * since)
    if seed == 2:
        sound += 3 * _bursts(9, 2.5, 0.05, 0.5)
    return 0.15 * sound / voices
