from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callreview.domain.intervals import union
from callreview.domain.talk_metrics import Interval
from callreview.speech.windows import LONGEST_WINDOW_S, PADDING_S, Window, pack_windows

DURATION_S = 4000.0


@st.composite
def speech(draw: st.DrawFn) -> list[Interval]:
    """Stretches of speech of up to 20 s, apart from each other."""
    stretches, at_s = [], 0.0
    for pause_s, length_s in draw(
        st.lists(st.tuples(st.floats(0.05, 30), st.floats(0.1, 20)), max_size=40)
    ):
        stretches.append(Interval(at_s + pause_s, at_s + pause_s + length_s))
        at_s += pause_s + length_s
    return stretches


@given(speech())
def test_every_stretch_of_speech_is_in_exactly_one_window(stretches: list[Interval]) -> None:
    pieces = [piece for window in pack_windows(stretches, DURATION_S) for piece in window.pieces]
    assert all(left.end_s <= right.start_s + 1e-6 for left, right in pairwise(pieces))
    for stretch in stretches:
        holders = [p for p in pieces if p.start_s <= stretch.start_s and stretch.end_s <= p.end_s]
        assert len(holders) == 1


@given(speech())
def test_only_a_long_stretch_makes_a_long_window_and_is_alone_in_it(
    stretches: list[Interval],
) -> None:
    for window in pack_windows(stretches, DURATION_S):
        held = [s for s in stretches for p in window.pieces if p.start_s <= s.start_s <= p.end_s]
        assert window.length_s <= LONGEST_WINDOW_S + 1e-6 or len(held) == 1


@given(speech())
def test_little_silence_is_kept_around_speech(stretches: list[Interval]) -> None:
    kept_s = sum(window.length_s for window in pack_windows(stretches, DURATION_S))
    spoken_s = sum(stretch.length_s for stretch in union(stretches))
    assert kept_s <= spoken_s + 2 * PADDING_S * len(stretches) + 1e-6


def test_a_window_is_cut_at_the_longest_pause_of_its_later_part() -> None:
    starts = [0.0, 5.0, 10.0, 15.0, 16.0]
    lengths = [4.0, 4.0, 3.0, 0.2, 5.0]
    stretches = [Interval(at, at + long) for at, long in zip(starts, lengths, strict=True)]
    first, second = pack_windows(stretches, DURATION_S)
    assert first.pieces[-1].end_s == pytest.approx(13.0 + PADDING_S)
    assert second.pieces[0].start_s == pytest.approx(15.0 - PADDING_S)


def test_a_time_in_a_window_belongs_to_the_piece_that_is_heard_then() -> None:
    window = Window((Interval(10.0, 12.0), Interval(50.0, 55.0)))
    assert window.piece_at(0.5) == (Interval(10.0, 12.0), 0.0)
    assert window.piece_at(2.5) == (Interval(50.0, 55.0), 2.0)
    assert window.piece_at(99.0) == (Interval(50.0, 55.0), 2.0)
    assert window.piece_at(-0.1) == (Interval(10.0, 12.0), 0.0)


def test_no_speech_needs_no_window() -> None:
    assert pack_windows([], DURATION_S) == ()


@given(speech())
def test_speech_in_a_window_is_where_the_window_has_it(stretches: list[Interval]) -> None:
    for window in pack_windows(stretches, DURATION_S):
        heard = window.heard_speech(stretches)
        assert all(0 <= one.start_s < one.end_s <= window.length_s + 1e-6 for one in heard)
        for one in heard:
            piece, start_s = window.piece_at((one.start_s + one.end_s) / 2)
            middle_s = piece.start_s + (one.start_s + one.end_s) / 2 - start_s
            assert any(s.start_s <= middle_s <= s.end_s for s in stretches)
