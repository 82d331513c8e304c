"""Addresses: house number and street, postcodes, and Korean addresses down to the number.

A street or a town alone is no address. Where nobody asked for one, only what cannot well be anything
else is taken: "24 Oak Street", not "a 10 minute drive".
"""

import re
from collections.abc import Iterator, Sequence

from callreview.analysis.personal_data.found import Taken
from callreview.analysis.personal_data.number_context import WEAK, Subject
from callreview.analysis.personal_data.spoken_numbers import Token
from callreview.analysis.personal_data.spoken_runs import SpokenRuns
from callreview.analysis.word_times import word_starts, words_between
from callreview.domain.personal_data import POSTAL_ADDRESS

_NUMBER_WORD = (
    r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w{3,5}teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\w{3,5})?|hundred)"
)
_HOUSE = (
    rf"(?P<house>\b\d{{1,5}}[a-z]?(?: \d){{0,4}}\b|\b{_NUMBER_WORD}(?:[ -]{_NUMBER_WORD}){{0,4}})"
)
_STRONG = r"street|avenue|ave|road|rd|lane|boulevard|blvd|crescent|parkway|highway"
_WEAK = r"st|drive|dr|way|place|pl|court|ct|close|terrace|square|circle|trail|row|grove|gardens"
_STREET = re.compile(
    rf"{_HOUSE},? (?P<name>[a-z0-9'’-]{{2,20}}(?: [a-z0-9'’-]{{2,20}}){{0,3}}?) "
    rf"(?P<suffix>{_STRONG}|{_WEAK})\b"
    r"(?:[.,]? (?:north|south|east|west|apt|apartment|unit|suite|flat|floor|number|#)\b\.? ?\w{0,6})*",
    re.IGNORECASE,
)
_SUFFIX = re.compile(rf" (?:{_STRONG}|{_WEAK})\b", re.IGNORECASE)
_WEAK_SUFFIX = re.compile(_WEAK, re.IGNORECASE)
_NO_NAME = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "on",
        "in",
        "at",
        "to",
        "for",
        "and",
        "or",
        "my",
        "your",
        "his",
        "her",
        "our",
        "their",
        "this",
        "that",
        "is",
        "was",
        "are",
        "were",
        "i",
        "you",
        "we",
        "he",
        "she",
        "it",
        "they",
        "with",
        "from",
        "by",
        "minutes",
        "minute",
        "hours",
        "hour",
        "days",
        "day",
        "weeks",
        "week",
        "months",
        "month",
        "years",
        "year",
        "miles",
        "mile",
        "blocks",
        "block",
        "people",
        "cars",
        "times",
        "way",
        "lane",
        "lanes",
        "percent",
        "dollars",
        "pounds",
        "euros",
        "star",
        "stars",
        "more",
        "other",
        "down",
        "up",
        "off",
        "out",
        "about",
        "per",
        "than",
        "had",
        "have",
        "has",
        "got",
        "went",
        "bedroom",
        "bed",
        "story",
        "one-way",
        "two-way",
        "before",
        "after",
        "when",
        "if",
        "so",
        "because",
        "just",
        "only",
    ]
)
_BRITISH = re.compile(r"\b[A-PR-UWYZ][A-HK-Y]?\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}\b", re.IGNORECASE)
_CANADIAN = re.compile(r"\b[ABCEGHJ-NPR-TVXY]\d[A-Z] \d[A-Z]\d\b")
_AMERICAN = re.compile(
    r"\b(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]"
    r"|UT|V[AT]|W[AIVY]),? \d{5}(?:-\d{4})?\b"
)
_HANGUL_NUMBER = (
    r"(?:\d{1,5}|[일이삼사오육칠팔구십백천공영]{2,7}(?=번|호|동|층|입|이|에|요|[\s,.]|$))"
)
_KOREAN = re.compile(
    r"(?:[가-힣]{1,7}(?:특별시|광역시|특별자치시|도|시) ?"
    r"|(?:서울|부산|대구|인천|광주|대전|울산|세종) )?(?:[가-힣]{1,5}[시군구] ){1,2}"
    rf"[가-힣0-9]{{1,12}}(?:읍|면|동|가|로|길|리) ?{_HANGUL_NUMBER}(?:-\d+)?(?:번지|번길)?"
    rf"(?: ?{_HANGUL_NUMBER}(?:-\d+)?)?(?:,? ?\S{{0,12}}(?:아파트|빌라|오피스텔|빌딩))?"
    rf"(?: ?{_HANGUL_NUMBER}동)?(?: ?{_HANGUL_NUMBER}(?:호|층))?"
)
_KOREAN_STREET = re.compile(
    rf"[가-힣]{{2,8}}(?:대로|로|길) ?{_HANGUL_NUMBER}(?:번길 ?{_HANGUL_NUMBER})?(?:-\d+)?(?![원개만천명])"
)
_KOREAN_FLAT = re.compile(rf"{_HANGUL_NUMBER}동 ?{_HANGUL_NUMBER}호")
_CODE_PART = re.compile(r"[a-z]|[a-z]{1,2}\d[a-z\d]?|\d[a-z]{1,2}")
ZIP_DIGITS = (4, 5, 6, 9)
MOST_WORDS_TO_ZIP = 6
"""Between a street and the postcode there is a town and a state."""

FEWEST_CODE_PARTS = 3


def find_addresses(spoken: SpokenRuns, taken: Taken) -> None:
    """Add the addresses in the turns."""
    for number, turn in enumerate(spoken.turns):
        if not turn.words:
            continue
        starts = word_starts(turn)
        for start, end in _in_text(turn.text, spoken.context.subjects(number, len(turn.words))):
            words = words_between(starts, start, end)
            taken.take(number, words, POSTAL_ADDRESS)
            _take_zip(number, words[-1], spoken, taken)
        if "postcode" in spoken.context.in_reach(number):
            _take_spelled_code(number, spoken, taken)


def _in_text(text: str, subjects: frozenset[Subject]) -> Iterator[tuple[int, int]]:
    asked = bool(subjects & {"address", "postcode"})
    if _SUFFIX.search(text):
        yield from _streets(text, asked=asked)
    patterns = [_AMERICAN]
    if any("가" <= character <= "힣" for character in text):
        patterns += [_KOREAN, _KOREAN_FLAT, *([_KOREAN_STREET] if asked else ())]
    if not subjects & (WEAK | {"other"}):
        patterns += [_BRITISH, _CANADIAN]
    for pattern in patterns:
        for match in pattern.finditer(text):
            yield match.span()


def _streets(text: str, *, asked: bool) -> Iterator[tuple[int, int]]:
    place = 0
    while match := _STREET.search(text, place):
        # The next one may begin inside a stretch that is none.
        place = match.end("house")
        names = match["name"].lower().split()
        if _NO_NAME.intersection(names):
            continue
        weak = _WEAK_SUFFIX.fullmatch(match["suffix"]) is not None
        if weak and not asked and not _in_capitals(match):
            continue
        yield match.span()


def _in_capitals(match: re.Match[str]) -> bool:
    return all(word[0].isupper() for word in (*match["name"].split(), match["suffix"]))


def _take_zip(number: int, last: int, spoken: SpokenRuns, taken: Taken) -> None:
    """The postcode that is said soon after a street, in the same turn."""
    for run in spoken.runs:
        behind = run.tokens[0].first - last
        if run.turn == number and 0 < behind <= MOST_WORDS_TO_ZIP and len(run.digits) in ZIP_DIGITS:
            for token in run.spoken():
                taken.add(token, POSTAL_ADDRESS)


def _take_spelled_code(number: int, spoken: SpokenRuns, taken: Taken) -> None:
    """A postcode of letters and digits said one by one, where one was asked for."""
    held: list[int] = []
    texts = spoken.tokens[number]
    for token in (*texts, None):
        if token is not None and token not in taken and _is_code_part(token):
            held += range(token.first, token.last + 1)
            continue
        if _is_code(held, number, spoken):
            taken.take(number, held, POSTAL_ADDRESS)
        held = []


def _is_code_part(token: Token) -> bool:
    return token.kind == "digits" or _CODE_PART.fullmatch(token.text) is not None


def _is_code(words: Sequence[int], number: int, spoken: SpokenRuns) -> bool:
    """Whether the words are digits and letters in answer to the question for a postcode."""
    if len(words) < FEWEST_CODE_PARTS:
        return False
    tokens = [token for token in spoken.tokens[number] if token.first in words]
    figures = any(token.kind == "digits" for token in tokens)
    letters = any(token.kind != "digits" and token.text not in ("a", "i") for token in tokens)
    return figures and letters and "postcode" in spoken.context.subjects(number, words[0])
