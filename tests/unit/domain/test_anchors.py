"""Marks find their words again in another version of a transcript."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from callreview.domain.anchors import Anchors
from callreview.domain.evaluation import Evidence
from callreview.domain.letters import letters
from callreview.domain.transcript import Transcript, Word, join_words
from tests.unit.spoken_words import OTHER_WORDS, one_turn, transcript

SEEDS = st.integers(0, 10_000)


def marks_of(spoken: Transcript, random: Random, fewest: int = 1) -> list[Evidence]:
    """Stretches of words in turns, as a reviewer selects them."""
    marks = []
    for turn in spoken.turns:
        if len(turn.words) >= fewest:
            first = random.randint(0, len(turn.words) - fewest)
            last = random.randint(first + fewest, len(turn.words))
            words = turn.words[first:last]
            marks.append(Evidence(words[0].start_s, words[-1].end_s, join_words(words)))
    return marks


def with_words(spoken: Transcript, change) -> Transcript:
    turns = tuple(
        replace(turn, words=words) for turn in spoken.turns if (words := change(turn.words))
    )
    return replace(spoken, turns=turns)


@settings(max_examples=40)
@given(SEEDS)
def test_in_the_same_transcript_every_mark_stays_exactly(seed):
    spoken = transcript(seed)
    anchors = Anchors(spoken)
    for mark in marks_of(spoken, Random(seed)):
        found = anchors.find(mark)
        assert found is not None
        assert (found.start_s, found.end_s, found.likeness) == (mark.start_s, mark.end_s, 1.0)


@settings(max_examples=40)
@given(SEEDS)
def test_a_mark_over_several_turns_stays_exactly(seed):
    spoken = transcript(seed)
    first, last = spoken.turns[2].words[0], spoken.turns[4].words[-1]
    quote = " / ".join(turn.text for turn in spoken.turns[2:5])
    found = Anchors(spoken).find(Evidence(first.start_s, last.end_s, quote))
    assert found is not None
    assert (found.start_s, found.end_s, found.turns) == (first.start_s, last.end_s, (2, 4))


def test_a_stretch_chosen_wider_than_its_words_stays_as_wide():
    spoken = one_turn("I want my money back today")
    found = Anchors(spoken).find(Evidence(0.2, 9.0, "I want my money back today"))
    assert found is not None
    assert (found.start_s, found.end_s) == (0.2, 9.0)


@settings(max_examples=40)
@given(SEEDS)
@example(6764)
def test_with_a_few_wrong_words_and_shifted_times_a_mark_is_found(seed):
    random = Random(seed)
    spoken = transcript(seed)
    shift_s = random.uniform(-0.8, 0.8)

    def mishear(words: tuple[Word, ...]) -> tuple[Word, ...]:
        heard = []
        for number, word in enumerate(words):
            moved = replace(word, start_s=word.start_s + shift_s, end_s=word.end_s + shift_s)
            # One word in seven is heard as another, spelled with a capital and a full stop.
            heard.append(replace(moved, text="Another.") if number % 7 == 5 else moved)
        return tuple(heard)

    heard = with_words(spoken, mishear)
    anchors = Anchors(heard)
    for mark in marks_of(spoken, random, fewest=6):
        found = anchors.find(mark)
        assert found is not None
        off_s = max(
            abs(found.start_s - shift_s - mark.start_s), abs(found.end_s - shift_s - mark.end_s)
        )
        # A word that was misheard at an edge may by chance be said again right beside it.
        assert off_s <= 0.71 or found.likeness > alike(mark.quote, said_at(heard, mark, shift_s))


def alike(quote: str, text: str) -> float:
    return Levenshtein.normalized_similarity(letters(quote), letters(text))


def said_at(heard: Transcript, mark: Evidence, shift_s: float) -> str:
    """The words at the time of the mark."""
    words = [word for turn in heard.turns for word in turn.words]
    middles = [(word.start_s + word.end_s) / 2 - shift_s for word in words]
    pairs = zip(words, middles, strict=True)
    return " ".join(word.text for word, at_s in pairs if mark.start_s <= at_s <= mark.end_s)


@settings(max_examples=40)
@given(SEEDS)
def test_in_another_text_every_mark_is_lost(seed):
    spoken = transcript(seed)
    other = Anchors(transcript(seed, words=OTHER_WORDS))
    assert [other.find(mark) for mark in marks_of(spoken, Random(seed))] == [None] * len(
        marks_of(spoken, Random(seed))
    )


@settings(max_examples=40)
@given(SEEDS)
def test_the_same_words_far_away_are_not_the_mark(seed):
    mark = marks_of(transcript(seed), Random(seed))[0]
    far = Evidence(mark.start_s + 900.0, mark.end_s + 900.0, mark.quote)
    assert Anchors(transcript(seed)).find(far) is None


@pytest.mark.parametrize(
    ("quote", "now"),
    [
        ("i would like, my refund NOW", "I'd rather: I would like my refund now!"),
        ("the Bright Line tariff", "on the Brightline tariff"),
        ("a café crème please", "a cafe creme please"),
        ("환불 해주세요 지금", "네 환불해 주세요 지금"),
        ("김서연 고객님 감사합니다", "김소연 고객님, 감사합니다"),
    ],
)
def test_spelling_spacing_and_case_make_no_difference(quote, now):
    found = Anchors(one_turn(now)).find(Evidence(1.0, 4.0, quote))
    assert found is not None
    assert found.likeness > 0.8


def test_of_equal_words_those_nearest_in_time_are_meant():
    spoken = one_turn("yes I agree", "yes I agree", "yes I agree")
    found = Anchors(spoken).find(Evidence(5.2, 6.5, "Yes, I agree."))
    assert found is not None
    assert found.turns == (1, 1)


def test_words_are_found_though_another_speaks_in_between():
    alone = one_turn("I have been waiting for three whole weeks now")
    words = alone.turns[0].words
    second = replace(one_turn("mhm", start_s=2.6, speaker="S2").turns[0], speaker="S2")
    cut = (
        replace(alone.turns[0], words=words[:4], end_s=words[3].end_s),
        second,
        replace(alone.turns[0], words=words[4:], start_s=words[4].start_s),
    )
    found = Anchors(replace(alone, turns=cut)).find(
        Evidence(words[0].start_s, words[-1].end_s, alone.turns[0].text)
    )
    assert found is not None
    assert (found.likeness, found.turns) == (1.0, (0, 2))


def test_a_mark_without_words_stands_where_somebody_speaks():
    anchors = Anchors(one_turn("hello there", "good bye"))
    here = anchors.find(Evidence(1.2, 1.4, ""))
    assert here is not None
    assert (here.start_s, here.end_s, here.turns, here.text) == (1.2, 1.4, (0, 0), "hello")
    assert anchors.find(Evidence(90.0, 91.0, "")) is None


def test_a_short_quote_needs_all_its_letters():
    assert Anchors(one_turn("no")).find(Evidence(1.0, 1.4, "yes")) is None
    assert Anchors(one_turn("yet")).find(Evidence(1.0, 1.4, "yes")) is None
    assert Anchors(one_turn("Yes!")).find(Evidence(1.0, 1.4, "yes")) is not None


def test_a_transcript_without_words_has_no_place_for_quotes():
    empty = Transcript("", (), (), {})
    assert Anchors(empty).find(Evidence(1.0, 2.0, "hello")) is None
    assert Anchors(empty).find(Evidence(1.0, 2.0, "")) is None
