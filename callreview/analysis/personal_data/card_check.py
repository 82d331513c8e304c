"""What makes digits a payment card number: ISO/IEC 7812-1 (length, Luhn) and who issues them."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, product

from callreview.analysis.personal_data.spoken_numbers import Token

SHORTEST_CARD, LONGEST_CARD = 13, 19
LONGEST_HEAD = 3
"""Digits before a card number in the same breath: an "oh", a misheard word."""
LONGEST_TAIL = 8
"""Digits after a card number in the same breath: expiry date and security code."""

LONGEST_CORRECTION = 8
"""So many digits at most are taken back by "no, sorry"."""

_MOST_READINGS = 256
_TAKEN_BACK = "<"
_ISSUED = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})"  # Visa
    r"|(?:5[1-5]|2[2-7])\d{14}"  # Mastercard
    r"|3[47]\d{13}"  # American Express
    r"|3[0689]\d{12,17}|35\d{14,17}"  # Diners Club, JCB
    r"|(?:50|5[6-9]|6\d)\d{11,17}"  # Maestro, Discover, UnionPay
    r"|9\d{15}"  # Korean cards for use at home
)


def passes_luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of the others (Luhn)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_issued(digits: str) -> bool:
    """Whether a card company issues numbers with this beginning and length."""
    return _ISSUED.fullmatch(digits) is not None


def share(one: str, other: str, length: int) -> bool:
    """Whether both hold the same `length` digits in a row."""
    return any(one[start : start + length] in other for start in range(len(one) - length + 1))


def card_in(tokens: Sequence[Token]) -> str:
    """The card number that all these tokens make in one of their readings, or "".

    Of several, the one that a card company issues.
    """
    options = [_options(token) for token in tokens]
    passing = ""
    for readings in islice(product(*options), _MOST_READINGS):
        for digits in _corrected("".join(readings)):
            if SHORTEST_CARD <= len(digits) <= LONGEST_CARD and passes_luhn(digits):
                if is_issued(digits):
                    return digits
                passing = passing or digits
    return passing


def _options(token: Token) -> tuple[str, ...]:
    return (_TAKEN_BACK,) if token.kind == "correction" else token.readings or ("",)


def _corrected(said: str) -> Iterator[str]:
    """The digits without the words that take some back, and without those taken back."""
    parts = [part for part in said.split(_TAKEN_BACK) if part]
    yield "".join(parts)
    for place in range(len(parts) - 1):
        before, after = "".join(parts[: place + 1]), "".join(parts[place + 1 :])
        for count in range(1, min(LONGEST_CORRECTION, len(before)) + 1):
            yield before[:-count] + after


def cards_among(tokens: Sequence[Token]) -> list[str]:
    """The card numbers that make up these tokens but for a short head and tail, or none."""
    found = [(digits, tokens[end:]) for digits, end in _issued_cards(tokens)]
    for digits, rest in found:
        if _length(rest) <= LONGEST_TAIL:
            return [digits]
    for digits, rest in found[:1]:
        if more := cards_among(rest):
            return [digits, *more]
    return []


def _issued_cards(tokens: Sequence[Token]) -> Iterator[tuple[str, int]]:
    """The cards that begin after a short head of the tokens, with the place where they end."""
    head = 0
    for start, token in enumerate(tokens):
        length = 0
        for end in range(start + 1, len(tokens) + 1):
            length += len(tokens[end - 1].digits)
            if length > LONGEST_CARD + LONGEST_HEAD:
                break
            digits = card_in(tokens[start:end]) if length >= SHORTEST_CARD else ""
            if is_issued(digits):
                yield digits, end
        head += len(token.digits)
        if head > LONGEST_HEAD:
            return


def _length(tokens: Sequence[Token]) -> int:
    return sum(len(token.digits) for token in tokens)
