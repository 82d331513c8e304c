from hypothesis import given
from hypothesis import strategies as st

from callreview.domain.transcript import Word
from callreview.speech.repetition import without_loops


def words(text: str) -> list[Word]:
    return [Word(one, index, index + 0.5, 0.9) for index, one in enumerate(text.split())]


def kept(text: str) -> str:
    return " ".join(word.text for word in without_loops(words(text)))


def test_a_phrase_that_loops_is_kept_once_and_what_follows_stays() -> None:
    looping = "Okay. " + "Thank you for watching. " * 12 + "Goodbye."
    assert kept(looping) == "Okay. Thank you for watching. Goodbye."


def test_a_single_word_that_loops_is_kept_once() -> None:
    assert kept("so " + "Bye. bye, " * 10) == "so Bye."


def test_what_people_do_repeat_stays() -> None:
    for said in (
        "No, no, no, no, no!",
        "five five five one two one two",
        "I said that. I said that. I said that.",
        "네 네 네 네",
    ):
        assert kept(said) == said


@given(st.lists(st.sampled_from("ab"), max_size=60))
def test_only_repetitions_are_left_out_and_the_order_stays(texts: list[str]) -> None:
    all_words = words(" ".join(texts))
    left = without_loops(all_words)
    assert set(left) <= set(all_words)
    assert [word.start_s for word in left] == sorted(word.start_s for word in left)
    assert {word.text for word in left} == set(texts)
