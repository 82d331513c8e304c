"""The expiry date of a card: asked for, named, or said after the card number in the form of month and year.

A question is answered once: hours and days that follow are no second date.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, islice, product

from callreview.analysis.personal_data.found import Taken
from callreview.analysis.personal_data.number_context import PLAINLY_OTHERS, Subject
from callreview.analysis.personal_data.said_cards import (
    AFTER_CARD_TURNS,
    LIKE_PRICE,
    MONTH_AND_YEAR,
    MONTH_YEAR_AND_CODE,
    MOST_DATE_DIGITS,
    Answers,
    SaidCard,
    is_own_question,
)
from callreview.analysis.personal_data.spoken_numbers import Token, figures_in
from callreview.analysis.personal_data.spoken_runs import SpokenRuns
from callreview.domain.personal_data import EXPIRY_DATE

NEAR_CARD_TURNS = 15
"""So near to a card number a date is its expiry date that was asked for or named."""

_YEAR = re.compile(r"(?:20)?[23]\d")
_SINO_TENS = re.compile(
    r"([이삼사]?)십([일이삼사오육칠팔구]?)(?:이?요|이?고요?|이에요|예요|입니다|에)?"
)
_SINO = "영일이삼사오육칠팔구"
_LONG_AGO = re.compile(r"19\d\d|20[01]\d")
_NUMERAL = re.compile(r"[\d일이삼사오육칠팔구십유시]")
_MOST_READINGS = 16


def find_expiry_dates(spoken: SpokenRuns, cards: Sequence[SaidCard], taken: Taken) -> None:
    """Take expiry dates: asked for or named as such, in the neighbourhood of a card number."""
    answers = Answers()
    for number, tokens in enumerate(spoken.tokens):
        if not any(abs(number - card.last_turn) <= NEAR_CARD_TURNS for card in cards):
            continue
        for stretch in _numbers_in(tokens, taken):
            subjects = spoken.context.subjects(number, stretch[0].first)
            if not subjects & PLAINLY_OTHERS:
                subjects |= spoken.context.subjects(number, -1)
            asked = spoken.context.named_in(number, stretch[0].first)
            readings = _readings(stretch)
            digits = readings[0]
            is_open = answers.is_open(
                asked, digits, by_asker=is_own_question(spoken, asked, number)
            )
            may_be = is_open and _may_be_date(stretch, digits, subjects)
            soon = any(0 <= number - card.last_turn <= AFTER_CARD_TURNS for card in cards)
            forms = (_must_be_date(stretch, read, subjects, soon=soon) for read in readings)
            if may_be or any(forms):
                if len(digits) > 2 or len(stretch) > 1:
                    answers.add(asked, digits)
                for token in stretch:
                    taken.add(token, EXPIRY_DATE)


def _numbers_in(tokens: Sequence[Token], taken: Taken) -> Iterator[list[Token]]:
    """What stands between other words, from the first to the last digits or month."""
    for is_word, group in groupby(tokens, key=lambda token: token in taken or _is_word(token)):
        stretch = list(group)
        places = [n for n, token in enumerate(stretch) if _is_number(token)]
        if places and not is_word:
            yield stretch[places[0] : places[-1] + 1]


def _is_word(token: Token) -> bool:
    is_other = token.kind == "other" and token.text != "of" and not _is_number(token)
    return is_other or token.kind == "correction"


def _is_number(token: Token) -> bool:
    if token.kind == "date":
        return token.text.isascii() or _NUMERAL.search(token.text) is not None
    return token.kind == "digits" or any(
        form.fullmatch(token.text) for form in (LIKE_PRICE, _SINO_TENS)
    )


def _readings(stretch: Sequence[Token]) -> list[str]:
    """The digits that the stretch may say, the likeliest first."""
    options = [_options(token) for token in stretch]
    return ["".join(parts) for parts in islice(product(*options), _MOST_READINGS)]


def _options(token: Token) -> tuple[str, ...]:
    if tens := _SINO_TENS.fullmatch(token.text):
        ten, one = (_SINO.find(syllable or "영") for syllable in tens.group(1, 2))
        return (f"{max(ten, 1)}{one}",)
    return token.readings or (figures_in(token.text),)


def _may_be_date(stretch: Sequence[Token], digits: str, subjects: frozenset[Subject]) -> bool:
    months = [token for token in stretch if token.kind == "date"]
    figures = any(character.isdigit() for token in stretch for character in token.text)
    korean = any(not token.text.isascii() for token in months)
    priced = any(token.kind == "other" for token in stretch)
    if len(digits) > MOST_DATE_DIGITS or (priced and not MONTH_AND_YEAR.fullmatch(digits)):
        return False
    if "date" in subjects:
        return bool(months and digits)
    return "expiry" in subjects and (len(digits) >= 2 or figures or korean)


def _must_be_date(
    stretch: Sequence[Token], digits: str, subjects: frozenset[Subject], *, soon: bool
) -> bool:
    """Whether it has the form of month and year, and a date is asked for or a card was said just before."""
    months = [token.text for token in stretch if token.kind == "date"]
    years = [text for text in months if "년" in text and not _LONG_AGO.match(text)]
    korean = soon and bool(years) and any("월" in text for text in months)
    priced = any(LIKE_PRICE.fullmatch(token.text) for token in stretch)
    if korean or priced or not subjects & {"expiry", "date"}:
        return korean
    form = _YEAR if months else MONTH_YEAR_AND_CODE
    return bool(form.fullmatch(digits) or MONTH_AND_YEAR.fullmatch(digits))
