"""Prepared audio gives back its samples, and any stretch of a channel at the recogniser's rate."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callreview.audio.prepared import PreparedAudio
from callreview.audio.resample import resample_blocks, resampled_length


def store(folder: Path, samples: np.ndarray, rate: int = 8000) -> PreparedAudio:
    path = folder / "call.pcm"
    path.write_bytes(samples.astype("<i2").tobytes())
    return PreparedAudio(path, samples.shape[1], rate, len(samples), (), "")


def tones(rate: int, seconds: float) -> np.ndarray:
    time = np.arange(round(rate * seconds)) / rate
    return np.stack([10000 * np.sin(2 * np.pi * f * time) for f in (440, 1000)], axis=1)


def test_samples_are_the_bytes_of_the_file_by_frame_and_channel(tmp_path: Path) -> None:
    samples = np.arange(24, dtype=np.int16).reshape(8, 3)
    prepared = store(tmp_path, samples)
    assert np.array_equal(prepared.samples(), samples)
    assert prepared.duration_s == 0.001
    assert not prepared.samples().flags.writeable


@pytest.mark.parametrize("rate", [8000, 11025, 16000, 44100, 48000])
def test_a_channel_is_resampled_without_delay_and_with_its_own_sound_only(
    tmp_path: Path, rate: int
) -> None:
    heard = store(tmp_path, tones(rate, 2.0), rate).mono(1)
    assert heard.dtype == np.float32
    assert len(heard) == 32000
    expected = tones(16000, 2.0)[:, 1] / 32768
    assert np.abs(heard[400:-400] - expected[400:-400]).max() < 0.002


def test_a_stretch_holds_the_sound_of_its_times(tmp_path: Path) -> None:
    prepared = store(tmp_path, tones(8000, 5.0))
    part = prepared.mono(0, 1.25, 3.5)
    whole = prepared.mono(0)
    assert len(part) == 36000
    assert np.abs(part[400:-400] - whole[20000:56000][400:-400]).max() < 0.002


def test_times_outside_the_recording_are_cut_to_it(tmp_path: Path) -> None:
    prepared = store(tmp_path, tones(8000, 1.0))
    assert len(prepared.mono(0, -5.0, 99.0)) == 16000
    assert len(prepared.mono(0, 3.0, 9.0)) == 0
    assert len(prepared.mono(0, 0.8, 0.2)) == 0


@given(
    frames=st.integers(0, 200_000),
    source=st.sampled_from([6000, 8000, 11025, 16000, 22050, 44100, 48000]),
    target=st.sampled_from([8000, 16000, 44100, 48000]),
    size=st.integers(500, 70_000),
)
@settings(max_examples=40, deadline=None)
def test_resampling_in_blocks_keeps_the_exact_length(
    frames: int, source: int, target: int, size: int
) -> None:
    samples = np.full((frames, 2), 1000, dtype=np.int16)
    blocks = (samples[at : at + size] for at in range(0, frames, size))
    made = sum(len(block) for block in resample_blocks(blocks, source, target))
    assert made == resampled_length(frames, source, target)


@given(sizes=st.lists(st.integers(1, 5000), min_size=1, max_size=12))
@settings(max_examples=25, deadline=None)
def test_how_a_stream_is_cut_into_blocks_does_not_change_it(sizes: list[int]) -> None:
    samples = np.random.default_rng(0).integers(-9000, 9000, (sum(sizes), 2)).astype(np.int16)
    edges = np.cumsum([0, *sizes])
    cut = (samples[a:b] for a, b in pairwise(edges))
    pieces = np.concatenate(list(resample_blocks(cut, 8000, 16000)))
    assert np.array_equal(pieces, np.concatenate(list(resample_blocks([samples], 8000, 16000))))
