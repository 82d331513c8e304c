"""What digits can be by their shape alone: telephone numbers, national ids, bank accounts."""

import re
from collections.abc import Sequence
from datetime import date

_KOREAN_PHONE = re.compile(r"01[016789]\d{7,8}|02\d{7,8}|0(?:[3-6][1-5]|70|50\d)\d{7,8}")
_BRITISH_OR_AUSTRALIAN_PHONE = re.compile(r"0[1237]\d{8,9}|04\d{8}")
_AMERICAN_PHONE = re.compile(r"1?[2-9]\d{2}[2-9]\d{6}")
_FREE_TO_CALL = re.compile(r"1?8(?:00|33|44|55|66|77|88)\d{7}|080\d+|1[358]00\d+")
"""Numbers of companies, not of people."""

_AMERICAN_GROUPS = {(3, 3, 4), (1, 3, 3, 4), (3, 7), (1, 10)}
LONGEST_PHONE = 15
_SOCIAL_SECURITY = re.compile(r"(?!000|666)\d{3}[-–.](?!00)\d{2}[-–.](?!0000)\d{4}")
_RESIDENT = re.compile(r"\d{6}[-–]?[0-9]\d{6}")
_RESIDENT_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
_CENTURY = {"9": 1800, "0": 1800, "1": 1900, "2": 1900, "5": 1900, "6": 1900}
_NO_CHECK_DIGIT_SINCE = date(2020, 10, 1)
"""Resident registration numbers given since then end in a random digit."""

_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")


def is_phone(digits: str, groups: Sequence[int], written: str) -> bool:
    """Whether digits in groups of these lengths are a telephone number where nothing says so.

    `written` is the first of them as written: a "+" before it tells. Shapes of Korea, the United
    States and Canada, the United Kingdom and Australia. Free-phone numbers are no personal data.
    """
    if is_free_to_call(digits):
        return False
    if written.startswith(("+", "(+")):
        return 8 <= len(digits) <= LONGEST_PHONE
    grouped = len(groups) > 1
    if _KOREAN_PHONE.fullmatch(digits):
        return grouped or digits.startswith("010")
    if _BRITISH_OR_AUSTRALIAN_PHONE.fullmatch(digits):
        return grouped or digits.startswith(("07", "04"))
    in_words = max(groups, default=0) <= 2
    american = tuple(groups) in _AMERICAN_GROUPS or in_words
    return american and _AMERICAN_PHONE.fullmatch(digits) is not None


def is_named_phone(digits: str) -> bool:
    """Whether digits can be a telephone number where the talk is of a telephone."""
    return 9 <= len(digits) <= LONGEST_PHONE and not is_free_to_call(digits)


def is_free_to_call(digits: str) -> bool:
    """Whether the number is one of a company, which callers do not pay for."""
    return _FREE_TO_CALL.fullmatch(digits) is not None


def is_social_security(written: str) -> bool:
    """Whether this is written as a social security number of the United States."""
    return _SOCIAL_SECURITY.fullmatch(written) is not None


def is_resident_number(digits: str, *, in_two: bool) -> bool:
    """Whether 13 digits are a Korean resident registration number.

    They begin with a day of birth. The check digit decides where there is one, unless the number was
    written or said `in_two` parts of 6 and 7, as only these are.
    """
    if not _RESIDENT.fullmatch(digits):
        return False
    born = _birth(digits)
    if born is None:
        return False
    return in_two or (born < _NO_CHECK_DIGIT_SINCE and _resident_check(digits) == int(digits[12]))


def _birth(digits: str) -> date | None:
    year = _CENTURY.get(digits[6], 2000) + int(digits[:2])
    try:
        return date(year, int(digits[2:4]), int(digits[4:6]))
    except ValueError:
        return None


def _resident_check(digits: str) -> int:
    total = sum(int(d) * w for d, w in zip(digits[:12], _RESIDENT_WEIGHTS, strict=True))
    return (11 - total % 11) % 10


def is_iban(text: str) -> bool:
    """Whether the text (capitals and digits without spaces) is an IBAN with right check digits."""
    if not _IBAN.fullmatch(text):
        return False
    turned = text[4:] + text[:4]
    return int("".join(str(int(character, 36)) for character in turned)) % 97 == 1
