"""Near-misses: what a recogniser misheard is found, what people say otherwise is not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callreview.analysis.phrases.keywords import KeywordList, PhraseSpotter, load_shipped_lists
from callreview.domain.transcript import Hit, Turn, Word


def spot(phrase: str, text: str, *, language: str = "en", near: bool = True) -> tuple[Hit, ...]:
    words = tuple(Word(word, n, n + 0.5, 1.0) for n, word in enumerate(text.split()))
    turn = Turn("0", "customer", 0, len(words), words, language)
    lists = [KeywordList("mine", {"en": "mine"}, language, "any", (phrase,), near=near)]
    return PhraseSpotter(lists).find((turn,))[0]


def found(phrase: str, text: str, language: str = "en") -> list[str]:
    return [text[hit.start_char : hit.end_char] for hit in spot(phrase, text, language=language)]


MISHEARD = [
    ("cancel my subscription", "I want to cancel my prescription today", "cancel my prescription"),
    ("cancel my subscription", "please cancel my sub scription", "cancel my sub scription"),
    ("call you back", "I will call youback", "call youback"),
    ("call you back", "I will call um you back", "call um you back"),
    ("ombudsman", "I go to the Umbudsman", "Umbudsman"),
    ("speak to a manager", "let me speek to a manager", "speek to a manager"),
    ("file a complaint", "I file a complain now", "file a complain"),
    ("early termination fee", "the early terminasion fee", "early terminasion fee"),
]


@pytest.mark.parametrize(("phrase", "text", "expected"), MISHEARD)
def test_a_phrase_with_a_misheard_word_is_found_and_marked(
    phrase: str, text: str, expected: str
) -> None:
    assert found(phrase, text) == [expected]
    assert [hit.near for hit in spot(phrase, text)] == [True]


@pytest.mark.parametrize(("phrase", "text", "expected"), MISHEARD)
def test_only_a_list_that_asks_for_it_finds_near_misses(
    phrase: str, text: str, expected: str
) -> None:
    assert spot(phrase, text, near=False) == ()


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("thank you for calling", "thank you for telling me"),
        ("unsubscribe", "I want to subscribe"),
        ("this is acceptable", "this is not acceptable"),
        ("within 24 hours", "within 25 hours"),
        ("I can see how", "I can see now"),
        ("sue you", "see you"),
        ("refund", "refunds"),
        ("take you to court", "take you to church"),
    ],
)
def test_other_words_are_no_near_miss(phrase: str, text: str) -> None:
    assert found(phrase, text) == []


def test_what_is_there_exactly_is_no_near_miss() -> None:
    hits = spot("cancel my subscription", "cancel my subscription or cancel my subscripton")
    assert [hit.near for hit in hits] == [False, True]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("무엇을 도와드릴까요", "네 모슬도 와드릴까요?", "모슬도 와드릴까요"),
        ("약정 기간", "약천 기간도 그대로예요", "약천 기간"),
        ("더 필요하신", "다 필요하신 게 있나요", "다 필요하신"),
        ("환불해 주", "그냥 환볼 해주세요", "환볼 해주"),
    ],
)
def test_a_korean_phrase_that_sounds_alike_is_found(phrase: str, text: str, expected: str) -> None:
    assert found(phrase, text, "ko") == [expected]
    assert [hit.near for hit in spot(phrase, text, language="ko")] == [True]


@pytest.mark.parametrize(
    ("phrase", "text"),
    [("취소하고 싶", "취소 안 하고 싶어요"), ("환불", "환볼"), ("계약 해지", "계약하지 않았어요")],
)
def test_other_korean_words_are_no_near_miss(phrase: str, text: str) -> None:
    assert found(phrase, text, "ko") == []


SHIPPED = PhraseSpotter(load_shipped_lists())


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_any_text_can_be_searched(text: str) -> None:
    words = tuple(Word(word, n, n + 0.5, 1.0) for n, word in enumerate(text.split()))
    turn = Turn("0", "unknown", 0, len(words), words)
    for hit in SHIPPED.find((turn, turn))[1]:
        assert 0 <= hit.start_char < hit.end_char <= len(turn.text)
