"""Payment cards in a call: card number, security code and expiry date, spoken or written.

A card number is 13-19 digits that pass the check of Luhn, in one turn or over several of one
speaker while the other only says "yes". What was said in answer to a question for a card number
is one even where the recogniser lost or added a digit and the check fails.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from callreview.analysis.personal_data.card_check import (
    SHORTEST_CARD,
    card_in,
    cards_among,
    is_issued,
)
from callreview.analysis.personal_data.card_readings import (
    ASKED_CARD_DIGITS,
    OF_OTHERS,
    PAYMENT_CARD_DIGITS,
    find_readings,
)
from callreview.analysis.personal_data.card_remains import find_remains
from callreview.analysis.personal_data.found import Taken
from callreview.analysis.personal_data.spoken_numbers import Token
from callreview.analysis.personal_data.spoken_runs import Run, SpokenRuns
from callreview.domain.personal_data import CARD_NUMBER, EXPIRY_DATE, SECURITY_CODE

RECALLED_DIGITS = 8
"""Who says so many digits of a card number again, says the card number again."""
ECHO_DIGITS = 4
ECHO_TURNS = 3
CODE_DIGITS = (3, 4)
MOST_ASKED_CODE_DIGITS = 6
MOST_DATE_DIGITS = 8
AFTER_CARD_TURNS = 6
NEAR_CARD_TURNS = 15
MOST_WORDS_BESIDE_CODE = 1

_MONTH_AND_YEAR = re.compile(r"(?:0[1-9]|1[0-2])[2-4]\d")


@dataclass(frozen=True)
class _Card:
    """A card number that was said: by whom, from which turn on and up to which word."""

    speaker: str
    digits: str
    turn: int
    last_turn: int
    last_word: int


def find_cards(spoken: SpokenRuns, taken: Taken) -> None:
    """Add everything of a payment card in the turns of a call, by kind."""
    cards = [*_read_out(spoken, taken)]
    for run in spoken.joined():
        if any(token in taken for token in run.tokens):
            continue
        if numbers := _card_numbers(run, spoken, cards):
            for token in run.spoken():
                taken.add(token, CARD_NUMBER)
            end = (run.last_turn, run.tokens[-1].last)
            cards += [_Card(run.speaker, number, run.turn, *end) for number in numbers]
    for token in [*find_remains(spoken, taken)]:
        taken.add(token, CARD_NUMBER)
    for find in (_echoes, _codes, _dates):
        for token, kind in [*find(spoken, cards, taken)]:
            taken.add(token, kind)


def _read_out(spoken: SpokenRuns, taken: Taken) -> Iterator[_Card]:
    for reading, tokens in find_readings(spoken):
        for token in tokens:
            taken.add(token, CARD_NUMBER)
        first, last = reading.tokens[0], reading.tokens[-1]
        yield _Card(reading.speaker, reading.digits, first.turn, last.turn, last.last)


def _card_numbers(run: Run, spoken: SpokenRuns, cards: Sequence[_Card]) -> list[str]:
    """The card numbers that the run is, may be, or holds."""
    subjects = spoken.context.subjects(run.turn, run.tokens[0].first)
    digits = card_in(run.tokens)
    if digits and (not subjects & OF_OTHERS or is_issued(digits)):
        return [digits]
    count = len(run.digits)
    if "card" in subjects and count >= ASKED_CARD_DIGITS and _is_open(run, spoken, cards):
        return [run.digits]
    if "payment" in subjects and count >= PAYMENT_CARD_DIGITS:
        return [run.digits]
    return cards_among(run.tokens)


def _is_open(run: Run, spoken: SpokenRuns, cards: Sequence[_Card]) -> bool:
    """Whether the question for a card number has not been answered before this run."""
    asked = spoken.context.named_in(run.turn, run.tokens[0].first)
    return not any(
        card.speaker == run.speaker
        and asked <= card.last_turn <= run.turn
        and len(card.digits) >= SHORTEST_CARD
        for card in cards
    )


def _echoes(
    spoken: SpokenRuns, cards: Sequence[_Card], taken: Taken
) -> Iterator[tuple[Token, str]]:
    """Digits of a card number that are said again, by whomever."""
    for run in spoken.runs:
        if run.tokens[0] not in taken and any(_is_echo(run, card, spoken) for card in cards):
            yield from ((token, CARD_NUMBER) for token in run.spoken())


def _is_echo(run: Run, card: _Card, spoken: SpokenRuns) -> bool:
    if card.turn <= run.turn <= card.last_turn and run.speaker != card.speaker:
        return True
    if _share(run.digits, card.digits, RECALLED_DIGITS):
        return True
    near = 0 <= run.turn - card.last_turn <= ECHO_TURNS
    again = len(run.digits) >= ECHO_DIGITS and run.digits in card.digits
    named = spoken.context.subjects(run.turn, run.tokens[0].first)
    return near and again and not named & (OF_OTHERS | {"security", "expiry"})


def _share(one: str, other: str, length: int) -> bool:
    """Whether both hold the same `length` digits in a row."""
    return any(one[start : start + length] in other for start in range(len(one) - length + 1))


def _codes(spoken: SpokenRuns, cards: Sequence[_Card], taken: Taken) -> Iterator[tuple[Token, str]]:
    """Security codes: asked for, or said right after a card number."""
    for run in spoken.runs:
        if not any(token in taken for token in run.tokens):
            kind = _kind_of_code(run, cards, spoken)
            yield from ((token, kind) for token in run.spoken() if kind)


def _kind_of_code(run: Run, cards: Sequence[_Card], spoken: SpokenRuns) -> str:
    subjects = spoken.context.subjects(run.turn, run.tokens[0].first)
    count = len(run.digits)
    if "security" in subjects:
        most = MOST_DATE_DIGITS if "expiry" in subjects else MOST_ASKED_CODE_DIGITS
        return SECURITY_CODE if CODE_DIGITS[0] <= count <= most else ""
    if count not in CODE_DIGITS or not any(_follows(run, card) for card in cards):
        return ""
    if "code" in subjects:
        return SECURITY_CODE
    beside = sum(token.kind == "other" for token in spoken.tokens[run.turn])
    if beside > MOST_WORDS_BESIDE_CODE or subjects & (OF_OTHERS | {"expiry"}):
        return ""
    return EXPIRY_DATE if _MONTH_AND_YEAR.fullmatch(run.digits) else SECURITY_CODE


def _follows(run: Run, card: _Card) -> bool:
    """Whether the run may be the code or the date that is said after this card number."""
    if run.speaker != card.speaker or run.turn > card.last_turn + AFTER_CARD_TURNS:
        return False
    after = (run.turn, run.tokens[0].first) > (card.last_turn, card.last_word)
    code = len(run.digits) == CODE_DIGITS[0] or card.digits.startswith("3")
    return after and (code or _MONTH_AND_YEAR.fullmatch(run.digits) is not None)


def _dates(spoken: SpokenRuns, cards: Sequence[_Card], taken: Taken) -> Iterator[tuple[Token, str]]:
    """Expiry dates: asked for or named as such, in the neighbourhood of a card number."""
    for number, tokens in enumerate(spoken.tokens):
        if not any(abs(number - card.last_turn) <= NEAR_CARD_TURNS for card in cards):
            continue
        for is_number, group in groupby(tokens, key=lambda t: t.kind != "other" and t not in taken):
            stretch = _numbers_of(list(group)) if is_number else []
            if stretch and "expiry" in spoken.context.subjects(number, stretch[0].first):
                yield from ((token, EXPIRY_DATE) for token in stretch)


def _numbers_of(tokens: Sequence[Token]) -> list[Token]:
    """The tokens from the first to the last digits or month, when they can be a date."""
    places = [n for n, token in enumerate(tokens) if token.kind in ("digits", "date")]
    if not places:
        return []
    stretch = list(tokens[places[0] : places[-1] + 1])
    count = sum(len(token.digits) for token in stretch)
    dated = any(character.isdigit() for token in stretch for character in token.text)
    korean = any(token.kind == "date" and not token.text.isascii() for token in stretch)
    return stretch if (count >= 2 or dated or korean) and count <= MOST_DATE_DIGITS else []
