"""Card data is taken out of what was said, in English and Korean, and nothing else is."""

import csv
import json
import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callreview.analysis.personal_data import cards
from callreview.analysis.personal_data.card_check import is_issued, passes_luhn
from callreview.analysis.personal_data.card_tagger import CardTagger
from callreview.analysis.personal_data.mask import mask_personal_data
from callreview.analysis.personal_data.spoken_numbers import read_tokens
from callreview.domain.transcript import Hit, MaskedSpan, Turn, Word
from tests.perf.measure_personal_data import (
    heard,
    heard_cases,
    taken_for_cards,
    talk_by_hands,
    text_cases,
)
from tests.unit.card_dialogues import Dialogue, card_number, english, korean

NUMBER = "4111 1111 1111 1111"


def call(*lines: str, language: str = "en") -> Dialogue:
    """A call of lines such as "agent: hello"."""
    dialogue = Dialogue(language)
    for line in lines:
        role, _, text = line.partition(": ")
        dialogue.say("agent" if role == "agent" else "customer", text)
    return dialogue


def masked_texts(*lines: str, language: str = "en") -> list[str]:
    masked, _ = mask_personal_data(call(*lines, language=language).turns)
    return [turn.text for turn in masked]


@pytest.fixture
def rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What rules find of cards, without the model."""
    monkeypatch.setattr(CardTagger, "likelihoods", lambda *_given: {})
    monkeypatch.setattr(cards, "KEEP_BELOW", 0.0)
    monkeypatch.setattr(cards, "KEEP_ASKED_BELOW", 0.0)


@pytest.mark.parametrize("make", [english, korean])
def test_in_three_hundred_dialogues_no_card_survives_and_no_other_number_is_lost(
    make: Callable[[Random], Dialogue],
) -> None:
    leaking, losing = [], []
    for seed in range(300):
        dialogue = make(Random(seed))
        masked, spans = mask_personal_data(dialogue.turns)
        leaking += [(seed, leak) for leak in dialogue.leaks(masked)]
        losing += [(seed, loss) for loss in dialogue.losses(masked)]
        assert spans
    assert leaking == []
    assert losing == []


@settings(max_examples=60, deadline=None)
@given(st.integers(1000, 10**9), st.sampled_from([english, korean]))
def test_the_digits_survive_in_no_text_of_what_is_returned(
    seed: int, make: Callable[[Random], Dialogue]
) -> None:
    dialogue = make(Random(seed))
    masked, spans = mask_personal_data(dialogue.turns)
    assert dialogue.leaks(masked) == []
    secret_s = [dialogue.turns[turn].words[word].start_s + 0.25 for turn, word in dialogue.hidden]
    assert all(any(s.start_s < time < s.end_s for s in spans) for time in secret_s)
    assert mask_personal_data(masked) == (masked, ())


@pytest.mark.parametrize(
    "said",
    [
        NUMBER,
        "4111111111111111.",
        "4111-1111 1111, 1111",
        "4,111,111,111,111,111",
        "$41.11, then $11.11, $11.11, $11.11",
        "$4111, $1111, $1111, $1111.",
        "$41.11. Next, $1.111.11. I mean, $1.111, then $11.11",
        "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
        "four one one one, " + "one one one one, " * 3,
        "four triple one, double one double one, double one double one, double one double one",
        "forty-one eleven eleven eleven eleven eleven eleven eleven",
        "forty one hundred and eleven eleven eleven eleven eleven eleven",
        "3782 822463 10005",
        "37 82 82 24 63 1 triple oh five",
    ],
)
def test_a_card_number_is_masked_however_it_is_written(said: str) -> None:
    before = masked_texts(f"customer: it's {said}")
    asked = masked_texts("agent: what is the card number?", f"customer: it's {said}")
    assert asked[1].rstrip(".,") == "it's [card number]"
    if "hundred" not in said:
        assert before[0].rstrip(".,") == "it's [card number]"


@pytest.mark.parametrize(
    "said",
    [
        "사일일일 일일일일 일일일일 일일일일이요",
        "사일일일일일일일일일일일일일일일입니다.",
        "사 일 일 일 일 일 일 일 일 일 일 일 일 일 일 일",
        "넷 하나 하나 하나 일일일일 다시 일일일일 다시 일일일일",
        "4111에 1111에 1111에 1111이요.",
        "4111 1111 1111 1111번으로요",
        "4111 일일일일 1111 하나 하나 하나 하나",
        "4일11 1111이에요, 일일11 1일11이요.",
        "사 일 세 개 1이 두 개 11 1111 1 두개 11이요",
    ],
)
def test_a_korean_card_number_is_masked_however_it_is_said(said: str) -> None:
    (text,) = masked_texts(f"customer: 네, {said}", language="ko")
    assert text.rstrip(".") == "네, [카드 번호]"


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("5139, then 3173, then 2007, then 2F5, okay?", "[card number], okay?"),
        ("9S603 4111 S6 1111, 1111", "[card number]"),
        ("371732672307fall5.", "[card number]."),
        (
            "6-0-1-1-8-6 in the 9th fall at 3-2-4-6",
            "[card number]",
        ),
        ("4111 1111 1111 on my 5G phone", "[card number] on my 5G phone"),
    ],
)
def test_figures_that_were_misheard_beside_or_between_parts_of_a_card_vanish(
    said: str, left: str
) -> None:
    texts = masked_texts("agent: what is the card number?", f"customer: it's {said}")
    assert texts[1] == f"it's {left}"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Thanks. That's 59.99 plus 12.50 delivery, 72.49 in total."),
        ("en", "It comes in 2 boxes, 3 kilos each, from 9 30 to 11."),
        ("en", "You pay 3 instalments of 19 99, on the 1st, 15th and 30th."),
        ("en", "Your confirmation is four five six seven eight nine."),
        ("en", "Your order number is 7301 2245 6678 9012."),
        ("ko", "네 2009년 5월에 가입하셨네요. 일본 본사 파일 오류요."),
        ("ko", "네, 12개월 할부로 매월 5만 9천원이고 3일 뒤에 2호점에서 받으세요."),
    ],
)
@pytest.mark.usefixtures("rules_alone")
def test_other_numbers_stay_after_a_whole_card_number(language: str, said: str) -> None:
    texts = masked_texts(
        "agent: the card number? 카드 번호요?",
        "customer: 4929 1234 5678 9013",
        f"agent: {said}",
        language=language,
    )
    assert texts[1:] == [f"[{'카드 번호' if language == 'ko' else 'card number'}]", said]


@pytest.mark.parametrize(
    "question",
    [
        *("가득 번호 말씀해 주세요.", "카드폰 호가 어떻게 되세요?", "가드정보를 확인하겠습니다."),
        *("신용카드 한 면을 번호를 말씀해 주세요.", "칼퍼뻔 호 말씀해 주시겠어요?"),
    ],
)
def test_a_question_for_the_card_is_known_although_it_was_misheard(question: str) -> None:
    said = "customer: 3호, 4호, 육사 2호, 고사일공이요"
    texts = masked_texts(f"agent: {question}", said, language="ko")
    assert texts[1] == "[카드 번호]"


def test_latin_letters_among_figures_of_a_korean_card_number_vanish() -> None:
    texts = masked_texts(
        "agent: 카드 번호 불러 주세요.", "customer: G198 52G8에요. 9사90 1111이요.", language="ko"
    )
    assert texts[1] == "[카드 번호]."


def test_a_number_over_several_turns_is_masked_in_each_of_them() -> None:
    texts = masked_texts(
        "customer: it's four one one one",
        "agent: mm-hm",
        "customer: one one one one",
        "agent: okay, go ahead",
        "customer: eleven eleven",
        "agent: eleven eleven, yes",
        "customer: and eleven eleven",
    )
    assert texts == [
        *("it's [card number]", "mm-hm", "[card number]", "okay, go ahead", "[card number]"),
        *("[card number], yes", "and [card number]"),
    ]


def test_a_number_goes_on_after_the_other_has_asked_for_its_part_again() -> None:
    texts = masked_texts(
        "customer: it's five one oh five",
        "agent: sorry was that five one oh five",
        "customer: yes",
        "agent: okay",
        "customer: one oh five one, oh five one oh, five one hundred",
    )
    assert (texts[0], texts[4]) == ("it's [card number]", "[card number]")


def test_a_number_read_back_later_is_masked_too() -> None:
    texts = masked_texts(
        f"customer: {NUMBER}",
        "agent: let me repeat that for you please",
        "agent: so that was 4111 1111 1111 1112",
    )
    assert texts[2] == "so that was [card number]"


def test_what_answers_a_question_for_a_card_is_masked_although_a_digit_was_misheard() -> None:
    asked = "agent: your card number please?"
    assert masked_texts(asked, "customer: 4111 1111 1111 112")[1] == "[card number]"
    asked = "agent: 카드 번호 말씀해 주세요."
    texts = masked_texts(asked, "customer: 사일일일 일일일일 일일일일 일일이", language="ko")
    assert texts[1] == "[카드 번호]"


@pytest.mark.usefixtures("rules_alone")
def test_rules_leave_a_number_that_fails_the_check_where_nobody_asked_for_it() -> None:
    assert masked_texts("customer: 4111 1111 1111 112") == ["4111 1111 1111 112"]


def test_a_number_that_is_corrected_leaves_none_of_its_parts() -> None:
    texts = masked_texts(
        "agent: your card number please?",
        "customer: 4111 1112 no sorry 4111 1111 1111 1111",
    )
    assert texts[1] == "[card number]"


@pytest.mark.parametrize(
    ("question", "answer", "expected"),
    [
        ("And the security code?", "it's 123", "it's [security code]"),
        ("What is the CVV?", "one two three.", "[security code]."),
        ("And the three digits on the back?", "um, 0 1 2", "um, [security code]"),
        ("When does it expire?", "12/27", "[expiry date]"),
        ("And the expiry date?", "March twenty twenty-eight", "[expiry date]"),
        ("And expiry date and security code?", "04 28 and 123", "[security code]"),
        ("Thanks.", "and 123", "and [security code]"),
        ("Thanks.", "and then the code is 123", "and then the code is [security code]"),
        (
            "Thanks.",
            "you will see the code is one two three",
            "you will see the code is [security code]",
        ),
        (
            "Got it.",
            "I guess you want the code, 056.",
            "I guess you want the code, [security code].",
        ),
        ("Okay.", "07 27, and 630 on the back", "[security code] on the back"),
        ("Yes.", "It does say ends 09 26.", "It does say ends [expiry date]."),
        ("And the dates?", "To oh eight thirty.", "To [expiry date]."),
        ("Valid through?", "Twelve twenty-seven", "[expiry date]"),
        ("What month and year?", "January thirty.", "[expiry date]."),
        ("Thanks.", "04 28", "[expiry date]"),
    ],
)
def test_code_and_date_are_masked_after_a_card_number(
    question: str, answer: str, expected: str
) -> None:
    lines = (f"customer: {NUMBER}", f"agent: {question}", f"customer: {answer}")
    assert masked_texts(*lines)[2] == expected


@pytest.mark.parametrize(
    ("question", "answer", "expected"),
    [
        ("보안 코드 말씀해 주세요.", "네, 일이삼이요.", "네, [보안 코드]."),
        ("뒷면의 세 자리요?", "987이요", "[보안 코드]"),
        ("유효 기간은요?", "공삼 이팔이요", "[유효 기간]"),
        ("유효기간이 언제까지예요?", "12월 28년이요", "[유효 기간]"),
        ("유효기간은요?", "공육에 이십육이요", "[유효 기간]"),
        ("유효기간은요?", "이십팔 년 유월이요", "[유효 기간]"),
        ("네.", "유월 이십팔년이요", "[유효 기간]"),
    ],
)
def test_korean_code_and_date_are_masked_after_a_card_number(
    question: str, answer: str, expected: str
) -> None:
    lines = (f"customer: {NUMBER}", f"agent: {question}", f"customer: {answer}")
    assert masked_texts(*lines, language="ko")[2] == expected


@pytest.mark.usefixtures("rules_alone")
def test_the_end_of_a_social_security_number_is_masked_where_that_of_a_card_stays() -> None:
    (text,) = masked_texts("customer: my social security number ends in 4567, my card ends in 1234")
    assert text == "my social security number ends in [national id], my card ends in 1234"


@pytest.mark.usefixtures("rules_alone")
def test_a_question_for_date_and_code_is_answered_once() -> None:
    texts = masked_texts(
        *(f"customer: {NUMBER}", "agent: And the expiry?", "customer: 03 28."),
        *("agent: And the code on the back?", "customer: 5 7 5."),
        "agent: We come between 12 and 2, or from 7 till 11, it is 412 in all.",
        "customer: Okay, and the 36.75?",
    )
    assert texts[2:] == [
        *("[expiry date].", "And the code on the back?", "[security code]."),
        "We come between 12 and 2, or from 7 till 11, it is 412 in all.",
        "Okay, and the 36.75?",
    ]


def test_a_code_that_is_said_again_and_again_vanishes() -> None:
    texts = masked_texts(
        *("agent: the card number?", f"customer: {NUMBER}", "agent: security code?"),
        *("customer: 123", "agent: 123?", "customer: yes 123, one two three", "agent: 123."),
    )
    code = "[security code]"
    assert texts[3:] == [code, f"{code}?", f"yes {code}", f"{code}."]


def test_other_numbers_that_are_named_after_a_card_keep_their_kind() -> None:
    texts = masked_texts(
        *("agent: the card number?", f"customer: {NUMBER}", "agent: And your phone number?"),
        *("customer: 44 7700 900123", "agent: and the IMEI?", "customer: 356938035643808"),
    )
    assert texts[3:] == ["[phone number]", "and the IMEI?", "356938035643808"]


def test_a_number_is_known_as_that_of_a_card_by_the_question_that_follows_it() -> None:
    texts = masked_texts(
        "agent: That's a fixed price of £62, for 3 people and 4 cases.",
        *("customer: 4 7 8 1 0 0 5", "agent: go on", "customer: 5 2 9 6 6 1 3 0 8."),
        *("agent: Expiry date?", "customer: 12 27"),
    )
    assert [texts[n] for n in (0, 1, 3, 5)] == [
        "That's a fixed price of £62, for 3 people and 4 cases.",
        *("[card number]", "[card number].", "[expiry date]"),
    ]


def test_a_second_card_after_the_first_is_masked_without_a_question() -> None:
    texts = masked_texts(
        *("agent: the card number?", f"customer: {NUMBER}", "agent: Declined. And the other?"),
        "customer: 5324 3102 1224 0218",
    )
    assert texts[3] == "[card number]"


def test_prices_in_won_are_no_digits_of_a_card() -> None:
    texts = masked_texts(
        "agent: 네 96,640원이신데 35장에 8,900원이요. 카드 번호요?",
        *("customer: 4111 1111 1111 1111이요", "agent: 네 77만원 이틀치고 5권이요"),
        language="ko",
    )
    assert texts == [
        *("네 96,640원이신데 35장에 8,900원이요. 카드 번호요?", "[카드 번호]"),
        "네 77만원 이틀치고 5권이요",
    ]


def test_a_security_code_that_is_asked_for_is_masked_without_a_card_number() -> None:
    texts = masked_texts("agent: the security code, please?", "customer: 4 5 6")
    assert texts[1] == "[security code]"


@pytest.mark.parametrize(
    "lines",
    [
        ("customer: my order number is 4929 1234 5678 9012",),
        (
            "agent: ticket number?",
            "customer: 555 123 45",
            "agent: order?",
            "customer: 88 12 34 56",
        ),
        ("customer: it comes on 12 05 2026 at 10 30 or on May 7th, 2027 at 9",),
        ("agent: that is 1,299 dollars and 99 cents for 12 months, 24 payments of 54.12",),
        ("agent: it is $24.99, then $12.50", "customer: $24.99, $12.50 and 99 cents?"),
        ("customer: one of these two, no, three of the four were for one person",),
        ("agent: what is the last four of your card?", "customer: 1111"),
        (
            "agent: what card number was charged?",
            "customer: the one ending in 4421, 19.99 and 24.99",
        ),
        ("agent: your card number?", "customer: I lost it on 5th May, near 24th street, at 2 pm"),
        ("agent: your card number?", "customer: it was issued in 2019 and I am 45"),
        ("customer: over the last three months I paid 250 each, we sat at the back in 114",),
        ("customer: it says 5551 2345", "agent: yes, it is still valid"),
        ("agent: 하트 번호 말씀해 주세요", "customer: 12345 678입니다"),
        (
            "agent: 카드 정보를 확인하겠습니다",
            "customer: 2019년 5월에 만들었고요, 2호선 3번 출구예요",
        ),
        ("customer: 카드로 할게요", "agent: 59000원, 3개월 할부요. 2호점에서 4일 뒤에 받으세요"),
        ("agent: the code on the parcel?", "customer: 123"),
        ("customer: I need this one by the fifth or sixth, twenty twenty six",),
        ("agent: IMEI?", "customer: 490154203237518"),
        ("customer: 주문 번호는 20261122 345678 입니다", "agent: 금액은 5만 9천원입니다"),
        ("customer: 접수 번호는 공일공 일이삼사 오육칠이에요",),
        ("customer: 이 일은 이사 오기 전 일이고 사고 이후의 일이에요",),
        ("agent: 배송 날짜는요?", "customer: 십이월 이십삼일 오후 세 시 30분이요"),
    ],
)
@pytest.mark.usefixtures("rules_alone")
def test_other_numbers_stay(lines: tuple[str, ...]) -> None:
    dialogue = call(*lines)
    assert mask_personal_data(dialogue.turns) == (tuple(dialogue.turns), ())


def test_a_masked_stretch_is_one_word_with_the_time_of_all() -> None:
    dialogue = call(f"customer: it's {NUMBER} okay?")
    (turn,), (span,) = mask_personal_data(dialogue.turns)
    assert [word.text for word in turn.words] == ["it's", "[card number]", "okay?"]
    assert (turn.words[1].start_s, turn.words[1].end_s) == (0.5, 2.5)
    assert span == MaskedSpan("card number", 0.35, 2.65)


def long_number(start_s: float, end_s: float, *around: tuple[str, float, float]) -> list[Turn]:
    """Asked for its card, the customer says a number that the recogniser writes as one word."""
    words = [Word(NUMBER.replace(" ", ""), start_s, end_s, 0.6)]
    words += [Word(text, begin_s, stop_s, 0.9) for text, begin_s, stop_s in around]
    words.sort(key=lambda word: word.start_s)
    return [
        *call("agent: your card number please").turns,
        Turn("c", "customer", words[0].start_s, words[-1].end_s, tuple(words)),
    ]


def test_digits_too_quick_to_be_said_are_muted_as_far_as_their_speaker_says_nothing_else() -> None:
    turns = long_number(18.0, 18.8, ("okay", 12.0, 12.5), ("right", 20.0, 20.4))
    _, spans = mask_personal_data(turns)
    assert spans == (MaskedSpan("card number", 12.35, 20.15),)


def test_digits_too_quick_to_be_said_are_muted_no_farther_than_slow_speech_takes() -> None:
    _, (span,) = mask_personal_data(long_number(48.0, 48.8))
    assert (span.start_s, span.end_s) == pytest.approx((40.65, 56.15))


def test_digits_at_the_pace_of_speech_are_muted_where_they_are() -> None:
    _, spans = mask_personal_data(long_number(12.0, 16.0, ("okay", 2.0, 2.5)))
    assert spans == (MaskedSpan("card number", 11.85, 16.15),)


def test_pieces_without_spaces_are_read_as_the_words_they_make() -> None:
    pieces = ["카드번호는", "사일", "일일", "-일일일일", "일일일일", "일일일일", "이에요"]
    words = tuple(
        Word(piece, n, n + 1, 1.0, space_before=piece[0] not in "-일이")
        for n, piece in enumerate(pieces)
    )
    turn = Turn("a", "customer", 0, 7, words, "ko")
    (masked,), spans = mask_personal_data([turn])
    assert masked.text == "카드번호는 [카드 번호]"
    assert len(spans) == 1


def test_a_masked_turn_loses_its_hits_and_other_turns_keep_theirs() -> None:
    hit = Hit("a", "it's", 0, 1, 0, 4)
    words = call(f"customer: it's {NUMBER}", "agent: it's fine").turns
    turns = [Turn(t.speaker, t.role, t.start_s, t.end_s, t.words, hits=(hit,)) for t in words]
    masked, _ = mask_personal_data(turns)
    assert [turn.hits for turn in masked] == [(), (hit,)]


@pytest.mark.parametrize(
    "text", ["", "😀", "مرحبا 123", "word " * 5000, "1 " * 3000, "4111 " * 2000, "삼십 3호 " * 2000]
)
def test_odd_turns_are_taken_as_they_are(text: str) -> None:
    masked, _ = mask_personal_data(call(f"customer: {text}").turns)
    assert len(masked) == 1


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    words = tuple(Word(part, n, n + 1, 1.0) for n, part in enumerate(text.split(" ")))
    turn = Turn("a", "customer", 0, len(words), words)
    places = [place for t in read_tokens(0, turn) for place in range(t.first, t.last + 1)]
    assert places == list(range(len(words)))
    mask_personal_data([turn])


@given(st.text("0123456789", min_size=12, max_size=18))
def test_exactly_one_check_digit_passes(body: str) -> None:
    assert sum(passes_luhn(f"{body}{digit}") for digit in range(10)) == 1


@given(st.integers(0, 10**9))
def test_the_made_up_cards_are_issued_ones(seed: int) -> None:
    number = card_number(Random(seed))
    assert passes_luhn(number)
    assert is_issued(number)


def spoken(texts: list[tuple[str, str]]) -> list[Turn]:
    dialogue = Dialogue("en")
    for role, text in texts:
        dialogue.say("agent" if role == "agent" else "customer", text)
    return dialogue.turns


@pytest.mark.shared
def test_hardly_a_number_is_masked_in_real_texts_without_cards(shared_data: Path) -> None:
    folder = shared_data / "text" / "dialogue"
    calls = [
        [(turn["role"], turn["text"]) for turn in json.loads(line)["turns"]]
        for line in (folder / "fake_vcons.jsonl").read_text("utf-8").splitlines()
    ]
    for topic in ("airline", "insurance", "media"):
        calls += list(_multidogo(folder / f"multidogo_{topic}_dev.tsv").values())
    assert len(calls) > 800
    masked = [texts for texts in calls if mask_personal_data(spoken(texts), ())[1]]
    assert len(masked) <= 0.005 * len(calls)


@pytest.mark.shared
def test_in_real_texts_about_cards_the_full_numbers_vanish(shared_data: Path) -> None:
    path = shared_data / "text" / "dialogue" / "multidogo_finance_dev.tsv"
    calls = _multidogo(path)
    masked_without_cause = 0
    for texts in calls.values():
        said = " ".join(text for _, text in texts).lower()
        masked, spans = mask_personal_data(spoken(texts), ())
        masked_without_cause += bool(spans) and "card" not in said and "ac no" not in said
        left = [figures for turn in masked for figures in re.findall(r"\d{13,19}", turn.text)]
        assert [figures for figures in left if passes_luhn(figures) and is_issued(figures)] == []
    # Three chats of one side read out numbers in fours, as a card is.
    assert masked_without_cause <= len(calls) // 80


def _multidogo(path: Path) -> dict[str, list[tuple[str, str]]]:
    """The customers' turns by conversation."""
    calls: dict[str, list[tuple[str, str]]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            calls[row["conversationId"]].append(("customer", row["utterance"] or ""))
    return calls


def test_of_cards_that_were_spoken_over_a_telephone_no_digit_stays_readable() -> None:
    cases = [*heard_cases("en", heard("en"))]
    assert len(cases) >= 300
    assert [case.name for case in cases if case.leaks()] == []


def test_where_a_third_of_the_digits_is_misheard_little_stays_readable() -> None:
    cases = [*heard_cases("ko", heard("ko"))]
    left = [len(case.leaks()) for case in cases]
    assert left.count(0) >= 0.85 * len(cases) >= 0.85 * 300
    assert sum(left) <= 0.05 * sum(len(case.secret) for case in cases)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_in_dialogues_by_other_hands_cards_vanish_and_other_numbers_stay(language: str) -> None:
    dialogues = [dialogue for _set, dialogue in talk_by_hands(language)]
    masked = [mask_personal_data(dialogue.turns)[0] for dialogue in dialogues]
    left = [d.leaks(turns) for d, turns in zip(dialogues, masked, strict=True) if d.hidden]
    lost = [word for dialogue in dialogues for word in taken_for_cards(dialogue)]
    assert len(left) >= 160
    assert left.count([]) >= 0.9 * len(left)
    assert len(lost) <= 0.03 * sum(len(dialogue.kept) for dialogue in dialogues)


def test_digits_that_were_lost_or_misheard_do_not_uncover_the_rest() -> None:
    for language in ("en", "ko"):
        cases = [*text_cases(language, 60, misheard=True)]
        assert [case.name for case in cases if case.leaks()] == []
