"""The clock of a device runs evenly whatever the device estimates, and notices when it was held up."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callreview.audio.device_clock import DeviceClock

RATE, BLOCK = 8000, 200


def run(clock: DeviceClock, estimates: list[float]) -> None:
    """Give blocks of 25 ms that are heard from 10 s on, each estimated wrong by so many seconds."""
    for error in estimates:
        clock.add(BLOCK, 10.0 + clock.frames / RATE + error)


def test_an_exact_device_gives_the_exact_frame() -> None:
    clock = DeviceClock(RATE)
    run(clock, [0.0] * 100)
    assert clock.heard(11.5) == pytest.approx(12000)


@given(st.lists(st.floats(-0.05, 0.05), min_size=400, max_size=400))
@settings(max_examples=20, deadline=None)
def test_swinging_estimates_are_averaged(errors: list[float]) -> None:
    clock = DeviceClock(RATE)
    swing = np.array(errors) - np.mean(errors)
    run(clock, [0.0, *swing.clip(-0.05, 0.05)])
    assert clock.heard(15.0) == pytest.approx(40000, abs=0.05 * RATE)


@given(asked=st.lists(st.floats(0, 30), min_size=2, max_size=20))
def test_the_frame_heard_never_runs_backwards_nor_ahead_of_what_was_given(
    asked: list[float],
) -> None:
    clock = DeviceClock(RATE)
    run(clock, [0.0] * 100)
    heard = [clock.heard(now) for now in sorted(asked)]
    assert heard == sorted(heard)
    assert all(0 <= frame <= clock.frames for frame in heard)


def test_a_device_that_was_held_up_is_believed() -> None:
    clock = DeviceClock(RATE)
    run(clock, [0.0] * 5 + [0.7] * 40)
    assert clock.heard(11.7) == pytest.approx(8000, abs=1)
    slowly = DeviceClock(RATE)
    run(slowly, [0.0] * 5 + [0.12] * 60)
    assert slowly.heard(11.12) == pytest.approx(8000, abs=0.01 * RATE)


def test_before_anything_is_given_nothing_is_heard() -> None:
    assert DeviceClock(RATE).heard(99.0) == 0.0
