"""Arithmetic of time intervals: union, intersection, difference, closing of gaps.

Every function takes intervals in any order, with or without overlaps, and returns them sorted,
apart from each other and longer than nothing. Times are seconds.
"""

from collections.abc import Iterable

from callreview.domain.talk_metrics import Interval

Intervals = tuple[Interval, ...]


def union(*groups: Iterable[Interval]) -> Intervals:
    """The time covered by any of the groups; intervals that touch become one."""
    return close_gaps((interval for group in groups for interval in group), 0.0)


def close_gaps(intervals: Iterable[Interval], gap_s: float) -> Intervals:
    """The intervals with overlaps, touching ends and gaps under `gap_s` seconds closed."""
    closed: list[Interval] = []
    for interval in sorted(interval for interval in intervals if interval.length_s > 0):
        gap = interval.start_s - closed[-1].end_s if closed else 0.0
        if closed and (gap <= 0 or beyond_s(gap, gap_s) < 0):
            end_s = max(closed[-1].end_s, interval.end_s)
            closed[-1] = Interval(closed[-1].start_s, end_s)
        else:
            closed.append(interval)
    return tuple(closed)


def intersect(first: Iterable[Interval], second: Iterable[Interval]) -> Intervals:
    """The time covered by both."""
    ours, theirs = union(first), union(second)
    both: list[Interval] = []
    i = j = 0
    while i < len(ours) and j < len(theirs):
        start_s = max(ours[i].start_s, theirs[j].start_s)
        end_s = min(ours[i].end_s, theirs[j].end_s)
        if end_s > start_s:
            both.append(Interval(start_s, end_s))
        if ours[i].end_s < theirs[j].end_s:
            i += 1
        else:
            j += 1
    return tuple(both)


def subtract(first: Iterable[Interval], second: Iterable[Interval]) -> Intervals:
    """The time covered by the first but not by the second."""
    return intersect(first, _outside(second))


def total_s(intervals: Iterable[Interval]) -> float:
    """How many seconds are covered; time that is covered twice counts once."""
    return sum(interval.length_s for interval in union(intervals))


def beyond_s(length_s: float, limit_s: float) -> float:
    """By how much a length is over a limit, to the microsecond: 4.6 - 4.1 is not under 0.5."""
    return round(length_s - limit_s, 6)


def _outside(intervals: Iterable[Interval]) -> Intervals:
    """All the time there is, from minus to plus infinity, that is not covered."""
    covered = union(intervals)
    starts = [float("-inf"), *(interval.end_s for interval in covered)]
    ends = [*(interval.start_s for interval in covered), float("inf")]
    return tuple(Interval(start_s, end_s) for start_s, end_s in zip(starts, ends, strict=True))
