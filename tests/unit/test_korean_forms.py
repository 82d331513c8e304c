"""Korean phrases in the forms they are spoken in, against a set of 24 phrases and 5 forms each."""

import tomllib
from pathlib import Path

import pytest

from callreview.analysis.phrases.keywords import KeywordList, PhraseSpotter
from callreview.analysis.phrases.korean_forms import bare_word, spoken_forms
from callreview.domain.transcript import Turn, Word

CASES = tomllib.loads(
    (Path(__file__).parents[1] / "data" / "phrases" / "korean_forms.toml").read_text("utf-8")
)["phrase"]


def is_found(phrase: str, text: str) -> bool:
    words = tuple(Word(word, n, n + 0.5, 1.0) for n, word in enumerate(text.split()))
    lists = [KeywordList("mine", {"en": "mine"}, "ko", "any", (phrase,))]
    turn = Turn("0", "customer", 0, len(words), words, "ko")
    return PhraseSpotter(lists).find((turn,)) != ((),)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["phrase"])
def test_a_phrase_is_found_in_all_its_forms_and_not_in_what_looks_alike(
    case: dict[str, list[str]],
) -> None:
    phrase = str(case["phrase"])
    assert [text for text in case["said"] if not is_found(phrase, text)] == []
    assert [text for text in case["not_said"] if is_found(phrase, text)] == []


@pytest.mark.parametrize(
    ("phrase", "some"),
    [
        ("취소하다", {"취소하", "취소해", "취소했", "취소할", "취소한", "취소합"}),
        ("바꾸다", {"바꾸", "바꿔", "바꿨", "바꿀"}),
        ("부르다", {"부르", "불러", "불렀", "부를"}),
        ("어렵다", {"어렵", "어려워", "어려운", "어려웠"}),
        ("만들다", {"만들", "만드", "만든", "만듭"}),
        ("연락이 없다", {"연락이 없"}),
    ],
)
def test_a_verb_of_the_dictionary_stands_for_all_its_forms(phrase: str, some: set[str]) -> None:
    assert some <= set(spoken_forms(phrase))


@pytest.mark.parametrize(
    "phrase", ["감사합니다", "환불했다", "한다", "바다", "환불", "is it", "다"]
)
def test_what_is_no_verb_of_the_dictionary_is_taken_as_it_is(phrase: str) -> None:
    assert spoken_forms(phrase) == (phrase,)


@pytest.mark.parametrize(
    ("word", "bare"),
    [
        ("주문을", "주문"),
        ("카드로", "카드"),
        ("통신사에서", "통신사"),
        ("회의", "회의"),
        ("좀", ""),
        ("refund", "refund"),
        ("집을", "집을"),
    ],
)
def test_particles_are_taken_off_nouns(word: str, bare: str) -> None:
    assert bare_word(word) == bare
