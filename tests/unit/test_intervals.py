"""Interval arithmetic, proved against sets of ticks."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from callreview.domain.intervals import Intervals, close_gaps, intersect, subtract, total_s, union
from callreview.domain.talk_metrics import Interval

# Quarter seconds: short enough to meet often, exact in floating point.
TICKS = 200
times = st.integers(0, TICKS)
interval_lists = st.lists(
    st.tuples(times, times).map(lambda pair: Interval(pair[0] / 4, pair[1] / 4)), max_size=12
)


def ticks(intervals: list[Interval] | Intervals) -> set[int]:
    """The quarter seconds that are covered."""
    return {tick for i in intervals for tick in range(int(i.start_s * 4), int(i.end_s * 4))}


def tidy(intervals: Intervals) -> bool:
    """Sorted, none empty, none touching the next."""
    apart = all(one.end_s < two.start_s for one, two in pairwise(intervals))
    return apart and all(interval.length_s > 0 for interval in intervals)


@given(interval_lists, interval_lists)
def test_the_union_covers_what_either_covers(a: list[Interval], b: list[Interval]) -> None:
    joined = union(a, b)
    assert ticks(joined) == ticks(a) | ticks(b)
    assert tidy(joined)


@given(interval_lists, interval_lists)
def test_the_intersection_covers_what_both_cover(a: list[Interval], b: list[Interval]) -> None:
    both = intersect(a, b)
    assert ticks(both) == ticks(a) & ticks(b)
    assert tidy(both)


@given(interval_lists, interval_lists)
def test_the_difference_covers_what_only_the_first_covers(
    a: list[Interval], b: list[Interval]
) -> None:
    rest = subtract(a, b)
    assert ticks(rest) == ticks(a) - ticks(b)
    assert tidy(rest)


@given(interval_lists)
def test_the_total_counts_time_once(a: list[Interval]) -> None:
    assert total_s(a) == len(ticks(a)) / 4


@given(interval_lists, st.integers(1, 20))
def test_gaps_under_the_limit_close_and_all_others_stay(a: list[Interval], gap: int) -> None:
    closed = close_gaps(a, gap / 4)
    assert ticks(a) <= ticks(closed)
    assert all(two.start_s - one.end_s >= gap / 4 for one, two in pairwise(closed))
    added = subtract(closed, a)
    assert all(interval.length_s < gap / 4 for interval in added)


def test_a_gap_of_exactly_the_limit_stays_open() -> None:
    apart = (Interval(0, 1), Interval(1.5, 2))
    assert close_gaps(apart, 0.5) == apart
    assert close_gaps(apart, 0.51) == (Interval(0, 2),)


def test_intervals_that_end_before_they_start_cover_nothing() -> None:
    assert union([Interval(2, 1), Interval(3, 3)]) == ()
