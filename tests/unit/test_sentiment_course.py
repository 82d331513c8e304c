"""Labels of turns, scores of speakers and the course over the call."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callreview.domain.sentiment import (
    NEUTRAL,
    ScoredTurn,
    SentimentProbabilities,
    TurnSentiment,
    label_turn,
    speaker_sentiment,
)

LONG_ENOUGH = "where is it"


def turn(start_s: float, end_s: float, label: str, strength: float) -> ScoredTurn:
    negative = strength if label == "negative" else 0.0
    positive = strength if label == "positive" else 0.0
    sentiment = TurnSentiment(label, negative, 1 - strength, positive)  # type: ignore[arg-type]
    return ScoredTurn(start_s, end_s, sentiment)


@pytest.mark.parametrize(
    ("negative", "positive", "label"),
    [
        (0.4, 0.0, "negative"),
        (0.39, 0.0, "neutral"),
        (0.0, 0.4, "positive"),
        (0.0, 0.39, "neutral"),
        (0.4, 0.6, "negative"),
        (0.3, 0.3, "neutral"),
    ],
)
def test_a_label_needs_two_of_five_and_negative_goes_first(
    negative: float, positive: float, label: str
) -> None:
    probabilities = SentimentProbabilities(negative, 1 - negative - positive, positive)
    assert label_turn(LONG_ENOUGH, probabilities).label == label


@pytest.mark.parametrize(("text", "label"), [("no way!", "neutral"), ("no way!!", "negative")])
def test_a_turn_under_eight_characters_is_neutral(text: str, label: str) -> None:
    angry = SentimentProbabilities(1.0, 0.0, 0.0)
    assert label_turn(text, angry).label == label
    assert label_turn(f"  {text}  ", angry).label == label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("짜증나요", "negative"),
        ("최악이에요", "negative"),
        ("네 네", "neutral"),
        ("싫어요", "neutral"),
        ("😡😡😡😡", "negative"),
        ("😡", "neutral"),
    ],
)
def test_a_syllable_of_hangul_counts_as_two_letters(text: str, label: str) -> None:
    assert label_turn(text, SentimentProbabilities(1.0, 0.0, 0.0)).label == label


def test_a_neutral_turn_counts_nothing_however_strong_its_probabilities() -> None:
    assert label_turn("oh no", SentimentProbabilities(0.9, 0.1, 0.0)).signed == 0
    assert label_turn(LONG_ENOUGH, NEUTRAL).signed == 0


def test_the_course_is_the_mean_per_quarter_by_the_middle_of_the_turn() -> None:
    turns = [
        turn(0, 10, "negative", 1.0),
        turn(12, 18, "negative", 0.6),
        turn(20, 40, "neutral", 0.0),
        turn(78, 82, "positive", 0.8),
    ]
    sentiment = speaker_sentiment(turns, 100)
    assert sentiment.quarters == (-4.0, 0.0, None, 4.0)
    assert sentiment.shift == 8.0
    assert sentiment.score == pytest.approx((-5 - 3 + 0 + 4) / 4)


def test_a_turn_on_the_border_of_two_quarters_belongs_to_the_later_one() -> None:
    sentiment = speaker_sentiment([turn(20, 30, "positive", 1.0)], 100)
    assert sentiment.quarters == (None, 5.0, None, None)


def test_a_turn_that_ends_after_the_call_counts_in_the_last_quarter() -> None:
    sentiment = speaker_sentiment([turn(99, 130, "positive", 1.0)], 100)
    assert sentiment.quarters == (None, None, None, 5.0)


def test_a_speaker_without_first_or_last_quarter_has_no_shift() -> None:
    assert speaker_sentiment([turn(0, 10, "positive", 1.0)], 100).shift is None
    assert speaker_sentiment([turn(90, 95, "positive", 1.0)], 100).shift is None


@pytest.mark.parametrize("duration_s", [0.0, 100.0])
def test_a_speaker_who_says_nothing_scores_zero(duration_s: float) -> None:
    sentiment = speaker_sentiment([], duration_s)
    assert (sentiment.score, sentiment.shift) == (0.0, None)
    assert sentiment.quarters == (None, None, None, None)


def test_a_call_of_no_length_has_one_quarter() -> None:
    assert speaker_sentiment([turn(0, 0, "positive", 1.0)], 0).quarters[0] == 5.0


spans = st.tuples(st.floats(0, 3600), st.floats(0, 60))
strengths = st.tuples(st.sampled_from(["negative", "neutral", "positive"]), st.floats(0, 1))


@given(st.lists(st.tuples(spans, strengths), max_size=30), st.floats(0, 3600))
def test_scores_stay_within_five_and_quarters_hold_every_turn(
    drawn: list[tuple[tuple[float, float], tuple[str, float]]], duration_s: float
) -> None:
    turns = [turn(start, start + length, *strength) for (start, length), strength in drawn]
    sentiment = speaker_sentiment(turns, duration_s)
    known = [mean for mean in sentiment.quarters if mean is not None]
    assert -5.000001 <= sentiment.score <= 5.000001
    assert bool(known) == bool(turns)
    if turns:
        assert min(known) - 1e-9 <= sentiment.score <= max(known) + 1e-9
