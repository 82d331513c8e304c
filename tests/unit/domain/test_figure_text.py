import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callreview.domain.figure_text import clock, clock_range, signed


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(-1.0, "0:00"), (42.9, "0:42"), (725, "12:05"), (3600, "1:00:00"), (3723.5, "1:02:03")],
)
def test_a_time_is_read_in_minutes_and_from_an_hour_on_in_hours(seconds: float, text: str) -> None:
    assert clock(seconds) == text


@given(st.integers(0, 10**6))
def test_a_time_tells_every_second_apart(seconds: int) -> None:
    parts = [int(part) for part in clock(seconds).split(":")]
    assert sum(part * 60**place for place, part in enumerate(reversed(parts))) == seconds


@pytest.mark.parametrize(
    ("start_s", "end_s", "text"), [(42, 47, "0:42–0:47"), (42, 42.8, "0:42"), (42, 0, "0:42")]
)
def test_a_stretch_of_less_than_a_second_is_one_time(
    start_s: float, end_s: float, text: str
) -> None:
    assert clock_range(start_s, end_s) == text


def test_a_figure_without_a_value_is_a_dash():
    assert signed(None) == "–"


@given(st.floats(-5, 5))
def test_a_figure_has_a_sign_unless_it_reads_as_nothing(value: float) -> None:
    text = signed(value)
    assert re.fullmatch(r"0\.0|[+−]\d\.\d", text)
    assert (text == "0.0") == (text.strip("+−") == "0.0")
    assert float(text.replace("−", "-")) == pytest.approx(value, abs=0.051)
