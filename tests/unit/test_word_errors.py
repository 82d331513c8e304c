import pytest
from hypothesis import given
from hypothesis import strategies as st

from callreview.speech.word_errors import (
    WordErrors,
    count_word_errors,
    normalise,
    total_word_errors,
)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("one two three, four five six, seven eight nine zero.", "123-456-7890"),
        ("two hundred and five dollars", "$205"),
        ("three thousand five hundred twenty-one", "3,521"),
        ("five oh three", "503"),
        ("nineteen ninety-five", "1995"),
        ("olivia dot flores at example dot com", "olivia.flores@example.com"),
        ("It's OK — don't worry!", "its okay dont worry"),
        ("twenty percent", "20%"),
        ("Cafe\u0301", "CAF\u00c9"),
    ],
)
def test_ways_to_write_the_same_words_are_no_errors(said: str, written: str) -> None:
    assert normalise(said) == normalise(written)


def test_a_number_heard_wrong_is_an_error() -> None:
    assert count_word_errors("fifteen dollars", "$50").rate > 0


def test_errors_are_counted_by_kind() -> None:
    errors = count_word_errors("please hold the line now", "please fold line now sir")
    assert errors == WordErrors(units=5, substitutions=1, deletions=1, insertions=1)
    assert errors.rate == pytest.approx(0.6)


def test_korean_is_compared_by_characters_without_spaces() -> None:
    assert count_word_errors("환불을 받고 싶어요", "환불 을받고 싶어요", "ko").rate == 0
    assert count_word_errors("환불", "환급", "ko").rate == pytest.approx(0.5)


def test_words_where_nothing_was_said_are_all_insertions() -> None:
    assert count_word_errors("", "thank you") == WordErrors(0, 0, 0, 2)
    assert count_word_errors("", "thank you").rate == 1
    assert count_word_errors("", "").rate == 0


def test_errors_of_several_texts_are_weighted_by_their_length() -> None:
    parts = [WordErrors(10, 1, 0, 0), WordErrors(90, 0, 0, 0)]
    assert total_word_errors(parts).rate == pytest.approx(0.01)


@given(st.text(max_size=60))
def test_a_text_has_no_errors_against_itself(text: str) -> None:
    assert count_word_errors(text, text).rate == 0


@given(st.lists(st.sampled_from("abcdefg"), max_size=20), st.integers(0, 20))
def test_leaving_words_out_counts_each_of_them(words: list[str], count: int) -> None:
    left_out = min(count, len(words))
    errors = count_word_errors(" ".join(words), " ".join(words[left_out:]))
    assert (errors.units, errors.deletions, errors.insertions) == (len(words), left_out, 0)
