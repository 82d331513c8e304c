"""Peaks show at every zoom what the samples hold: no click is missed, none invented."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callreview.audio.peaks import Peaks, build_peaks
from callreview.audio.prepared import PreparedAudio
from callreview.domain.errors import UserError


def peaks_of(folder: Path, samples: np.ndarray, rate: int = 8000) -> Peaks:
    path = folder / "call.pcm"
    path.write_bytes(samples.astype("<i2").tobytes())
    prepared = PreparedAudio(path, samples.shape[1], rate, len(samples), (), "")
    build_peaks(prepared, folder / "call.peaks")
    return Peaks.load(folder / "call.peaks")


@pytest.fixture(scope="module")
def noise(tmp_path_factory: pytest.TempPathFactory) -> tuple[np.ndarray, Peaks]:
    samples = np.random.default_rng(3).integers(-20000, 20000, (800_123, 2)).astype(np.int16)
    return samples, peaks_of(tmp_path_factory.mktemp("peaks"), samples)


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_column_holds_its_samples_extremes_to_within_a_bin(
    noise: tuple[np.ndarray, Peaks], data: st.DataObject
) -> None:
    samples, peaks = noise
    start = data.draw(st.integers(0, 700_000))
    count = data.draw(st.integers(1, 900))
    width = data.draw(st.integers(64, 60_000))
    channel = data.draw(st.integers(0, 1))
    end = min(start + count * width, len(samples))
    columns = peaks.columns(channel, start / 8000, end / 8000, count)
    assert columns.shape == (count, 2)
    edges = np.linspace(start, end, count + 1)
    slack = max((end - start) / count, 32)
    for index in (0, count // 2, count - 1):
        wide = samples[int(max(edges[index] - slack, 0)) : int(edges[index + 1] + slack), channel]
        assert wide.min() <= columns[index, 0] <= columns[index, 1] <= wide.max()


@given(position=st.integers(0, 799_999), count=st.integers(1, 2000))
@settings(max_examples=60, deadline=None)
def test_one_click_in_silence_shows_in_one_column_at_its_place(position: int, count: int) -> None:
    import tempfile

    samples = np.zeros((800_000, 1), dtype=np.int16)
    samples[position] = 12345
    with tempfile.TemporaryDirectory() as folder:
        columns = peaks_of(Path(folder), samples).columns(0, 0.0, 100.0, count)
    hit = np.flatnonzero(columns[:, 1])
    assert len(hit) == 1
    assert columns[hit[0], 1] == 12345
    assert abs(hit[0] + 0.5 - position / 800_000 * count) <= 1.5


def test_the_whole_call_in_one_column_is_its_loudest_and_lowest_sample(
    noise: tuple[np.ndarray, Peaks],
) -> None:
    samples, peaks = noise
    for channel in (0, 1):
        column = peaks.columns(channel, 0.0, len(samples) / 8000, 1)[0]
        assert tuple(column) == (samples[:, channel].min(), samples[:, channel].max())


def test_what_lies_outside_the_call_is_flat(noise: tuple[np.ndarray, Peaks]) -> None:
    _samples, peaks = noise
    columns = peaks.columns(0, -100.0, 300.0, 400)
    assert not columns[:99].any()
    assert columns[101:199].all()
    assert not columns[202:].any()


@pytest.mark.parametrize("frames", [1, 31, 32, 33, 2048, 2049, 8192, 100_001])
def test_a_call_of_any_length_has_peaks(tmp_path: Path, frames: int) -> None:
    samples = np.full((frames, 1), -5, dtype=np.int16)
    samples[-1] = 17
    peaks = peaks_of(tmp_path, samples)
    assert tuple(peaks.columns(0, 0.0, frames / 8000, 1)[0])[1] == 17
    assert peaks.frames == frames


def test_a_very_close_look_repeats_bins_instead_of_failing(tmp_path: Path) -> None:
    peaks = peaks_of(tmp_path, np.arange(3200, dtype=np.int16).reshape(-1, 1))
    columns = peaks.columns(0, 0.1, 0.101, 1600)
    assert columns.shape == (1600, 2)
    assert (columns[:, 0] >= 800 - 32).all()
    assert (columns[:, 1] < 808 + 32).all()


def test_a_file_that_holds_no_peaks_is_refused(tmp_path: Path) -> None:
    (tmp_path / "call.peaks").write_bytes(b"something else entirely" * 9)
    with pytest.raises(UserError, match="holds no peaks"):
        Peaks.load(tmp_path / "call.peaks")
