"""Names that were nearly recognised are written as in the glossary; nothing else is touched."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callreview.domain.transcript import Word, join_words
from callreview.speech.glossary import LONGEST_PROMPT, hotwords, told_in
from callreview.speech.name_repair import may_hold_names, names_heard, repair_names

TERMS = (
    *("Larkfield Home", "Brightline", "Stella", "Orange", "Quickwire Broadband", "Helen Park"),
    *("Whitfield", "KT", "김민지", "하늘빛몰"),
)
_ORDINARY = (
    "bright line lime stellar orange home park the a an and is was of you your please quick wire "
    "broad band light write my name in at thank for calling lark field helen"
)
ORDINARY = frozenset(_ORDINARY.split())


def spoken(text: str) -> tuple[Word, ...]:
    return tuple(
        Word(word, 0.5 * n, 0.5 * n + 0.4, 0.8, n > 0) for n, word in enumerate(text.split())
    )


def repaired(text: str, terms=TERMS) -> str:
    return join_words(repair_names(spoken(text), terms, ORDINARY))


@pytest.mark.parametrize(
    ("heard", "right"),
    [
        ("calling Lark field home, my", "calling Larkfield Home, my"),
        ("the Larkfeld Home returns desk", "the Larkfield Home returns desk"),
        ("your bright line meter", "your Brightline meter"),
        ("your bright lime meter", "your Brightline meter"),
        ("with quick wire broad band today", "with Quickwire Broadband today"),
        ("name is Hellen Park.", "name is Helen Park."),
        ("ask Mr Whitfeld", "ask Mr Whitfield"),
        ("LARKFIELD HOME", "Larkfield Home"),
        ("kt please", "KT please"),
    ],
)
def test_a_name_that_was_nearly_heard_is_repaired(heard, right):
    assert repaired(heard) == right


@pytest.mark.parametrize(
    ("heard", "right"),
    [
        ("Larkfeld Home's desk", "Larkfield Home's desk"),
        ("(Larkfeld Home)?", "(Larkfield Home)?"),
        ("김민치입니다.", "김민지입니다."),
        ("김민치 고객님께서", "김민지 고객님께서"),
        ("하늘 빛몰에서는 안", "하늘빛몰에서는 안"),
        ("하늘빗몰을", "하늘빛몰을"),
        ("kt에서", "KT에서"),
    ],
)
def test_what_stands_around_a_name_stays(heard, right):
    assert repaired(heard) == right


@pytest.mark.parametrize(
    "text",
    [
        "an orange and a stellar park",
        "Stellar. Orange is bright",
        "my home park is bright",
        "light line of the field",
        "Larkfield, home is",
        "the Larkfields of you",
        "quick. Wire broad band",
        "Stella and Brightline and Orange",
        "김밥집에서 하늘을",
        "Brightline 2",
    ],
)
def test_ordinary_words_and_right_names_stay_as_they_are(text):
    assert repaired(text) == text


def test_a_term_is_not_put_together_over_a_long_pause():
    left, right = spoken("bright line")
    late = Word("line", 5.0, 5.4, 0.8)
    assert repair_names((left, late), TERMS, ORDINARY) == (left, late)
    assert len(repair_names((left, right), TERMS, ORDINARY)) == 1


def test_times_and_confidence_come_from_what_was_heard():
    words = spoken("calling Lark field home today")
    new = repair_names(words, TERMS, ORDINARY)
    assert [w.text for w in new] == ["calling", "Larkfield", "Home", "today"]
    assert (new[1].start_s, new[2].end_s) == (words[1].start_s, words[3].end_s)
    assert new[1].end_s == new[2].start_s
    assert new[1].confidence == 0.8
    assert (new[0], new[3]) == (words[0], words[4])


def test_of_two_terms_the_one_that_is_more_alike_is_meant():
    assert (
        repaired("the Brightlane tariff", ("Brightline", "Brightlane")) == "the Brightlane tariff"
    )
    assert repaired("the Larkfeld Home shop", ("Larkfield", "Larkfield Home")) == (
        "the Larkfield Home shop"
    )


_NEAR = (
    "Larkfeld Lark field home, Home Brightlane bright lime line. the Stella's orange 김민치는 하늘 "
    "빛몰에서 Whitfelds quick-wire broadband's Hellen park? KT kt 2"
)
WORDS = st.sampled_from(_NEAR.split())


@given(st.lists(WORDS, max_size=25))
def test_repairing_again_changes_nothing(texts):
    once = repair_names(spoken(" ".join(texts)), TERMS, ORDINARY)
    assert repair_names(once, TERMS, ORDINARY) == once


@given(st.lists(WORDS, max_size=25))
def test_times_stay_in_order_and_within_what_was_said(texts):
    words = spoken(" ".join(texts))
    new = repair_names(words, TERMS, ORDINARY)
    assert all(left.end_s <= right.start_s for left, right in pairwise(new))
    if words:
        assert (new[0].start_s, new[-1].end_s) == (words[0].start_s, words[-1].end_s)


@given(st.lists(st.sampled_from(sorted(ORDINARY - {"lark", "field", "helen"})), max_size=40))
def test_ordinary_words_alone_only_ever_become_terms_with_their_letters(texts):
    new = join_words(repair_names(spoken(" ".join(texts)), ("Larkfield", "Whitfield"), ORDINARY))
    assert new == " ".join(texts)


def test_no_terms_or_no_words_change_nothing():
    assert repair_names(spoken("hello"), ()) == spoken("hello")
    assert repair_names((), TERMS) == ()
    assert repair_names(spoken("hello"), ("***",)) == spoken("hello")


@given(st.lists(st.text("abc \t", min_size=1, max_size=30), max_size=80))
def test_the_recogniser_is_told_whole_terms_in_their_order_and_not_too_many(terms):
    known = hotwords(terms).splitlines()
    told = told_in(hotwords(terms), "en")
    assert len(told) <= LONGEST_PROMPT
    assert told.removesuffix(".") in [", ".join(known[:n]) for n in range(len(known) + 1)]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Larkfield, KT."),
        ("de", "Larkfield, KT."),
        ("ko", "하늘빛몰, KT텔레콤."),
        ("ja", "富士."),
        ("ru", ""),
    ],
)
def test_names_are_told_in_the_script_of_the_language_alone(language, told):
    assert told_in(hotwords(("Larkfield", "하늘빛몰", "KT", "KT텔레콤", "富士")), language) == told


def at_the_pace_of_letters(text: str) -> tuple[Word, ...]:
    """Words that last as long as they are, 0.1 s a letter, so that two hearings of them agree."""
    words: list[Word] = []
    for text_of_word in text.split():
        start_s = words[-1].end_s if words else 0.0
        words.append(Word(text_of_word, start_s, start_s + 0.1 * len(text_of_word), 0.8))
    return tuple(words)


def heard_again(first: str, second: str, terms=TERMS) -> str:
    words, again = at_the_pace_of_letters(first), at_the_pace_of_letters(second)
    return join_words(names_heard(words, again, terms))


@pytest.mark.parametrize(
    ("first", "second", "right"),
    [
        ("my name is games", "my name is James", "my name is James"),
        (
            "the bright line Angie. Yes",
            "the Bright Line Energy. Yes",
            "the Bright Line Energy. Yes",
        ),
        ("하늘 빈 모바일 입니다", "하늘빛모바일 입니다", "하늘빛모바일 입니다"),
    ],
)
def test_a_name_that_is_heard_the_second_time_is_taken_from_there(first, second, right):
    terms = ("James", "Bright Line Energy", "하늘빛모바일")
    assert heard_again(first, second, terms) == right


def test_nothing_but_names_is_taken_from_the_second_listening():
    first = "the bright lime tariff is not what I wanted at all"
    assert heard_again(first, "the Brightline tariff", TERMS) == (
        "the Brightline tariff is not what I wanted at all"
    )
    assert heard_again("I want my money back", "Brightline my money back") == "I want my money back"
    assert heard_again("the bright lime tariff", "") == "the bright lime tariff"


def test_a_name_heard_elsewhere_is_not_put_where_it_was_not_said():
    words = spoken("a lime light one two three four five six seven eight")
    again = spoken("one two three four five six seven eight nine ten Brightline")
    assert names_heard(words, again, TERMS) == words


def test_a_small_word_is_no_name_though_the_second_listening_wrote_it():
    heard, again = "thank you and so we wait", "thank you Andrew so we wait"
    assert heard_again(heard, again, ("Andrew",)) == heard


def test_two_small_words_are_no_name():
    ordinary = frozenset(("and", "we", "wait"))
    heard = spoken("and we wait")
    assert repair_names(heard, ("Andrew",), ordinary) == heard


def test_only_words_like_a_name_are_worth_a_second_listening():
    assert may_hold_names(spoken("this is games"), ("James",))
    assert not may_hold_names(spoken("this is James"), ("James",))
    assert not may_hold_names(spoken("what about it"), ("Quickwire Broadband",))
    assert not may_hold_names(spoken("my name is games"), ())


@given(st.lists(WORDS, max_size=25), st.lists(WORDS, max_size=25))
def test_a_second_listening_keeps_every_time_within_what_was_said(first, second):
    words = spoken(" ".join(first))
    new = names_heard(words, spoken(" ".join(second)), TERMS)
    assert all(left.end_s <= right.start_s for left, right in pairwise(new))
    if words:
        assert (new[0].start_s, new[-1].end_s) == (words[0].start_s, words[-1].end_s)
