"""Digits that the recogniser misheard so that no token of `spoken_numbers` reads them: "9S603", "3호", "고사로공".

Only where a card number is read out are they taken for digits; elsewhere they are words.
"""

import re

from callreview.analysis.personal_data.spoken_numbers import KOREAN_UNITS, Token, figures_in

_HANGUL = re.compile(r"[가-힣]{2,20}")
_DIGITS = "영공일이삼사오육칠팔구"
# What the recogniser writes for 오, 공, 팔, 칠, 육, 사, 이 and for 여섯, 여덟, 아홉.
_ALIKE = "호봉본곤파발치질욕류륙싸리"
_LIKE_DIGITS = re.compile(f"[{_DIGITS}{_ALIKE}]{{2,}}")
_WORD = re.compile(r"파일|일본|본사|오류|일치|본질|이발|발사|유치")
_SOUNDS_LIKE_NATIVE = re.compile(r"[요여]소|여[덜답]|아호")
# "9s603", "7595852-s6", "2f5", "3호", "g198요": digits that were misheard; but not "9th", "10gb", "5g", "3만원".
_MISHEARD = re.compile(
    r"(?!\d+(?:st|nd|rd|th|s|am|pm|[gmtk]b|[kxdhmp]|[cmk]m|ml|kg|hz|lbs?|ft|in|min|hrs?|mph|mbps)\b|\dg\b"
    rf"|\d[\d,.]*(?:{KOREAN_UNITS}|억|일(?:까지|부터|에|날|쯤|째|간|차)|영업일)|\d{{3,4}}호)"
    r"(?=.*\d)(?=.*[^\W\d_])[^\W_]+(?:[.,'-][^\W_]+)*"
)


def is_misheard(text: str) -> bool:
    """Whether the recogniser wrote letters among the digits, or syllables that sound like digits."""
    like_digits = _LIKE_DIGITS.fullmatch(text) is not None and not _WORD.match(text)
    return like_digits or _MISHEARD.fullmatch(text) is not None


def count_digits(token: Token) -> int:
    """How many digits the token holds, those of a misheard "7595852-S6" or "칠싸영사" included."""
    if token.kind != "other":
        return len(token.digits) if token.kind == "digits" else 0
    if _MISHEARD.fullmatch(token.text):
        return len(figures_in(token.text))
    return _syllables(token.text.replace("-", ""))


def _syllables(text: str) -> int:
    """How many digits a word of Korean says, when it says at least two and little else."""
    if _SOUNDS_LIKE_NATIVE.fullmatch(text):
        return 1
    if not _HANGUL.fullmatch(text) or _WORD.match(text):
        return 0
    digits, alike = (sum(map(syllables.count, text)) for syllables in (_DIGITS, _ALIKE))
    nothing_else = digits >= 1 and digits + alike == len(text)
    little_else = digits >= 2 and 2 * (digits + alike) >= len(text)
    return digits + alike if nothing_else or little_else else 0
