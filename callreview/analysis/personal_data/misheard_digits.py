"""Digits that the recogniser misheard so that no token of `spoken_numbers` reads them: "9S603", "3호", "고사로공".

Only where a card number is read out are they taken for digits; elsewhere they are words.
"""

import re

from callreview.analysis.personal_data.spoken_numbers import KOREAN_UNITS, Token, figures_in

_HANGUL = re.compile(r"[가-힣]{3,20}")
# Behind the digits what the recogniser writes for them: 오, 공, 팔, 칠, 육, 사; 여섯, 여덟, 아홉.
_KOREAN_DIGIT = re.compile(r"[영공일이삼사오육칠팔구호봉본곤파발치질욕류싸]")
_KOREAN_MISHEARD = re.compile(r"[요여]소|여[덜답]|아호")
# "9s603", "7595852-s6", "2f5", "3호", "g198요": digits that were misheard; but not "9th", "10gb", "5g", "3만원".
_MISHEARD = re.compile(
    r"(?!\d+(?:st|nd|rd|th|s|am|pm|[gmtk]b|[kxdhmp]|[cmk]m|kg|lbs?|ft|in|min|hrs?|mph|mbps)\b|\dg\b"
    rf"|\d+(?:{KOREAN_UNITS}))"
    r"(?=.*\d)(?=.*[^\W\d_])[^\W_]+(?:[.,'-][^\W_]+)*"
)


def count_digits(token: Token) -> int:
    """How many digits the token holds, those of a misheard "7595852-S6" or "칠싸영사" included."""
    if token.kind != "other":
        return len(token.digits) if token.kind == "digits" else 0
    if _MISHEARD.fullmatch(token.text):
        return len(figures_in(token.text))
    return _syllables(token.text.replace("-", ""))


def _syllables(text: str) -> int:
    """How many digits a word of Korean says, when it says at least two and little else."""
    if _KOREAN_MISHEARD.fullmatch(text):
        return 1
    count = len(_KOREAN_DIGIT.findall(text)) if _HANGUL.fullmatch(text) else 0
    return count if count >= 2 and 2 * count >= len(text) else 0
