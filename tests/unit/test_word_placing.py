from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callreview.domain.talk_metrics import Interval
from callreview.domain.transcript import Word
from callreview.speech.windows import Window
from callreview.speech.word_times import LONGEST_WORD_S, place_words

WINDOW = Window((Interval(10.0, 12.0), Interval(50.0, 55.0)))
SPEECH = (Interval(10.3, 11.7), Interval(50.3, 54.7))


def word(text: str, start_s: float, end_s: float) -> Word:
    return Word(text, start_s, end_s, 0.9)


def test_words_get_the_time_of_the_recording_and_are_moved_from_where_they_are_heard_early() -> (
    None
):
    words = [word("a", 0.8, 1.0), word("b", 1.0, 1.2), word("c", 3.0, 3.5), word("d", 6.0, 6.4)]
    first, second, third, _last = place_words(words, WINDOW, SPEECH)
    assert (first.start_s, first.end_s) == pytest.approx((10.87, 11.07))
    assert second.start_s == pytest.approx(11.07)
    assert (third.start_s, third.end_s) == pytest.approx((51.07, 51.57))


def test_speech_begins_with_its_first_word_and_ends_soon_after_its_last() -> None:
    first, last = place_words([word("a", 0.1, 0.6), word("b", 0.8, 1.4)], WINDOW, SPEECH)
    assert first.start_s == SPEECH[0].start_s
    assert last.end_s == pytest.approx(SPEECH[0].end_s - 0.07)


def test_a_word_that_begins_before_a_cut_belongs_to_where_it_ends() -> None:
    (placed,) = place_words([word("stretched", 1.0, 2.5)], WINDOW, SPEECH)
    assert placed.start_s == pytest.approx(50.3)
    assert placed.end_s == pytest.approx(50.57)


def test_a_word_that_ends_at_a_cut_stays_before_it() -> None:
    (placed,) = place_words([word("last", 1.4, 2.0)], WINDOW, SPEECH)
    assert placed.end_s <= 12.0


def test_a_word_that_was_stretched_over_silence_is_cut_to_the_speech() -> None:
    window, speech = Window((Interval(0.0, 9.0),)), (Interval(1.0, 1.5), Interval(5.0, 8.0))
    (placed,) = place_words([word("well", 1.1, 5.1)], window, speech)
    assert (placed.start_s, placed.end_s) == pytest.approx((1.0, 1.43))


def test_no_word_lasts_longer_than_two_seconds() -> None:
    (placed,) = place_words([word("aaah", 2.9, 5.8)], WINDOW, SPEECH)
    assert placed.end_s - placed.start_s == pytest.approx(LONGEST_WORD_S)


def test_the_first_word_of_a_sentence_is_heard_with_the_rest_of_it() -> None:
    words = [word("then.", 0.5, 0.9), word("My", 1.0, 1.2), word("pleasure.", 2.4, 2.9)]
    placed = place_words(words, WINDOW, SPEECH)
    assert placed[1].end_s == placed[2].start_s
    assert placed[1].start_s > 50.0


@given(st.lists(st.tuples(st.floats(0, 7.5), st.floats(0, 4), st.sampled_from(["a", "b."]))))
def test_placed_words_keep_their_order_and_stay_within_what_was_heard(
    spoken: list[tuple[float, float, str]],
) -> None:
    words = [word(text, at, at + length) for at, length, text in sorted(spoken)]
    placed = place_words(words, WINDOW, SPEECH)
    assert [w.text for w in placed] == [w.text for w in words]
    assert all(left.start_s <= right.start_s for left, right in pairwise(placed))
    for one in placed:
        assert one.start_s <= one.end_s
        assert 10.0 <= one.start_s <= 12.0 or 49.6 <= one.start_s <= 55.0
