"""Faster and slower speech keeps its pitch, and every output frame knows where it comes from."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callreview.audio.rate_change import RateChange
from callreview.audio.stretch import TimeStretch

RATE = 8000
SPEEDS = [0.5, 0.75, 1.25, 1.5, 2.0, 3.0]


def reader(sound: np.ndarray) -> Callable[[int, int], np.ndarray]:
    def read(start: int, count: int) -> np.ndarray:
        result = np.zeros((count, *sound.shape[1:]), dtype=np.float32)
        first, last = max(start, 0), min(start + count, len(sound))
        if first < last:
            result[first - start : last - start] = sound[first:last]
        return result

    return read


def noise(seconds: float, channels: int | None = None) -> np.ndarray:
    frames = round(seconds * RATE)
    shape = (frames,) if channels is None else (frames, channels)
    return np.random.default_rng(5).normal(0, 0.1, shape).astype(np.float32)


def stretched(sound: np.ndarray, speed: float, frames: int) -> tuple[np.ndarray, TimeStretch]:
    stretch = TimeStretch(reader(sound), RATE)
    stretch.speed = speed
    return stretch.process(frames), stretch


def test_at_the_recorded_speed_nothing_changes() -> None:
    sound = noise(2.0)
    made, stretch = stretched(sound, 1.0, len(sound))
    assert np.abs(made - sound).max() < 1e-6
    assert all(output == source for output, source in stretch.knots)


@pytest.mark.parametrize("speed", SPEEDS)
def test_the_pitch_of_a_tone_stays(speed: float) -> None:
    time = np.arange(RATE * 10) / RATE
    made, _stretch = stretched(np.sin(2 * np.pi * 220 * time).astype(np.float32), speed, RATE * 2)
    spectrum = np.abs(np.fft.rfft(made * np.hanning(len(made))))
    assert np.argmax(spectrum) / 2 == pytest.approx(220, abs=1)


@given(speed=st.floats(0.5, 3.0))
@settings(max_examples=30, deadline=None)
def test_the_source_moves_on_by_the_speed_and_never_backwards(speed: float) -> None:
    _made, stretch = stretched(noise(30.0), speed, RATE * 8)
    outputs, sources = (np.array(column) for column in zip(*stretch.knots, strict=True))
    assert (np.diff(sources) >= 0).all()
    assert np.abs(sources - outputs * speed).max() <= 0.024 * RATE


@pytest.mark.parametrize("speed", SPEEDS)
def test_the_map_says_where_the_sound_comes_from_without_bias(speed: float) -> None:
    """Clicks in the source come out where the map says, on average to within 2 ms."""
    sound = noise(160.0) * 0.01
    clicks = 4000 + np.cumsum(np.random.default_rng(6).integers(2000, 3000, 450))
    sound[clicks] = 1.0
    made, stretch = stretched(sound, speed, round(len(sound) / speed) - RATE)
    outputs, sources = zip(*stretch.knots, strict=True)
    heard = np.flatnonzero(made > 0.5)
    places = np.interp(heard, outputs, sources)
    errors = [
        places[index] - clicks[np.abs(clicks - places[index]).argmin()]
        for index in range(len(heard))
    ]
    assert len(errors) > 20
    assert abs(np.mean(errors)) < 0.002 * RATE
    assert np.abs(errors).max() < 0.05 * RATE


@given(
    sizes=st.lists(st.integers(1, 3000), min_size=1, max_size=10),
    speed=st.sampled_from([0.5, 1.0, 1.7, 3.0]),
)
@settings(max_examples=30, deadline=None)
def test_the_size_of_the_blocks_asked_for_does_not_matter(sizes: list[int], speed: float) -> None:
    sound = noise(15.0)
    whole, _stretch = stretched(sound, speed, sum(sizes))
    stretch = TimeStretch(reader(sound), RATE)
    stretch.speed = speed
    assert np.array_equal(np.concatenate([stretch.process(size) for size in sizes]), whole)


@pytest.mark.parametrize("speed", SPEEDS)
def test_stereo_moves_together(speed: float) -> None:
    one = noise(4.0)
    made, _stretch = stretched(np.stack([one, -0.5 * one], axis=1), speed, RATE)
    assert np.allclose(made[:, 1], -0.5 * made[:, 0], atol=1e-6)


def test_changing_the_speed_while_playing_leaves_no_jump() -> None:
    time = np.arange(RATE * 20) / RATE
    stretch = TimeStretch(reader(np.sin(2 * np.pi * 200 * time).astype(np.float32)), RATE)
    parts = []
    for speed in (1.0, 2.0, 1.0, 0.5, 3.0, 1.0):
        stretch.speed = speed
        parts.append(stretch.process(2345))
    steepest = 2 * np.pi * 200 / RATE
    assert np.abs(np.diff(np.concatenate(parts))).max() < 1.6 * steepest


def test_silence_and_the_end_of_the_source_give_silence() -> None:
    made, _stretch = stretched(np.zeros(8000, dtype=np.float32), 1.7, 20000)
    assert not made.any()


@given(
    source=st.sampled_from([8000, 11025, 16000, 22050, 44100, 48000]),
    target=st.sampled_from([44100, 48000]),
    sizes=st.lists(st.integers(1, 4000), min_size=1, max_size=6),
)
@settings(max_examples=40, deadline=None)
def test_a_device_of_another_rate_gets_the_same_sound_without_delay(
    source: int, target: int, sizes: list[int]
) -> None:
    read = reader(np.sin(2 * np.pi * 700 * np.arange(source * 3) / source).astype(np.float32))
    pulled = [0]

    def pull(count: int) -> np.ndarray:
        pulled[0] += count
        return read(pulled[0] - count, count)

    change = RateChange(pull, source, target)
    made = np.concatenate([change.process(size) for size in sizes])
    expected = np.sin(2 * np.pi * 700 * np.arange(len(made)) / target)
    late = round(0.003 * target)
    assert len(made) == sum(sizes)
    assert np.abs(made[late:] - expected[late:]).max(initial=0.0) < 0.01
