"""Personal data of every kind is found in texts, and its place is told."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callreview.domain.personal_data import CARD_NUMBER, KINDS
from callreview.exchange.turn_lines import TurnLine, parse_turn_lines
from callreview.services.mask_texts import mask_texts, without_personal_data


def masked(*lines: str) -> list[str]:
    return [one.text for one in mask_texts(parse_turn_lines("\n".join(lines)))]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("call me at (555) 213-4567 tonight", "call me at [phone number] tonight"),
        ("my number is +44 20 7946 0958.", "my number is [phone number]."),
        ("plus eight two ten 1234 5678 is mine", "plus [phone number] is mine"),
        (
            "phone number is oh four one two, double three four, 567",
            "phone number is [phone number]",
        ),
        ("제 번호는 010-1234-5678이에요", "제 번호는 [전화번호]"),
        ("연락처는 공일공 일이삼사 오육칠팔입니다.", "연락처는 [전화번호]."),
        ("john.smith@example.co.uk, please", "[e-mail address], please"),
        ("it is john dot smith at gmail dot com", "it is [e-mail address]"),
        ("my email is j o h n five at my company dot org", "my email is [e-mail address]"),
        ("메일은 kim 골뱅이 네이버 점 컴이요", "메일은 [이메일 주소]"),
        ("주민번호는 팔공공일일오 다시 일이삼사오육칠이에요", "주민번호는 [주민등록번호]"),
        (
            "my social is one two three, four five, six seven eight nine",
            "my social is [national id]",
        ),
        ("123-45-6789", "[national id]"),
        (
            "national insurance number is A B 12 34 56 C",
            "national insurance number is [national id]",
        ),
        ("I was born on the fifth of May 1984.", "I was born on the [date of birth]."),
        ("생년월일은 84년 5월 12일이요", "생년월일은 [생년월일]"),
        ("the IBAN is DE89 3704 0044 0532 0130 00", "the IBAN is [bank account]"),
        ("use GB82 WEST 1234 5698 7654 32 please", "use [bank account] please"),
        ("AB123456C is mine", "[national id] is mine"),
        ("계좌번호는 110-234-567890이고요", "계좌번호는 [계좌 번호]"),
        ("I live at 24 oak street in Dover", "I live at [address] in Dover"),
        ("서울시 강남구 테헤란로 152에 살아요", "[주소] 살아요"),
        ("the postcode is SW1A 1AA", "the postcode is [address]"),
    ],
)
def test_every_kind_is_masked_in_one_line(said: str, expected: str) -> None:
    assert masked(said) == [expected]


@pytest.mark.parametrize(
    "said",
    [
        "order 1234567890 comes on 12/05/2026 at 10:30 for $1,299.99",
        "it is a 10 minute drive, two blocks down the road",
        "look at amazon dot com for the 5 star ones",
        "one way street, 24 hours a day, 2 lanes",
        "call us at 1-800-555-0199 between 9 and 5",
        "I was there in May 2024 and again on the 3rd of June",
        "the booking code is G4 D2 H3 and version 10.2.5.1",
        "주문번호 20261122345678이고 금액은 59,000원입니다",
        "카드로 3만원 결제하고 5월 3일에 2시 30분에 왔어요",
        "account number 12345678 of your phone contract",
        "ends with 1234, 3 of 4 were for one person",
    ],
)
def test_ordinary_numbers_stay_readable(said: str) -> None:
    assert masked(said) == [said]


def test_an_answer_is_masked_by_its_question_and_another_number_is_not() -> None:
    assert masked(
        "agent\tand your date of birth?",
        "customer\ttwelve oh five nineteen eighty four",
        "agent\tthe delivery is on June 3rd 2026",
        "agent\twhat is your phone number?",
        "customer\tfive five five",
        "agent\tuh huh",
        "customer\tone two three four",
        "agent\tand the order number?",
        "customer\t99 88 77 66 55",
    ) == [
        *("and your date of birth?", "[date of birth]", "the delivery is on June 3rd 2026"),
        *("what is your phone number?", "[phone number]", "uh huh", "[phone number]"),
        *("and the order number?", "99 88 77 66 55"),
    ]


def test_a_correction_does_not_leave_the_digits_around_it() -> None:
    assert masked("it's four one one one 1111 1111 one one one two no sorry one") == [
        "it's [card number]"
    ]


def test_a_blank_line_begins_a_new_dialogue() -> None:
    first, second = "agent\tcard number please?", "customer\t4111 1111 11"
    assert masked(first, second)[1] == "[card number]"
    assert masked(first, "", second)[2] == "4111 1111 11"


def test_lines_without_roles_may_be_two_people_or_one() -> None:
    parts = ["4111 1111", "and the rest when you are ready please?", "1111 1111"]
    assert masked("what is the card number?", *parts)[1::2] == ["[card number]"] * 2
    assert masked("4111 1111", "1111 1111") == ["[card number]"] * 2


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=60).filter(lambda text: "\n" not in text), max_size=4))
def test_what_is_outside_the_places_told_is_the_text_as_it_was(texts: list[str]) -> None:
    lines = [TurnLine("", text) for text in [*texts, "it is 4111 1111 1111 1111, ok\u00a0"]]
    for line, one in zip(lines, mask_texts(lines), strict=True):
        rest, place = [], 0
        for found in one.found:
            assert place <= found.start < found.end <= len(line.text)
            rest.append(line.text[place : found.start])
            place = found.end
        rest.append(line.text[place:])
        assert all(part in one.text for part in rest)
    assert mask_texts(lines)[-1].found[0].type == CARD_NUMBER


def test_a_kind_that_is_not_hidden_stays_and_cards_never_do() -> None:
    text = "card 4111 1111 1111 1111 and phone number 415 555 1234"
    assert without_personal_data(text, ()) == "card [card number] and phone number 415 555 1234"
    assert "415" not in without_personal_data(text, KINDS)
