import pytest
from hypothesis import given
from hypothesis import strategies as st

from callreview.domain.file_size import size_text


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1_000, "1 kB"),
        (145_217_532, "145 MB"),
        (999_600_000, "1.0 GB"),
        (3_087_284_237, "3.1 GB"),
    ],
)
def test_a_size_is_read_in_decimal_units(size: int, text: str) -> None:
    assert size_text(size) == text


@given(st.integers(0, 999 * 10**12))
def test_no_size_needs_more_than_three_digits_before_the_point(size: int) -> None:
    number, _unit = size_text(size).split()
    assert len(number.split(".")[0]) <= 3
