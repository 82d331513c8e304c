import pytest
from hypothesis import given
from hypothesis import strategies as st

from callreview.domain.intervals import intersect, total_s
from callreview.domain.talk_metrics import Interval
from tests.perf.diarization_error import best_names, diarization_error

A = {"agent": [Interval(0, 10)], "customer": [Interval(10, 20)]}


def spans() -> st.SearchStrategy[list[Interval]]:
    edges = st.lists(st.integers(0, 300), min_size=0, max_size=10, unique=True)
    return edges.map(
        lambda values: [
            Interval(a / 10, b / 10)
            for a, b in zip(sorted(values)[::2], sorted(values)[1::2], strict=False)
        ]
    )


def speech() -> st.SearchStrategy[dict[str, list[Interval]]]:
    return st.fixed_dictionaries({"x": spans(), "y": spans()})


def test_names_do_not_matter_only_who_is_whom() -> None:
    found = {"0": [Interval(10, 20)], "1": [Interval(0, 10)]}
    assert diarization_error(A, found).rate == 0
    assert best_names(A, found) == {"0": "customer", "1": "agent"}


def test_missed_false_and_confused_speech_are_told_apart() -> None:
    found = {"0": [Interval(0, 8), Interval(12, 14)], "1": [Interval(14, 22)]}
    error = diarization_error(A, found)
    assert (error.missed_s, error.false_alarm_s, error.confused_s) == (4, 2, 2)
    assert error.rate == pytest.approx(8 / 20)


def test_each_speaker_counts_where_two_speak_at_once() -> None:
    reference = {"agent": [Interval(0, 10)], "customer": [Interval(8, 12)]}
    error = diarization_error(reference, {"0": [Interval(0, 12)]})
    assert (error.missed_s, error.speech_s, error.confused_s) == (2, 14, 2)


def test_a_collar_leaves_the_boundaries_of_the_reference_out() -> None:
    found = {"0": [Interval(0.2, 10.2)], "1": [Interval(10.2, 20.2)]}
    assert diarization_error(A, found).rate > 0
    collared = diarization_error(A, found, 0.25)
    assert collared.rate == 0
    assert collared.speech_s == pytest.approx(20 - 4 * 0.25)


def test_a_third_voice_that_is_not_there_is_an_error() -> None:
    found = {"0": [Interval(0, 10)], "1": [Interval(10, 16)], "2": [Interval(16, 20)]}
    assert diarization_error(A, found).confused_s == 4


@given(speech())
def test_speech_has_no_error_against_itself(said: dict[str, list[Interval]]) -> None:
    error = diarization_error(said, said)
    assert error.rate == pytest.approx(0)
    assert error.speech_s == pytest.approx(sum(total_s(one) for one in said.values()))


@given(speech(), speech())
def test_what_is_right_is_the_best_that_any_naming_gives(
    said: dict[str, list[Interval]], found: dict[str, list[Interval]]
) -> None:
    error = diarization_error(said, found)
    pairs = (("x", "y"), ("y", "x"))
    best = max(
        total_s(intersect(said["x"], found[a])) + total_s(intersect(said["y"], found[b]))
        for a, b in pairs
    )
    assert error.speech_s - error.missed_s - error.confused_s == pytest.approx(best, abs=1e-6)
