from pathlib import Path

import numpy as np
import pytest

from callreview.audio.prepared import PreparedAudio
from callreview.domain.errors import Cancelled
from callreview.speech.distinct_channels import distinct_channels

RATE = 8000


def prepared(path: Path, *channels: np.ndarray) -> PreparedAudio:
    samples = np.stack(channels, axis=1).round().astype("<i2")
    (path / "call.pcm").write_bytes(samples.tobytes())
    return PreparedAudio(path / "call.pcm", len(channels), RATE, len(samples), (), "")


def noise(seed: int, level: float = 3000.0) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal(4 * RATE) * level


def never() -> bool:
    return False


def test_two_voices_are_two_channels(tmp_path: Path) -> None:
    assert distinct_channels(prepared(tmp_path, noise(1), noise(2)), never) == (0, 1)


def test_the_same_sound_twice_is_one_channel_whatever_level_and_offset(tmp_path: Path) -> None:
    voice = noise(1)
    copy = voice * -0.3 + 500 + noise(2, 30)
    assert distinct_channels(prepared(tmp_path, voice, copy), never) == (0,)


def test_a_voice_that_bleeds_into_the_other_channel_leaves_two(tmp_path: Path) -> None:
    agent, customer = noise(1), noise(2, 1000) + 0.2 * noise(1)
    assert distinct_channels(prepared(tmp_path, agent, customer), never) == (0, 1)


def test_silent_channels_are_not_taken_for_each_other(tmp_path: Path) -> None:
    silence = np.zeros(RATE)
    assert distinct_channels(prepared(tmp_path, silence, silence), never) == (0, 1)


def test_of_four_channels_the_copies_are_left_out(tmp_path: Path) -> None:
    one, two = noise(1), noise(2)
    assert distinct_channels(prepared(tmp_path, one, one, two, two), never) == (0, 2)


def test_comparing_can_be_cancelled(tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        distinct_channels(prepared(tmp_path, noise(1), noise(2)), lambda: True)


def test_of_a_voice_and_its_faint_copy_the_voice_is_kept(tmp_path: Path) -> None:
    voice = noise(1)
    assert distinct_channels(prepared(tmp_path, voice * 0.01, voice), never) == (1,)


def test_channels_that_hold_only_a_constant_are_not_taken_for_each_other(tmp_path: Path) -> None:
    constant = np.full(4 * RATE, 12000.0)
    assert distinct_channels(prepared(tmp_path, constant, constant), never) == (0, 1)
