"""The model that finds card data reads every word of the turns it is asked about, however long they are."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callreview.analysis.arrays import Floats
from callreview.analysis.personal_data.card_tagger import (
    WINDOW_PIECES,
    CardTagger,
    shipped_card_tagger,
)
from callreview.analysis.personal_data.likely_cards import LikelyCards
from callreview.analysis.personal_data.mask import mask_personal_data
from callreview.analysis.personal_data.spoken_numbers import Token
from callreview.domain.personal_data import (
    CARD_KINDS,
    EXPIRY_DATE,
    SECURITY_CODE,
    mask_text,
)
from callreview.domain.transcript import Turn, Word


def turn(role: str, *words: str, start_s: float = 0.0) -> Turn:
    said = tuple(Word(text, start_s + n, start_s + n + 0.9, 0.9) for n, text in enumerate(words))
    return Turn(role, "agent" if role == "agent" else "customer", start_s, start_s + 1, said, "en")


def masked(*lines: str) -> list[str]:
    turns = [
        turn(*line.replace(": ", " ", 1).split(), start_s=100.0 * n) for n, line in enumerate(lines)
    ]
    return [one.text for one in mask_personal_data(turns)[0]]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from(["card", "4539", "네", "", "\ud800", "ü" * 300, "사오삼구"])),
        max_size=12,
    )
)
def test_every_word_gets_an_answer_that_sums_up_to_one(lines: list[list[str]]) -> None:
    turns = [turn("agent", *words) for words in lines]

    answers = shipped_card_tagger().likelihoods(turns, range(len(turns)))

    places = {(n, word) for n, one in enumerate(turns) for word in range(len(one.words))}
    assert set(answers) == places
    for answer in answers.values():
        assert answer.shape == (1 + len(CARD_KINDS),)
        assert np.isclose(answer.sum(), 1, atol=1e-4)


def test_a_turn_of_thousands_of_words_is_read_in_windows_of_the_size_of_training(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tagger, sizes = shipped_card_tagger(), list[int]()
    run = tagger._model.run
    monkeypatch.setattr(tagger._model, "run", lambda b: [sizes.append(len(b[0])), run(b)][1])

    answers = tagger.likelihoods([turn("customer", *["4539"] * 2000)], range(1))

    assert len(answers) == 2000
    assert max(sizes) <= WINDOW_PIECES
    assert sum(sizes) < 2.5 * 2000 * 2


def test_what_a_long_row_of_digits_is_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, average = list[int](), LikelyCards.average

    def counted(likely: LikelyCards, tokens: Sequence[Token]) -> float:
        asked.append(len(tokens))
        return average(likely, tokens)

    monkeypatch.setattr(LikelyCards, "average", counted)

    masked("agent: The card number please", f"customer: {'4539 ' * 500}")

    assert 500 <= sum(asked) <= 4 * 500


def test_words_without_a_space_between_are_read_as_one() -> None:
    parts = [Word("45", 0, 1, 0.9), Word("39", 1, 2, 0.9, space_before=False)]
    one = Turn("customer", "customer", 0, 2, tuple(parts), "en")

    answers = shipped_card_tagger().likelihoods([one], range(1))

    assert np.array_equal(answers[0, 0], answers[0, 1])


@pytest.mark.parametrize(
    ("kind", "question", "answer"),
    [
        (SECURITY_CODE, "And the wee digits on the strip?", "{Two one zero.}"),
        (
            SECURITY_CODE,
            "Flip it over for me, what do you see by your signature?",
            "{four four to}",
        ),
        (EXPIRY_DATE, "What's it good through?", "{Ninth month, 2031.}"),
        (EXPIRY_DATE, "And how long can you still use it?", "{June 26.}"),
        (SECURITY_CODE, "뒤집으시면 서명란 옆에 작은 숫자 있으시죠", "{육육구요}"),
        (EXPIRY_DATE, "언제까지 쓰실 수 있는 카드예요", "{공팔에 이구요}"),
    ],
)
def test_codes_and_dates_vanish_that_are_asked_for_in_unusual_words(
    kind: str, question: str, answer: str
) -> None:
    lines = masked(
        "agent: Can I have the card number please",
        "customer: 4539 1488 0343 6467",
        f"agent: {question}",
        f"customer: {answer.translate(str.maketrans('', '', '{}'))}",
    )

    assert lines[2] == question
    assert kind in lines[3] or mask_text(kind, "ko") in lines[3]
    assert not any(word in lines[3] for word in answer.strip("{}").split())


PASSING = [
    "agent: What is the order number | customer: The order number is 4539 1488 0343 6467",
    "agent: How will you pay? | customer: My card 4539 1488 0344 no sorry 0343 6467",
    "agent: 카드 번호 불러주세요 | customer: 사오삼구 | agent: 네 | customer: 일사팔팔"
    " | agent: 네 | customer: 공삼사삼 | agent: 네 | customer: 육사육칠이요",
    "agent: The long number? | customer: 4539 1488 0343 6467 | agent: So 4539 1488"
    " | customer: yes | agent: 0343 6467",
]
ASKED_FOR = [
    "agent: Your card number please | customer: My visa is 4539 1488 0343 6468",
    "agent: Card number please | customer: 4539 | agent: okay | customer: 1488 | agent: yes"
    " | customer: 0343 | agent: okay | customer: 6468",
    "agent: And the security code? | customer: 123",
    "agent: And the security code? | customer: 404 | agent: Thanks, CVV404.",
    "agent: Card number please | customer: 4539 1488 0343 6468 | agent: So that ends in M6468.",
    "agent: It goes back onto a card. What number is that? | customer: 248 2590 269 1408",
]
GARBLED = [
    "agent: The date first. When did your card run out? | customer: 6 3 4 3",
    "agent: Your card number please | customer: visa 4539 1488 0343 | agent: And the security code?"
    " | customer: At 2, 7",
    "agent: What's the Mastercard number? | customer: $22.99",
]


def denied(monkeypatch: pytest.MonkeyPatch, chance: float) -> None:
    """Let the model say of every word that it is so likely of a card."""

    def likelihoods(
        _self: CardTagger, turns: Sequence[Turn], near: range
    ) -> dict[tuple[int, int], Floats]:
        places = [(turn, word) for turn in near for word in range(len(turns[turn].words))]
        return dict.fromkeys(places, np.array([1 - chance, chance, 0, 0], np.float32))

    monkeypatch.setattr(CardTagger, "likelihoods", likelihoods)


def digits_left(lines: str) -> list[str]:
    spoken = " ".join(masked(*lines.split(" | "))).split()
    return [word for word in spoken if any(map(str.isdecimal, word)) or word[0] in "사일공육"]


@pytest.mark.parametrize("lines", PASSING)
def test_a_number_that_passes_every_check_vanishes_whatever_the_model_says(
    lines: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    denied(monkeypatch, 0.0)

    assert not digits_left(lines)


@pytest.mark.parametrize("lines", [*PASSING, *ASKED_FOR, *GARBLED])
def test_what_was_plainly_asked_for_vanishes_although_the_model_doubts_it(
    lines: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    denied(monkeypatch, 0.02)

    assert not digits_left(lines)


def test_the_number_of_a_library_card_stays_readable() -> None:
    lines = ["What's the card number on your library card?", "2903 4177 0051 8162"]
    assert masked(f"agent: {lines[0]}", f"customer: {lines[1]}") == lines


def test_card_data_that_no_rule_knows_vanishes_where_both_sides_talk() -> None:
    lines = masked(
        "agent: So how would you like to settle that today",
        "customer: I have the plastic here it is 4539 1488 and 0343",
        "agent: go on",
        "customer: and then 64 67 good until 08 29",
    )

    assert not [word for word in " ".join(lines).split() if any(map(str.isdecimal, word))]


@pytest.mark.parametrize(
    "line",
    [
        "Your order number is 123.",
        "와이파이 비밀번호 20304050 이에요",
        "The balance of 412 is paid.",
    ],
)
def test_other_numbers_stay_after_a_card(line: str) -> None:
    before = ["agent: The long number, please", "customer: 4539 1488 0343 6467"]
    lines = masked(*before, "agent: And the security code?", "customer: 123", f"agent: {line}")

    assert lines[-1] == line


def test_a_call_that_is_not_about_cards_is_not_given_to_the_model(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(CardTagger, "likelihoods", lambda *given: asked.append(given))

    masked("agent: When do you open?", "customer: At 10, on the 2nd floor.")

    assert asked == []


def test_a_whole_card_number_vanishes_though_nobody_talks_of_a_card() -> None:
    lines = masked(
        "agent: Read me the plastic whenever you are ready.",
        "customer: 5301 22, hang on, 5301 2217 8804 3316.",
        "agent: 3316 at the end. How long has it got left on it?",
        "customer: Till 03 28.",
        "agent: And the wee number by the signature?",
        "customer: Six one four.",
        "agent: That is £184 paid, authorisation 771204.",
    )

    assert [line for line in lines if "[" not in line] == [lines[0], lines[4], lines[6]]
    assert not any(map(str.isdecimal, "".join(lines[1:6])))
