"""Moments worth hearing: where the mood falls, recovers, is worst, and the answer that helped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callreview.analysis.findings.moments import LEAST_CONFIDENCE, find_moments
from callreview.domain.finding import Finding
from callreview.domain.sentiment import TurnSentiment
from callreview.domain.transcript import Role, Turn, Word
from callreview.services.finding_words import describe

LONG = "the man came on tuesday and looked at it for two minutes"


def turn(at_s: float, role: Role, signed: float, text: str = LONG) -> Turn:
    label = "negative" if signed < 0 else "positive" if signed > 0 else "neutral"
    negative, positive = max(-signed, 0) / 5, max(signed, 0) / 5
    sentiment = TurnSentiment(label, negative, 1 - negative - positive, positive)
    words = tuple(Word(word, at_s, at_s + 4, 1.0) for word in text.split())
    return Turn(role, role, at_s, at_s + 4, words, sentiment=sentiment)


def call(*moods: tuple[Role, float]) -> list[Turn]:
    """Turns of five seconds each, with the signed sentiment of each."""
    return [turn(5.0 * i, role, mood) for i, (role, mood) in enumerate(moods)]


def found(turns: list[Turn]) -> dict[str, Finding]:
    moments = find_moments(turns, 5.0 * len(turns))
    labels = [one.label for one in moments]
    assert len(labels) == len(set(labels))
    return {one.label: one for one in moments}


COMPLAINT = call(
    ("agent", 0),
    ("customer", 0),
    ("agent", 0),
    ("customer", -4.0),
    ("agent", 0),
    ("customer", -4.5),
    ("agent", 0),
    ("customer", 0),
    ("agent", 0),
    ("customer", 4.5),
)


def test_a_complaint_that_is_solved_has_all_four_moments():
    moments = found(COMPLAINT)
    places = {label: one.turn for label, one in moments.items()}
    assert places == {
        "fall": 3,
        "worst_customer_turn": 5,
        "best_agent_answer": 6,
        "recovery": 9,
    }
    fall = moments["fall"]
    assert (fall.start_s, fall.end_s, fall.role) == (15.0, 19.0, "customer")
    assert (fall.details["from"], fall.details["to"]) == ("0.0", "-2.8")
    assert moments["best_agent_answer"].role == "agent"
    assert moments["worst_customer_turn"].details["score"] == "-4.5"


def test_a_calm_call_with_friendly_thanks_has_no_moments():
    thanked = call(
        ("agent", 3),
        ("customer", 0),
        ("agent", 0),
        ("customer", 2.5),
        ("agent", 4),
        ("customer", 4.8),
    )
    assert found(thanked) == {}


def test_an_agent_who_is_upset_makes_no_moment_of_the_customer():
    assert found(call(("customer", 0), ("agent", -4.8), ("customer", 0), ("agent", -4.9))) == {}


def test_a_customer_who_is_upset_from_the_start_does_not_fall():
    upset = found(call(("customer", -4), ("agent", 0), ("customer", -4.2), ("agent", 0)))
    assert set(upset) == {"worst_customer_turn"}


def test_one_word_weighs_less_than_a_sentence():
    turns = [
        turn(0, "customer", 0, "hello"),
        turn(5, "customer", -4.9, "awful really"),
        turn(10, "agent", 0),
        turn(15, "customer", -4.4),
    ]
    assert found(turns)["worst_customer_turn"].turn == 3


def test_a_goodbye_is_no_better_answer_than_the_one_that_calmed_the_customer():
    turns = call(
        ("customer", -4.5),
        ("customer", -4.5),
        ("agent", 0),
        ("customer", 0),
        ("agent", 0),
        ("customer", -2.2),
        ("agent", 0),
        ("customer", 4.9),
    )
    assert found(turns)["best_agent_answer"].turn == 2


def test_an_answer_after_which_the_customer_is_upset_again_did_not_help():
    turns = call(
        ("customer", -4.5),
        ("customer", -4.5),
        ("agent", 0),
        ("customer", 0),
        ("agent", 0),
        ("customer", -4.5),
        ("customer", -4.5),
    )
    assert "best_agent_answer" not in found(turns)


def test_one_complaint_in_a_friendly_call_is_neither_recovery_nor_answer():
    turns = call(("customer", 0), ("customer", -4.5), ("agent", 0), ("customer", 4.5))
    assert not {"recovery", "best_agent_answer"} & set(found(turns))


def test_an_okay_of_the_agent_is_no_answer():
    turns = [
        turn(0, "customer", -4.5),
        turn(5, "customer", -4.5),
        turn(10, "agent", 0, "okay"),
        turn(15, "customer", 0),
    ]
    assert "best_agent_answer" not in found(turns)


def test_an_unsure_label_is_no_moment():
    unsure = found(call(("customer", 0), ("agent", 0), ("customer", -2.3), ("customer", -2.3)))
    assert unsure == {}


@pytest.mark.parametrize("turns", [[], call(("agent", -4)), call(("unknown", -4.0))])
def test_without_a_customer_there_are_no_moments(turns: list[Turn]):
    assert find_moments(turns, 60.0) == ()


def test_turns_without_sentiment_are_passed_over():
    plain = Turn("0", "customer", 0, 1, (Word("hello", 0, 1, 1.0),))
    assert [one.turn for one in find_moments([plain, *COMPLAINT], 50.0)] == [4, 6, 7, 10]


def test_each_moment_is_put_in_words():
    texts = [describe(one) for one in find_moments(COMPLAINT, 50.0)]
    assert texts == [
        "The customer's mood falls here, from 0.0 to −2.8",
        "The customer is most upset here: −4.5 on a scale from -5 to +5",
        "The answer that helped: the customer's mood goes from −2.8 to +2.2",
        "The customer's mood recovers here, from −2.8 to +4.5",
    ]


roles = st.sampled_from(["agent", "customer", "ivr", "unknown"])


@given(st.lists(st.tuples(roles, st.floats(-5, 5)), max_size=40), st.floats(0, 400))
def test_moments_of_any_call_point_into_it(moods: list[tuple[Role, float]], duration_s: float):
    turns = call(*moods)
    for one in find_moments(turns, duration_s):
        assert one.turn is not None
        shown = turns[one.turn]
        assert (one.start_s, one.end_s, one.role) == (shown.start_s, shown.end_s, shown.role)
        assert LEAST_CONFIDENCE <= one.confidence <= 1
        assert one.role == ("agent" if one.label == "best_agent_answer" else "customer")
        assert describe(one)
