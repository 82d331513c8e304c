"""Measure how far the position on the screen is from the sound, and how long a click takes to sound.

Prints one JSON object; "settled" is at the recorded speed, 0.3 s after any action. The recorder gets
each sample up to 5 ms before it is heard, so a player that is exact shows a mean of about +4 ms. Needs PulseAudio and PortAudio; run as
`python -m tests.perf.measure_sound_sync`.
"""

import json
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from callreview.audio.player import Player
from tests.e2e.null_sink import NullSink, Recorder
from tests.e2e.sound_and_screen import RATE, Claim, first_heard, heard_position, write_noise

DURATION_S = 60.0
_ASK_EVERY_S = 0.05
_SETTLED_S = 0.3
# (second, what is done, with what)
_SCRIPT: tuple[tuple[float, str, float], ...] = (
    (8.0, "pause", 0.0),
    (9.0, "play", 0.0),
    (14.0, "seek", 60.0),
    (18.0, "seek", 5.0),
    (22.0, "speed", 1.5),
    (28.0, "seek", 30.0),
    (32.0, "pause", 0.0),
    (33.0, "play", 0.0),
    (36.0, "speed", 0.75),
    (40.0, "speed", 1.0),
    (44.0, "seek", 90.0),
    (47.0, "pause", 0.0),
    (48.0, "seek", 20.0),
    (48.5, "play", 0.0),
    (52.0, "seek", 70.0),
    (55.0, "seek", 71.0),
    (57.0, "seek", 10.0),
)


def measure(folder: Path) -> dict[str, object]:
    """Play, pause, seek and change speed for a minute while the sink is recorded."""
    source = write_noise(folder / "noise.pcm", 120.0)
    claims: list[tuple[Claim, bool]] = []
    clicks: list[tuple[float, float]] = []
    with NullSink(folder), Recorder(RATE) as recorder:
        player = Player()
        player.load(source)
        player.play()
        while not (player.available and player.position_s > 0.5):
            time.sleep(0.05)
        _follow(player, claims, clicks)
        player.close()
    errors = [
        (heard - claim.position_s, settled)
        for claim, settled in claims
        if (heard := heard_position(recorder, source, claim)) is not None
    ]
    settled = np.array([error for error, calm in errors if calm]) * 1000
    every = np.array([error for error, _calm in errors]) * 1000
    delays = [
        (heard - moment) * 1000
        for moment, place in clicks
        if (heard := first_heard(recorder, source, place, moment)) is not None
    ]
    return {
        "claims": len(claims),
        "identified": len(errors),
        "settled_mean_ms": round(float(settled.mean()), 2),
        "settled_mean_absolute_ms": round(float(np.abs(settled).mean()), 2),
        "settled_worst_ms": round(float(np.abs(settled).max()), 2),
        "all_mean_absolute_ms": round(float(np.abs(every).mean()), 2),
        "all_worst_ms": round(float(np.abs(every).max()), 2),
        "clicks": len(clicks),
        "click_to_sound_ms": [round(delay, 1) for delay in delays],
    }


def _follow(
    player: Player, claims: list[tuple[Claim, bool]], clicks: list[tuple[float, float]]
) -> None:
    began = changed = time.monotonic()
    script = list(_SCRIPT)
    while (now := time.monotonic()) - began < DURATION_S:
        if script and now - began >= script[0][0]:
            _at, action, value = script.pop(0)
            changed = now
            if _act(player, action, value):
                clicks.append((now, player.position_s))
        elif player.playing:
            calm = now - changed > _SETTLED_S and player.speed == 1.0
            claims.append((Claim(now, player.position_s), calm))
        time.sleep(_ASK_EVERY_S)


def _act(player: Player, action: str, value: float) -> bool:
    """Do one thing; whether new sound has to follow at once."""
    if action == "speed":
        player.set_speed(value)
    elif action == "seek":
        player.seek(value)
    else:
        getattr(player, action)()
    return action in ("play", "seek") and player.playing


if __name__ == "__main__":
    if reason := NullSink.missing():
        sys.exit(f"cannot measure: {reason}")
    with tempfile.TemporaryDirectory(prefix="cr-") as temporary:
        print(json.dumps(measure(Path(temporary))))
