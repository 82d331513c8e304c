"""A constant that a recorder adds to every sample is taken away when a recording is decoded."""

import io
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from callreview.audio.decode import prepare_audio
from callreview.audio.offset import OffsetMeter, take_away
from callreview.audio.peaks import Peaks, build_peaks
from tests.unit.made_audio import beeps

RATE = 8000


def prepared_from(folder: Path, samples: np.ndarray) -> np.ndarray:
    soundfile.write(folder / "call.wav", samples, RATE, subtype="PCM_16")
    return np.asarray(prepare_audio([folder / "call.wav"], folder / "call.pcm").samples())


@pytest.mark.parametrize("offset", [-0.5, 0.02, 0.2, 0.5])
def test_an_offset_of_a_channel_is_taken_away_and_the_other_stays_as_it_is(
    offset: float, tmp_path: Path
) -> None:
    sound = beeps(RATE, 2) // 2
    shifted = sound.copy()
    shifted[:, 1] += round(offset * 32768)
    found = prepared_from(tmp_path, shifted)
    assert np.array_equal(found[:, 0], sound[:, 0])
    assert np.abs(found[:, 1].astype(int) - sound[:, 1]).max() <= 5


def test_speech_that_is_not_shifted_is_kept_sample_by_sample(tmp_path: Path) -> None:
    sound = beeps(RATE, 2)
    assert np.array_equal(prepared_from(tmp_path, sound), sound)


def test_silence_that_was_not_recorded_stays_silence(tmp_path: Path) -> None:
    sound = beeps(RATE, 1) // 2 + 9000
    sound[8192:16384] = 0
    found = prepared_from(tmp_path, sound)
    assert not found[8192:16384].any()
    assert abs(found[:8192].mean()) < 30


def test_what_would_overflow_without_the_offset_is_held_at_full_scale(tmp_path: Path) -> None:
    sound = np.full((RATE, 1), 20000, dtype=np.int16)
    sound[100:110] = -32768
    assert prepared_from(tmp_path, sound).min() == -32768


def test_the_waveform_of_a_shifted_channel_is_drawn_around_the_middle(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "call.wav", beeps(RATE, 1) // 2 + 9000, RATE, subtype="PCM_16")
    prepared = prepare_audio([tmp_path / "call.wav"], tmp_path / "call.pcm")
    build_peaks(prepared, tmp_path / "call.peaks")
    low, high = Peaks.load(tmp_path / "call.peaks").columns(0, 0.0, 4.0, 1)[0]
    assert low < -5000
    assert high > 5000


@given(st.integers(-30000, 30000), st.integers(1, 200_000), st.integers(1, 3))
def test_a_constant_of_any_length_becomes_silence(value: int, frames: int, channels: int) -> None:
    samples = np.full((frames, channels), value, dtype=np.int16)
    meter = OffsetMeter(channels)
    for start in range(0, frames, 1 << 16):
        meter.add(samples[start : start + (1 << 16)])
    file = io.BytesIO(samples.astype("<i2").tobytes())
    take_away(file, meter.offsets)
    left = np.frombuffer(file.getvalue(), dtype="<i2")
    assert len(left) == frames * channels
    assert (left == (value if abs(value) < 164 else 0)).all()
