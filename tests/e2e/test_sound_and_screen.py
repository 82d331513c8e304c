"""What the player says is heard is what a recorder of the loudspeaker hears."""

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from callreview.audio.output import Loudspeaker
from callreview.audio.player import Player
from callreview.audio.prepared import PreparedAudio
from tests.e2e.null_sink import NullSink, Recorder
from tests.e2e.sound_and_screen import RATE, Claim, first_heard, heard_position, write_noise

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(bool(NullSink.missing()), reason=f"no sound server: {NullSink.missing()}"),
]


def wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.02)


@pytest.fixture
def sink() -> Iterator[NullSink]:
    with tempfile.TemporaryDirectory(prefix="cr-") as folder, NullSink(Path(folder)) as opened:
        yield opened


@pytest.fixture
def recorder(sink: NullSink) -> Iterator[Recorder]:
    with Recorder(RATE) as running:
        yield running


@pytest.fixture
def player(recorder: Recorder) -> Iterator[Player]:
    made = Player()
    yield made
    made.close()


def play_aloud(player: Player, call: PreparedAudio) -> None:
    """Load and play through the sink: PortAudio may have to look again for the new server."""
    player.load(call)
    player.play()
    wait_until(lambda: player.available and player.position_s > 0.3)


def listen(player: Player, seconds: float) -> list[Claim]:
    claims, end = [], time.monotonic() + seconds
    while time.monotonic() < end:
        claims.append(Claim(time.monotonic(), player.position_s))
        time.sleep(0.05)
    return claims


def errors_of(recorder: Recorder, call: PreparedAudio, claims: list[Claim]) -> list[float]:
    """How far each claim is from what was heard, seconds; all but a few must be recognised."""
    places = [heard_position(recorder, call, claim) for claim in claims]
    errors = [
        place - claim.position_s
        for place, claim in zip(places, claims, strict=True)
        if place is not None
    ]
    assert len(errors) > 0.7 * len(claims)
    return errors


def test_sound_is_heard_at_the_place_the_player_reports(
    tmp_path: Path, player: Player, recorder: Recorder
) -> None:
    """Over playing, pausing, seeking and speeds; without the device's latency it is off by 0.1 s."""
    call = write_noise(tmp_path / "noise.pcm", 60.0)
    play_aloud(player, call)
    claims = listen(player, 3.0)
    player.pause()
    time.sleep(0.3)
    player.play()
    claims += listen(player, 2.0)[8:]
    player.seek(30.0)
    claims += listen(player, 2.0)[8:]
    sought = time.monotonic()
    player.seek(5.0)
    claims += listen(player, 1.0)[8:]
    player.set_speed(1.5)
    claims += listen(player, 2.0)
    player.close()
    recorder.stop()
    errors = errors_of(recorder, call, claims)
    assert abs(float(np.median(errors))) < 0.05
    assert float(np.quantile(np.abs(errors), 0.9)) < 0.08
    assert first_heard(recorder, call, 5.0, sought) is not None


def test_masked_spans_and_muted_lanes_are_not_heard(
    tmp_path: Path, player: Player, recorder: Recorder
) -> None:
    one = write_noise(tmp_path / "noise.pcm", 20.0)
    agent, customer = one.samples()[:, 0], np.roll(one.samples()[:, 0], 4 * RATE)
    both = np.stack([agent, customer], axis=1)
    (tmp_path / "call.pcm").write_bytes(both.tobytes())
    call = PreparedAudio(tmp_path / "call.pcm", 2, RATE, len(both), (), "")
    player.load(call)
    player.set_channel_gains([0.0, 1.0])
    player.set_muted_spans([(2.0, 3.0)])
    player.play()
    wait_until(lambda: player.available and player.position_s > 0.3)
    player.seek(1.0)
    claims = listen(player, 3.0)[8:]
    player.close()
    recorder.stop()
    lane = PreparedAudio(tmp_path / "lane.pcm", 1, RATE, len(both), (), "")
    lane.path.write_bytes(customer.tobytes())
    inside = [claim for claim in claims if 2.1 < claim.position_s < 2.9]
    outside = [claim for claim in claims if not 1.9 < claim.position_s < 3.1]
    assert inside
    for claim in inside:
        middle = recorder.index_at(claim.moment)
        assert np.abs(recorder.sound[middle - 40 : middle + 40]).max() < 3
    assert abs(float(np.median(errors_of(recorder, lane, outside)))) < 0.05
    assert all(heard_position(recorder, one, claim) is None for claim in outside)


def test_the_end_of_the_recording_is_heard_and_then_the_player_stops(
    tmp_path: Path, player: Player, recorder: Recorder
) -> None:
    call = write_noise(tmp_path / "noise.pcm", 6.0)
    play_aloud(player, call)
    player.seek(5.0)
    began = time.monotonic()
    wait_until(lambda: not player.playing)
    assert player.position_s == 6.0
    assert player.problem is None
    time.sleep(0.2)
    recorder.stop()
    assert first_heard(recorder, call, 5.5, began + 0.3) is not None


def test_a_device_that_vanishes_pauses_the_player_and_says_so(
    tmp_path: Path, player: Player, sink: NullSink
) -> None:
    call = write_noise(tmp_path / "noise.pcm", 60.0)
    play_aloud(player, call)
    sink.die()
    wait_until(lambda: not player.playing)
    assert "device is gone" in str(player.problem)
    assert not player.available
    place = player.position_s
    assert 0.3 < place < 30.0
    player.play()
    wait_until(lambda: player.position_s > place + 0.3)
    assert player.problem is not None


def test_a_device_that_takes_only_its_own_rate_plays_at_the_right_place(
    tmp_path: Path, player: Player, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Loudspeaker, "_takes", lambda *_: False)
    call = write_noise(tmp_path / "noise.pcm", 30.0)
    play_aloud(player, call)
    player.seek(10.0)
    claims = listen(player, 1.5)[8:]
    player.close()
    recorder.stop()
    assert abs(float(np.median(errors_of(recorder, call, claims)))) < 0.05


@pytest.mark.parametrize("rate", [8000, 11025, 44100])
def test_a_call_of_any_rate_is_heard(
    tmp_path: Path, player: Player, recorder: Recorder, rate: int
) -> None:
    loud = (np.sin(2 * np.pi * 500 * np.arange(rate * 8) / rate) * 12000).astype("<i2")
    (tmp_path / "tone.pcm").write_bytes(loud.tobytes())
    play_aloud(player, PreparedAudio(tmp_path / "tone.pcm", 1, rate, len(loud), (), ""))
    heard_at = time.monotonic()
    time.sleep(0.8)
    player.close()
    recorder.stop()
    begin = recorder.index_at(heard_at)
    sound = recorder.sound[begin : begin + RATE // 2]
    assert abs(np.argmax(np.abs(np.fft.rfft(sound))) * 2 - 500) <= 2
