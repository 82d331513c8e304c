"""The smoothed course of sentiment for the ribbon."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callreview.domain.sentiment import ScoredTurn, TurnSentiment
from callreview.domain.sentiment_curve import sentiment_curve


def turn(start_s: float, end_s: float, signed: float) -> ScoredTurn:
    label = "negative" if signed < 0 else "positive" if signed > 0 else "neutral"
    negative, positive = max(-signed, 0) / 5, max(signed, 0) / 5
    sentiment = TurnSentiment(label, negative, 1 - negative - positive, positive)
    return ScoredTurn(start_s, end_s, sentiment)


def test_the_curve_follows_the_mood_from_bad_to_good():
    curve = sentiment_curve([turn(0, 50, -4), turn(50, 100, 4)], 100, points=10)
    assert len(curve) == 10
    assert max(curve[:4]) < -3
    assert -3 < curve[4] < 0 < curve[5] < 3
    assert min(curve[6:]) > 3


def test_a_long_turn_outweighs_a_short_one_beside_it():
    (middle,) = sentiment_curve([turn(40, 60, -4), turn(60, 61, 4)], 100, points=1)
    assert middle < -3


def test_the_curve_returns_to_zero_where_the_speaker_is_silent():
    curve = sentiment_curve([turn(0, 20, -5)], 600, points=30)
    assert curve[0] < -3
    assert curve[-1] == pytest.approx(0, abs=0.01)


def test_a_call_without_turns_is_flat_and_no_points_are_no_curve():
    assert sentiment_curve([], 60, points=3) == (0.0, 0.0, 0.0)
    assert sentiment_curve([turn(0, 1, 3)], 60, points=0) == ()


spoken = st.tuples(st.floats(0, 3600), st.floats(0, 120), st.floats(-5, 5))


@given(st.lists(spoken, max_size=30), st.floats(0, 3600))
def test_the_curve_stays_between_the_worst_and_the_best_turn(
    drawn: list[tuple[float, float, float]], duration_s: float
):
    turns = [turn(start, start + length, signed) for start, length, signed in drawn]
    lowest = min([0.0, *(one.sentiment.signed for one in turns)])
    highest = max([0.0, *(one.sentiment.signed for one in turns)])
    for value in sentiment_curve(turns, duration_s, points=20):
        assert lowest - 1e-9 <= value <= highest + 1e-9
