"""Blocks lie where their timestamps say; holes are silence and damage, drift is neither."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from callreview.audio.timeline import LONGEST_HOLE_S, Timeline

RATE = 8000


def block(frames: int, value: int = 7) -> np.ndarray:
    return np.full((frames, 1), value, dtype=np.int16)


def placed(timeline: Timeline, start: int | None, samples: np.ndarray, **how: bool) -> np.ndarray:
    return np.concatenate(list(timeline.place(start, samples, **how)))


@given(
    parts=st.lists(st.tuples(st.integers(160, 1000), st.integers(0, 20000)), min_size=1, max_size=9)
)
def test_every_block_starts_where_its_timestamp_says(parts: list[tuple[int, int]]) -> None:
    """Gaps up to 15 ms are drift; here they are none or longer."""
    timeline, start, made = Timeline(RATE, 1), 0, []
    holes = []
    for index, (frames, gap) in enumerate(parts):
        gap = 0 if gap <= 120 or index == 0 else gap
        if gap:
            holes.append((start / RATE, (start + gap) / RATE))
        start += gap
        made.append(placed(timeline, start, block(frames, index + 1)))
        whole = np.concatenate(made)[:, 0]
        assert (whole[start : start + frames] == index + 1).all()
        start += frames
    assert len(whole) == start == timeline.frames
    assert [(hole.start_s, hole.end_s) for hole in timeline.damage] == holes
    assert np.count_nonzero(whole == 0) == round(sum(b - a for a, b in holes) * RATE)


def test_blocks_without_timestamps_follow_each_other() -> None:
    timeline = Timeline(RATE, 1)
    assert len(placed(timeline, None, block(160))) == len(placed(timeline, None, block(160)))
    assert timeline.frames == 320
    assert timeline.damage == []


def test_a_rounded_timestamp_moves_nothing() -> None:
    timeline = Timeline(48000, 1, tick_s=0.001)
    for at in (0, 648 + 24, 1608 - 24):
        placed(timeline, at, block(960 if at else 648))
    assert timeline.frames == 648 + 960 + 960


@given(drift=st.integers(-3, 3), count=st.integers(2, 50))
def test_a_clock_that_is_a_little_off_is_followed_without_holes(drift: int, count: int) -> None:
    timeline = Timeline(RATE, 1)
    for index in range(count):
        placed(timeline, index * (160 + drift), block(160))
    assert timeline.damage == []
    assert timeline.frames == (count - 1) * (160 + drift) + 160


def test_neighbouring_losses_are_one_damage() -> None:
    timeline = Timeline(RATE, 1)
    placed(timeline, 0, block(160))
    placed(timeline, 320, block(160), lost=True)
    placed(timeline, 480 + 160, block(160), lost=True)
    spans = [(hole.start_s, hole.end_s, hole.reason) for hole in timeline.damage]
    assert spans == [
        (0.02, 0.04, "could not be decoded"),
        (0.06, 0.08, "could not be decoded"),
    ]


def test_a_track_that_begins_late_is_silent_before_but_not_damaged() -> None:
    timeline = Timeline(RATE, 1)
    assert len(placed(timeline, 4000, block(160))) == 4160
    assert timeline.damage == []


def test_a_clock_that_jumps_back_loses_no_sound_and_is_listed() -> None:
    timeline = Timeline(RATE, 1)
    placed(timeline, 8000, block(1600))
    placed(timeline, 0, block(1600))
    placed(timeline, 1600, block(1600))
    assert timeline.frames == 8000 + 3 * 1600
    assert [hole.reason for hole in timeline.damage] == ["the clock of the file jumps"]


def test_an_absurd_timestamp_does_not_fill_the_disk_with_silence() -> None:
    timeline = Timeline(RATE, 1)
    placed(timeline, 0, block(160))
    placed(timeline, round((LONGEST_HOLE_S + 10) * RATE), block(160))
    assert timeline.frames == 320
    short = Timeline(RATE, 1, length_s=10.0)
    placed(short, 0, block(160))
    placed(short, 20 * RATE, block(160))
    assert short.frames == 320
