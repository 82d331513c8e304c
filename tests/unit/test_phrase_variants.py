"""How a supervisor writes that a phrase may be said in several ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callreview.analysis.phrases.variants import MOST_VARIANTS, has_too_many, variants


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("call (you) back", ("call you back", "call back")),
        ("call|ring me", ("call me", "ring me")),
        ("call (you|him) back", ("call you back", "call him back", "call back")),
        ("cancel my plan | close my account", ("cancel my plan", "close my account")),
        ("취소(를) 부탁", ("취소를 부탁", "취소 부탁")),
        ("(refund)", ("refund",)),
        ("money   back", ("money back",)),
    ],
)
def test_words_may_be_left_out_or_exchanged(phrase: str, expected: tuple[str, ...]) -> None:
    assert variants(phrase) == expected


@pytest.mark.parametrize(
    "phrase", ["a.*b", "C++", "[x](y", "50%", "what?", "a|", "^$\\d+", "x || y"]
)
def test_all_other_characters_stand_for_themselves(phrase: str) -> None:
    assert variants(phrase) == (phrase,)


@pytest.mark.parametrize("phrase", ["", "()", "|", "( | )", "😀", "...", "(?)"])
def test_a_phrase_without_a_letter_cannot_be_said(phrase: str) -> None:
    assert variants(phrase) == ()


def test_a_phrase_with_too_many_ways_is_known_before_they_are_all_made() -> None:
    phrase = "(a|b|c) (d|e|f) (g|h|i) (j|k|l)"
    assert has_too_many(phrase)
    assert not has_too_many("(a|b|c) (d|e|f)")
    assert len(variants(phrase * 50)) == MOST_VARIANTS


@given(st.text(alphabet="ab (|)한x", max_size=30))
def test_every_way_is_made_of_the_characters_of_the_phrase(phrase: str) -> None:
    for spoken in variants(phrase):
        assert spoken == " ".join(spoken.split())
        assert set(spoken) <= set(phrase) | {" "}
        assert len(spoken) <= len(phrase)
