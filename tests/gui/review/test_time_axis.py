import pytest
from hypothesis import given
from hypothesis import strategies as st

from callreview.ui.review.time_axis import MOST_PX_PER_S, TimeAxis

durations = st.floats(0.5, 36_000)
widths = st.integers(50, 4000)
factors = st.floats(0.05, 50)


@given(durations, widths)
def test_a_fitting_axis_shows_the_whole_call(duration_s, width):
    axis = TimeAxis.fitting(duration_s, width)
    assert axis.x_of(0.0) == 0.0
    assert axis.x_of(duration_s) <= width + 1e-6
    assert axis.most_scroll_px <= 1


@given(durations, widths, factors, st.floats(0, 1))
def test_a_time_survives_the_way_to_pixels_and_back(duration_s, width, factor, share):
    axis = TimeAxis.fitting(duration_s, width).zoomed(factor, width / 2)
    seconds = share * duration_s
    assert axis.s_of(axis.x_of(seconds)) == pytest.approx(seconds, abs=1e-6 * duration_s + 1e-6)


@given(durations, widths, factors, factors, st.floats(0, 1))
def test_zooming_keeps_the_time_under_the_pointer_unless_an_end_is_reached(
    duration_s, width, first, second, share
):
    axis = TimeAxis.fitting(duration_s, width).zoomed(first, width / 2)
    x = share * width
    under = axis.s_of(x)
    zoomed = axis.zoomed(second, x)
    assert axis.least_px_per_s <= zoomed.px_per_s <= MOST_PX_PER_S
    if 0 < zoomed.scroll_px < zoomed.most_scroll_px:
        assert zoomed.s_of(x) == pytest.approx(under, abs=2 / zoomed.px_per_s)


@given(durations, widths, factors, widths)
def test_resizing_never_leaves_the_call(duration_s, width, factor, other):
    axis = TimeAxis.fitting(duration_s, width).zoomed(factor, 10).resized(other)
    assert 0 <= axis.scroll_px <= axis.most_scroll_px
    assert axis.px_per_s >= axis.least_px_per_s * 0.999


@given(durations, widths, factors)
def test_ruler_ticks_keep_their_distance(duration_s, width, factor):
    axis = TimeAxis.fitting(duration_s, width).zoomed(factor, 0)
    step = axis.tick_step_s(72)
    assert step * axis.px_per_s >= 72 or step == 7200
