"""Keyword lists and finding their phrases: whole words, Korean endings, places and times."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callreview.analysis.phrases.keywords import (
    KeywordList,
    ListRole,
    PhraseSpotter,
    list_to_data,
    load_shipped_lists,
    parse_list,
    read_list,
)
from callreview.analysis.phrases.variants import has_too_many, variants
from callreview.domain.errors import UserError
from callreview.domain.transcript import Hit, Role, Turn, Word


def phrases(
    *texts: str,
    language: str = "en",
    role: ListRole = "any",
    exclusions: tuple[str, ...] = (),
    name: str = "mine",
) -> KeywordList:
    return KeywordList(name, {"en": name}, language, role, texts, exclusions)


def said(text: str, role: Role = "customer") -> Turn:
    """A turn whose word number n is said from n to n + 0.5 s."""
    words = tuple(Word(word, n, n + 0.5, 1.0) for n, word in enumerate(text.split()))
    return Turn(role, role, 0, len(words), words)


def spot(lists: Sequence[KeywordList], turn: Turn) -> tuple[Hit, ...]:
    """The hits of the lists in the only turn of a call."""
    (hits,) = PhraseSpotter(lists).find((turn,))
    return hits


def found(keyword_list: KeywordList, text: str) -> list[str]:
    """What is found, as it stands in the text."""
    turn = said(text)
    hits = spot([keyword_list], turn)
    return [turn.text[hit.start_char : hit.end_char] for hit in hits]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("refund", "A refund, please.", ["refund"]),
        ("refund", "REFUND! Refund?", ["REFUND", "Refund"]),
        ("refund", "refunds unrefundable prefund", []),
        ("money back", "I want my money... back!", ["money... back"]),
        ("I'm sorry", "I am sorry", ["I am sorry"]),
        ("I am sorry", "Well, I’m so. I’m sorry", ["I’m sorry"]),
        ("do not want", "I don't want it. I dont want it.", ["don't want", "dont want"]),
        ("cannot", "we can't and can not", ["can't", "can not"]),
        ("it is", "its colour; it's red", ["it's"]),
        ("e-mail", "an E mail or e-mail", ["E mail", "e-mail"]),
        ("the customer's bill", "see the customer’s bill", ["the customer’s bill"]),
        ("café", "the CAFE\u0301 here", ["CAFE\u0301"]),
    ],
)
def test_english_phrases_match_whole_words_in_any_spelling(
    phrase: str, text: str, expected: list[str]
) -> None:
    assert found(phrases(phrase), text) == expected


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("환불", "환불을 환불해 주세요 환불이요", ["환불", "환불", "환불"]),
        ("환불", "재환불 전환불", []),
        ("환불해 주", "환불 해주세요. 환불해주세요.", ["환불 해주", "환불해주"]),
        ("다시 연락", "제가 다시연락 드릴게요", ["다시연락"]),
        ("VIP 고객", "저는 vip고객이에요", ["vip고객"]),
    ],
)
def test_korean_phrases_match_from_the_start_of_a_word_whatever_follows(
    phrase: str, text: str, expected: list[str]
) -> None:
    assert found(phrases(phrase, language="ko"), text) == expected


def test_decomposed_hangul_is_found_as_a_whole_word() -> None:
    import unicodedata

    text = unicodedata.normalize("NFD", "환불")
    assert found(phrases("환불", language="ko"), text) == [text]


def test_an_exclusion_keeps_what_it_covers_from_being_a_hit() -> None:
    sue = phrases("sue", exclusions=("Sue Miller", "my name is Sue"))
    assert found(sue, "My name is Sue and I will sue. Sue Miller!") == ["sue"]
    promotion = phrases("보상", language="ko", exclusions=("보상 판매",))
    assert found(promotion, "보상판매 말고 보상을 해 주세요") == ["보상"]


def test_the_longest_hit_of_a_list_wins_but_lists_do_not_hide_each_other() -> None:
    long = phrases("cancel", "cancel my account", name="a")
    short = phrases("my account", name="b")
    hits = spot([long, short], said("please cancel my account"))
    assert [(hit.list, hit.phrase) for hit in hits] == [
        ("a", "cancel my account"),
        ("b", "my account"),
    ]


def test_overlapping_hits_of_one_list_are_all_kept() -> None:
    expected = ["thank you for calling", "calling us today"]
    text = "thank you for calling us today"
    assert found(phrases("thank you for calling", "calling us today"), text) == expected


@pytest.mark.parametrize(
    ("role", "speaker", "heard"),
    [
        ("agent", "agent", True),
        ("agent", "customer", False),
        ("customer", "customer", True),
        ("any", "supervisor", True),
        ("agent", "unknown", True),
    ],
)
def test_a_list_is_looked_for_in_what_its_role_says(
    role: ListRole, speaker: Role, heard: bool
) -> None:
    hits = spot([phrases("hello", role=role)], said("hello", speaker))
    assert bool(hits) == heard


def test_a_hit_has_the_times_of_its_words() -> None:
    (hit,) = spot([phrases("money back")], said("I want my money back now"))
    assert (hit.start_s, hit.end_s) == (3, 4.5)


def test_a_hit_inside_words_written_together_has_the_times_of_those_words() -> None:
    words = (
        Word("환", 0, 1, 1.0),
        Word("불해", 1, 2, 1.0, space_before=False),
        Word("주세요", 2, 3, 1.0),
    )
    turn = Turn("a", "customer", 0, 3, words, "ko")
    (hit,) = spot([phrases("환불", language="ko")], turn)
    assert (hit.start_s, hit.end_s, hit.start_char, hit.end_char) == (0, 2, 0, 2)


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("a.*b", "a.*b", ["a.*b"]),
        ("a.*b", "a c b", []),
        ("C++", "we use C++ here", ["C"]),
        ("C++", "vitamin C here", []),
        ("(refund", "refund", []),
        ("[x]", "an x", []),
        ("50%", "50% off", ["50"]),
        ("50%", "50 off", []),
    ],
)
def test_characters_of_regular_expressions_stand_for_themselves(
    phrase: str, text: str, expected: list[str]
) -> None:
    assert [
        hit[: len(want)] for hit, want in zip(found(phrases(phrase), text), expected, strict=True)
    ] == expected


@pytest.mark.parametrize("text", ["", "😀 🎉", "...", "مرحبا بك في الشركة"])
def test_turns_without_a_phrase_have_no_hits(text: str) -> None:
    assert spot(load_shipped_lists(), said(text)) == ()


def test_no_lists_find_nothing() -> None:
    assert spot([], said("hello")) == ()


def test_a_turn_of_five_thousand_words_is_searched_to_its_end() -> None:
    turn = said("word " * 4999 + "refund")
    (hit,) = spot([phrases("refund")], turn)
    assert (hit.start_s, turn.text[hit.start_char :]) == (4999, "refund")


vocabulary = st.sampled_from(["a", "b", "ab", "ba", "c", "I'm", "don't"])
sentences = st.lists(vocabulary, min_size=1, max_size=12).map(" ".join)


@settings(max_examples=150)
@given(st.lists(vocabulary, min_size=1, max_size=3).map(" ".join), sentences)
def test_the_hits_are_those_of_a_plain_search_for_whole_words(phrase: str, text: str) -> None:
    turn = said(text)
    hits = spot([phrases(phrase)], turn)
    plain = re.finditer(rf"(?=(?<!\S){re.escape(phrase)}(?!\S))", text)
    assert [hit.start_char for hit in hits] == [match.start() for match in plain]
    assert all(turn.text[hit.start_char : hit.end_char] == phrase for hit in hits)


@settings(max_examples=60)
@given(st.text(min_size=1, max_size=30), st.text(max_size=60))
def test_any_text_can_be_a_phrase_and_be_searched(phrase: str, text: str) -> None:
    turn = said(text)
    for language in ("en", "ko"):
        for hit in spot([phrases(f"x{phrase}", language=language)], turn):
            assert 0 <= hit.start_char < hit.end_char <= len(turn.text)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ('name = "a"\nphrases = ["b" "c"]', r"mine\.toml cannot be read: .*line 2"),
        ('name = "a"\ntitle.en = "A"\nlanguage = "en"\n', r"mine\.toml: phrases: .*missing"),
        (
            'name = "a"\ntitle.en = "A"\nlanguage = "en"\nphrases = ["b", 3]',
            r"phrases\.2: .*found 3",
        ),
        (
            'name = "a"\ntitle.en = "A"\nlanguage = "en"\nphrases = "b"',
            r"phrases: a list is needed",
        ),
        (
            'name = "a"\ntitle.en = "A"\nlanguage = "en"\nphrases = ["b", "?!"]',
            r"phrases\.2: .*letter",
        ),
        (
            'name = "a"\ntitle.en = "A"\nlanguage = "en"\nrole = "boss"\nphrases = ["b"]',
            r"role: one of",
        ),
        ('name = "a"\ntitle = "A"\nlanguage = "en"\nphrases = ["b"]', r"title: a table"),
        ('name = "a"\nphrase = ["b"]', r"phrase: this field is not known"),
    ],
)
def test_a_broken_list_file_is_named_with_line_or_field(
    tmp_path: Path, content: str, complaint: str
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UserError, match=complaint):
        read_list(path)


def test_a_list_file_that_is_not_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xff\xfe\x00name")
    with pytest.raises(UserError, match=r"mine\.toml cannot be read"):
        read_list(path)


def test_a_list_file_may_start_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    text = 'name = "a"\ntitle.en = "A"\nlanguage = "en"\nphrases = ["b"]'
    path.write_text(text, encoding="utf-8-sig")
    assert read_list(path).phrases == ("b",)


@pytest.mark.parametrize(
    "shipped", load_shipped_lists(), ids=lambda one: f"{one.name}.{one.language}"
)
def test_a_shipped_list_is_rich_and_finds_every_one_of_its_phrases(shipped: KeywordList) -> None:
    assert parse_list(list_to_data(shipped)) == shipped
    assert {"en", "ko"} <= set(shipped.title)
    assert 10 <= len(shipped.phrases) <= 45
    assert len(set(shipped.phrases)) == len(shipped.phrases)
    spotter = PhraseSpotter([shipped])
    for phrase in shipped.phrases:
        assert not has_too_many(phrase)
        for spoken in variants(phrase):
            hits = spotter.find((said(spoken, "unknown"),))[0]
            assert hits, spoken
            assert hits[0].list == shipped.name
            assert not hits[0].near


def test_the_same_lists_ship_in_english_and_korean() -> None:
    names = {
        language: {one.name for one in load_shipped_lists() if one.language == language}
        for language in ("en", "ko")
    }
    assert names["en"] == names["ko"]
    assert len(names["en"]) == 13


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (
            'name = "a"\ntitle.en = "A"\nlanguage = "en"\nphrases = [\n  "b", # one\n  "]", "?!",\n]',
            6,
        ),
        ('name = "a"\ntitle.en = "A"\nlanguage = "en"\nposition = "middle"\nphrases = ["b"]', 4),
        ('name = "a"\ntitle.en = "A"\nlanguage = "en"\nphrases = ["b"]\nwithin_s = -1', 5),
        ('name = "a"\ntitle.en = "A"\nlanguage = "en"\nmust = "perhaps"\nphrases = ["b"]', 4),
        ('name = "a"\ntitle.en = "A"\nlanguage = "en"\n\nnear = 1\nphrases = ["b"]', 5),
        (
            'name = "a"\ntitle.en = "A"\nlanguage = "en"\nphrases = ["b",\n'
            "'(a|b|c|d|e)(f|g|h|i|j)(k|l|m|n)']",
            5,
        ),
    ],
)
def test_what_is_wrong_in_a_list_file_is_told_with_its_line(
    tmp_path: Path, content: str, line: int
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UserError, match=rf"mine\.toml, line {line}: "):
        read_list(path)


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("call (you) back", "I call you back or call back", ["call you back", "call back"]),
        ("cancel|stop my plan", "stop my plan", ["stop my plan"]),
        ("C++|Java", "Java or C++!", ["Java", "C"]),
    ],
)
def test_all_ways_to_say_a_phrase_are_found(phrase: str, text: str, expected: list[str]) -> None:
    assert found(phrases(phrase), text) == expected
