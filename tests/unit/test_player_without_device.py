"""Without a sound device the transport works by the clock, and says what is wrong."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from callreview.audio.mix import Mix
from callreview.audio.player import Player
from callreview.audio.prepared import PreparedAudio


def store(folder: Path, samples: np.ndarray, rate: int = 8000) -> PreparedAudio:
    path = folder / "call.pcm"
    path.write_bytes(samples.astype("<i2").tobytes())
    return PreparedAudio(path, samples.shape[1], rate, len(samples), (), "")


def wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.01)


@pytest.fixture
def player(monkeypatch: pytest.MonkeyPatch) -> Iterator[Player]:
    monkeypatch.setitem(os.environ, "PULSE_SERVER", "unix:/nowhere")
    made = Player()
    yield made
    made.close()


@pytest.fixture
def call(tmp_path: Path) -> PreparedAudio:
    return store(tmp_path, np.full((8000 * 60, 2), 100))


def test_it_plays_silently_and_tells_the_problem(player: Player, call: PreparedAudio) -> None:
    player.load(call)
    player.play()
    wait_until(lambda: player.position_s > 0.3)
    assert player.playing
    wait_until(lambda: player.problem is not None)
    assert "no sound" in str(player.problem)
    assert not player.available


def test_pause_keeps_the_place_and_play_goes_on_from_it(
    player: Player, call: PreparedAudio
) -> None:
    player.load(call)
    player.play()
    wait_until(lambda: player.position_s > 0.2)
    player.pause()
    place = player.position_s
    time.sleep(0.1)
    assert player.position_s == place
    player.play()
    wait_until(lambda: player.position_s > place)
    assert player.position_s < place + 10


def test_seeking_goes_to_the_place_playing_or_not(player: Player, call: PreparedAudio) -> None:
    player.load(call)
    player.seek(12.5)
    assert player.position_s == 12.5
    assert not player.playing
    player.play()
    wait_until(lambda: player.position_s > 12.5)
    player.seek(40.0)
    assert 40.0 <= player.position_s < 45.0
    assert player.playing
    player.seek(-3.0)
    player.pause()
    player.seek(999.0)
    assert player.position_s == 60.0


def test_the_end_stops_at_the_end_tells_it_and_play_begins_anew(
    player: Player, call: PreparedAudio
) -> None:
    told: list[bool] = []
    player.load(call)
    player.seek(59.8)
    player.on_state = lambda: told.append(player.playing)
    player.play()
    wait_until(lambda: not player.playing)
    assert player.position_s == 60.0
    wait_until(lambda: told[-1:] == [False])
    player.play()
    assert player.position_s < 10.0


def test_the_speed_sets_how_fast_the_place_moves(player: Player, call: PreparedAudio) -> None:
    player.load(call)
    player.set_speed(9.0)
    assert player.speed == 3.0
    player.play()
    wait_until(lambda: player.position_s > 0.5)
    began, place = time.monotonic(), player.position_s
    wait_until(lambda: player.position_s > place + 3.0)
    passed = time.monotonic() - began
    assert (player.position_s - place) / passed == pytest.approx(3.0, rel=0.3)


def test_loading_another_call_stops_and_starts_at_its_beginning(
    player: Player, call: PreparedAudio
) -> None:
    player.load(call)
    player.play()
    wait_until(lambda: player.position_s > 0.1)
    player.load(call)
    assert (player.playing, player.position_s, player.duration_s) == (False, 0.0, 60.0)


def test_nothing_loaded_is_harmless(player: Player) -> None:
    player.play()
    player.pause()
    player.seek(3.0)
    player.set_muted_spans([(0, 1)])
    assert (player.playing, player.position_s, player.duration_s) == (False, 0.0, 0.0)


def test_muted_lanes_and_masked_spans_are_silent_to_the_sample(tmp_path: Path) -> None:
    samples = np.tile(np.array([[1000, 3000]]), (8000, 1))
    mix = Mix(store(tmp_path, samples))
    assert mix.read(0, 8000) == pytest.approx(4000 / 2 / 32768)
    mix.set_gains([1.0, 0.0])
    assert mix.read(0, 8000) == pytest.approx(1000 / 2 / 32768)
    mix.set_muted([(0.25, 0.5), (0.9, 5.0)])
    heard = np.concatenate([mix.read(-500, 2600), mix.read(2100, 6500)])[500:]
    audible = np.flatnonzero(heard)
    assert set(audible) == {*range(2000), *range(4000, 7200)}
    with pytest.raises(ValueError, match="3 gains for 2 channels"):
        mix.set_gains([1.0, 1.0, 1.0])
