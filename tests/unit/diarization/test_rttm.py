from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callreview.domain.errors import UserError
from callreview.exchange.rttm import SpeakerStretch, write_rttm


def lines(path: Path, *stretches: SpeakerStretch, name: str = "call") -> list[str]:
    write_rttm(stretches, name, path)
    return path.read_text("utf-8").splitlines()


def test_lines_are_as_nist_defines_them_and_in_order_of_time(tmp_path: Path) -> None:
    found = lines(
        tmp_path / "out.rttm",
        SpeakerStretch(2.5, 4.0, "speaker2", channel=2),
        SpeakerStretch(0.0004, 1.25, "speaker1"),
    )
    assert found == [
        "SPEAKER call 1 0.000 1.250 <NA> <NA> speaker1 <NA> <NA>",
        "SPEAKER call 2 2.500 1.500 <NA> <NA> speaker2 <NA> <NA>",
    ]


def test_a_name_with_blanks_stays_one_field(tmp_path: Path) -> None:
    (line,) = lines(tmp_path / "out.rttm", SpeakerStretch(0, 1, "a"), name="my call  1")
    assert line.split()[1] == "my_call_1"
    assert len(line.split()) == 10


def test_nobody_speaking_gives_an_empty_file(tmp_path: Path) -> None:
    assert lines(tmp_path / "out.rttm") == []


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="missing"):
        write_rttm([], "call", tmp_path / "missing" / "out.rttm")


@given(st.lists(st.tuples(st.floats(0, 7200), st.floats(0.01, 60)), max_size=5))
def test_onset_and_duration_add_up_to_the_end(
    tmp_path_factory: pytest.TempPathFactory, spans: list[tuple[float, float]]
) -> None:
    path = tmp_path_factory.mktemp("rttm") / "out.rttm"
    stretches = [SpeakerStretch(start, start + length, "a") for start, length in spans]
    for line, stretch in zip(lines(path, *stretches), sorted(stretches), strict=True):
        onset, duration = (float(field) for field in line.split()[3:5])
        assert onset + duration == pytest.approx(stretch.end_s, abs=0.0011)
