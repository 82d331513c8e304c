"""Dates of birth: a date in answer to the question for one, or introduced as one.

Other dates stay readable; so does a second date after the question was answered.
"""

import re
from collections.abc import Iterator, Sequence

from callreview.analysis.personal_data.found import Taken
from callreview.analysis.personal_data.spoken_numbers import Token
from callreview.analysis.personal_data.spoken_runs import SpokenRuns
from callreview.domain.personal_data import BIRTH_DATE

REACH_TURNS = 4
ECHO_TURNS = 6
FEWEST_DIGITS = 4
"""Of a date without the name of a month."""
MOST_DIGITS = 8

_ORDINAL = re.compile(
    r"\d{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh"
    r"|twelfth|\w+teenth|twentieth|thirtieth|(?:twenty|thirty)[- ]?\w+(?:st|nd|rd|th)|\d{1,4}[년월일]\S{0,5}"
    r"|[일이삼사오육칠팔구십백천공영]{2,8}[년월일]?"
)
_LINK = re.compile(r"of|the|and|in|,")


def find_birth_dates(spoken: SpokenRuns, taken: Taken) -> None:
    """Add the dates of birth."""
    answered: set[int] = set()
    said: list[tuple[int, str]] = []
    for number, tokens in enumerate(spoken.tokens):
        if not said and "birth" not in spoken.context.in_reach(number):
            continue
        for stretch in _dates(tokens, taken):
            said_now = "".join(token.digits for token in stretch)
            if _is_again(number, said_now, said):
                _take(stretch, taken)
                continue
            asked = _asked_in(number, stretch[0].first, spoken)
            if asked is None or (asked in answered and asked != number):
                continue
            answered.add(asked)
            said.append((number, said_now))
            _take(stretch, taken)


def _take(stretch: Sequence[Token], taken: Taken) -> None:
    for token in stretch:
        taken.add(token, BIRTH_DATE)


def _asked_in(turn: int, word: int, spoken: SpokenRuns) -> int | None:
    """The turn that asks for the date of birth which may be said at this word."""
    if "birth" not in spoken.context.subjects(turn, word):
        return None
    asked = spoken.context.named_in(turn, word)
    return asked if turn - asked <= REACH_TURNS else None


def _is_again(turn: int, digits: str, said: Sequence[tuple[int, str]]) -> bool:
    return len(digits) >= FEWEST_DIGITS and any(
        turn - earlier <= ECHO_TURNS and digits == known for earlier, known in said
    )


def _dates(tokens: Sequence[Token], taken: Taken) -> Iterator[list[Token]]:
    """The stretches of a turn that can be dates."""
    held: list[Token] = []
    for token in tokens:
        if token not in taken and _belongs(token, held):
            held.append(token)
            continue
        yield from _whole(held)
        held = []
    yield from _whole(held)


def _belongs(token: Token, held: Sequence[Token]) -> bool:
    if token.kind in ("digits", "date") or _ORDINAL.fullmatch(token.text):
        return True
    return bool(held) and (
        token.kind in ("filler", "correction") or bool(_LINK.fullmatch(token.text))
    )


def _whole(held: list[Token]) -> Iterator[list[Token]]:
    """The stretch up to its last number or month, when it is enough for a date."""
    while held and not (held[-1].kind in ("digits", "date") or _ORDINAL.fullmatch(held[-1].text)):
        held.pop()
    parts = [t for t in held if t.kind in ("digits", "date") or _ORDINAL.fullmatch(t.text)]
    count = sum(len(token.digits) for token in parts)
    dated = any(token.kind == "date" or _ORDINAL.fullmatch(token.text) for token in parts)
    enough = (dated and len(parts) >= 2) or count >= FEWEST_DIGITS
    if parts and enough and count <= MOST_DIGITS + (2 if dated else 0):
        yield held
