"""Numbers as they are spoken and as a recogniser writes them, English and Korean.

"4111-1111", "four one one one", "double four", "oh", "forty-one eleven", "사일일일", "넷 하나 공":
every word of a turn becomes a token that is read as digits, as a sound between digits, as the word
that takes digits back ("no, sorry"), as a date, or as something else.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Literal

from callreview.domain.back_channels import is_back_channel
from callreview.domain.transcript import Turn

TokenKind = Literal["digits", "filler", "correction", "date", "other"]

_UNITS = {
    **{"zero": "0", "oh": "0", "o": "0", "nought": "0", "naught": "0", "nil": "0"},
    **{"one": "1", "two": "2", "three": "3", "four": "4", "five": "5"},
    **{"six": "6", "seven": "7", "eight": "8", "nine": "9", "niner": "9"},
}
_TEENS = {
    **{"ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14"},
    **{"fifteen": "15", "sixteen": "16", "seventeen": "17", "eighteen": "18", "nineteen": "19"},
}
_TENS = {
    **{"twenty": "20", "thirty": "30", "forty": "40", "fourty": "40", "fifty": "50"},
    **{"sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90"},
}
_ENGLISH = _UNITS | _TEENS | _TENS
_TIMES = {"double": 2, "triple": 3, "treble": 3, "quadruple": 4}
_KOREAN_TIMES = {"두": 2, "세": 3, "네": 4, "2": 2, "3": 3, "4": 4}
# "9가 두 개고요" is 99; the 이 or 가 before it is no digit.
_TIMES_BEHIND = re.compile(r"([두세네2-4]) ?[개번][가-힣]{0,4}")
_ROUND = {"hundred": "00", "thousand": "000"}
# What a recogniser writes for digits, and what also is an ordinary word.
_SOUNDS_LIKE = {
    **{"to": "2", "too": "2", "for": "4", "fore": "4", "ate": "8", "won": "1"},
    **{"이요": "2", "이고요": "2", "이구요": "2", "이에요": "2"},
}

_KOREAN = {
    **{"영": "0", "공": "0", "일": "1", "이": "2", "삼": "3", "사": "4", "오": "5"},
    **{"육": "6", "륙": "6", "칠": "7", "팔": "8", "구": "9"},
    **{"하나": "1", "둘": "2", "셋": "3", "넷": "4", "다섯": "5"},
    **{"여섯": "6", "일곱": "7", "여덟": "8", "아홉": "9"},
}
_KOREAN_DIGIT = re.compile("|".join(sorted(_KOREAN, key=len, reverse=True)))
_KOREAN_TAIL = re.compile(
    r"번?(?:이?요|이?고요?|이?구요|입니다|이에요|예요|에요|이네요|네요|에서?|은|는|이|가|을|를|의|번|하고|까지"
    r"|이랑|랑|이?며|이?죠)?"
)
_KOREAN_DATE = re.compile(
    r"(?:(?:\d{1,4}|[영공일이삼사오육륙칠팔구십백천]{1,8})(?:월|년도?)|[유시]월)(?:\D{0,4})"
)
KOREAN_UNITS = (
    "원|월|년|시|분|초|개|명|만|천|백|층|동|세|살|퍼|프로|주|달|회|차|배|번째|기가|대|건|통|장|점|등|자리|박|권|판|알|톤"
    "|키로|킬로|그램|미터|리터|평|병|잔|인분|마리|상자|박스|팩|켤레|곡|쪽|페이지|학년|급|단계|종|매|편|과목|군데|곳|달러|와트|볼트"
)
"""What stands behind a figure that counts or measures; 일 and 호 besides, which also sound like 1 and 5."""
# Endings of all kinds, but no unit: "4111번으로요" is a number, "5천원", "3일" are amounts.
_BEHIND_FIGURES = re.compile(rf"(?!{KOREAN_UNITS}|억|일|호)[가-힣]{{0,6}}")
_MONTH = re.compile(
    r"jan(?:uary)?|feb(?:ruary)?|march|april|may|june|july|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|월|년"
)
_WRITTEN = re.compile(r"(?:[a-z]+[:=#]|[#$£€])*[\d\s,./·‐‑–—()+-]*\d[\d\s,./·‐‑–—()+-]*")
# What stands behind a currency sign and looks otherwise is digits: "$4111", "$4.111-11".
_AMOUNT = re.compile(r"[$£€](?:\d{1,3}(?:,\d{3})*(?:\.\d\d?)?|\d+\.\d\d)")
_KOREAN_BEFORE_FIGURES = re.compile(r"[영공일이삼사오육륙칠팔구]+(?=\d)")
_NO_SEPARATORS = str.maketrans("", "", " ,.·-")
_FILLER = re.compile(
    r"[\W_]*|and|then|next|dash|hyphen|space|slash|stroke|so|it'?s|that'?s|is|um+|uh+|er+|hm+|let'?s|let|me|see"
    r"|wait|actually|i|plus|아|잠깐만요?|잠시만요?|다음은"
    r"|다시|대시|그리고|다음|그다음|그|저|또|에|의|어+|음+|이제"
)
_CORRECTION = re.compile(
    r"no|nope|sorry|mean|correction|oops|wrong|아니요?|아니다|아니에요|아니라|죄송해요|죄송합니다"
)
_UNIT_AFTER = re.compile(
    r"dollars?|bucks?|cents?|pounds?|euros?|percent|%|days?|hours?|minutes?|seconds?|sec|moments?"
    r"|weeks?|months?|years?|o'?clock|a\.?m|p\.?m|times?|items?|gb|mb|gigs?|gigabytes?|megabits?|mbps|miles?|digits?|more|원|개|분|시간|개월|퍼센트|만|천"
)
# "This one" is no digit.
_PRONOUN_BEFORE = re.compile(
    r"this|that|the|which|another|other|new|old|right|wrong|no|any|every|some|good|bad|last|first"
)
# "The first four" counts.
_COUNT_BEFORE = re.compile(r"first|last|next|other")
# The recogniser writes groups of a card number so, too: "$41.11, then $11.11".
_GROUP = re.compile(r"[$£€]?\d\d\.\d\d")
_BEHIND_SIGN = re.compile(r"[$£€]\d")
_AROUND = ".,!?;:…\"'“”‘’()[]~ "


@dataclass(frozen=True)
class Token:
    """A word of a turn, or some that belong together, and what it may be read as.

    `first` and `last` are places in the turn's words; `readings` are the possible digits, the
    likeliest first, and empty for what holds none.
    """

    turn: int
    first: int
    last: int
    kind: TokenKind
    readings: tuple[str, ...] = ()
    text: str = ""

    @property
    def digits(self) -> str:
        """The likeliest digits."""
        return self.readings[0] if self.readings else ""


def read_tokens(number: int, turn: Turn) -> tuple[Token, ...]:
    """The tokens of the turn, which is number `number` of the call."""
    tokens = [
        _read(Token(number, first, last, "other", text=text)) for first, last, text in _spaced(turn)
    ]
    read = _misheard_among_digits(_with_amounts_in_a_row(tokens))
    return tuple(_without_amounts(_joined(_joined(read, _times_behind), _pair)))


def _spaced(turn: Turn) -> Iterator[tuple[int, int, str]]:
    """What stands between spaces: the places of its words and its text in lower case."""
    first = 0
    for place in range(1, len(turn.words) + 1):
        if place == len(turn.words) or turn.words[place].space_before:
            text = "".join(word.text for word in turn.words[first:place])
            yield first, place - 1, text.lower().strip(_AROUND)
            first = place


def _read(token: Token) -> Token:
    kind, readings = _meaning(token.text)
    return token if kind == "other" else replace(token, kind=kind, readings=readings)


@lru_cache(maxsize=20_000)
def _meaning(text: str) -> tuple[TokenKind, tuple[str, ...]]:
    """What a word is, and the digits it may be read as."""
    if text in _ENGLISH:
        return "digits", (_ENGLISH[text],)
    if text in _SOUNDS_LIKE:
        return "filler", ("", _SOUNDS_LIKE[text])
    if _KOREAN_DATE.fullmatch(text) or _MONTH.fullmatch(text):
        return "date", ()
    if readings := _written(text) or _hyphenated(text) or _korean(text):
        return "digits", readings
    if _CORRECTION.fullmatch(text):
        return "correction", ()
    if _FILLER.fullmatch(text) or is_back_channel([text]):
        return "filler", ()
    return "other", ()


def _written(text: str) -> tuple[str, ...]:
    """Digits in figures, Korean particles behind them, "#" or "card:" before them; "9사904"."""
    figures = _KOREAN_BEFORE_FIGURES.sub(_in_figures, text)
    match = _WRITTEN.match(figures)
    if match is None or not _BEHIND_FIGURES.fullmatch(figures, match.end()):
        return ()
    return () if _AMOUNT.fullmatch(text) else (figures_in(match.group()),)


def _in_figures(syllables: re.Match[str]) -> str:
    return "".join(_KOREAN[syllable] for syllable in syllables.group())


def figures_in(text: str) -> str:
    """The decimal figures of a text, in order."""
    return "".join(character for character in text if character.isdecimal())


def _hyphenated(text: str) -> tuple[str, ...]:
    """Number words with hyphens: "forty-one", "four-one-one"."""
    parts = text.split("-")
    if len(parts) < 2 or any(part not in _ENGLISH for part in parts):
        return ()
    if len(parts) == 2 and parts[0] in _TENS and parts[1] in _UNITS:
        return (_TENS[parts[0]][0] + _UNITS[parts[1]],)
    return ("".join(_ENGLISH[part] for part in parts),)


def _korean(text: str) -> tuple[str, ...]:
    """Korean digits in a row; a last 이 may be the digit or part of the ending."""
    readings = []
    digits, place = "", 0
    bare = text.translate(_NO_SEPARATORS)
    while match := _KOREAN_DIGIT.match(bare, place):
        digits, place = digits + _KOREAN[match.group()], match.end()
        if _KOREAN_TAIL.fullmatch(bare, place):
            readings.append(digits)
    return tuple(reversed(readings))


def _with_amounts_in_a_row(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with amounts read as digits where one beside them can only be digits of a card."""
    read = list(tokens)
    said = [n for n, token in enumerate(tokens) if token.kind not in ("filler", "correction")]
    for pair in pairwise(said):
        if _are_groups([tokens[place] for place in pair]):
            for place in pair:
                readings = (figures_in(tokens[place].text),)
                read[place] = replace(tokens[place], kind="digits", readings=readings)
    return read


def _are_groups(beside: Sequence[Token]) -> bool:
    """Whether one stands behind a currency sign and one is no amount, or each is dd.dd."""
    signed = [token for token in beside if _BEHIND_SIGN.match(token.text)]
    if len(signed) == len(beside) and any(token.kind == "digits" for token in beside):
        return True
    return bool(signed) and all(_GROUP.fullmatch(token.text) for token in beside)


def _misheard_among_digits(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with "for" and "ate" read as digits where little but digits stands beside them."""
    read = []
    for among, group in groupby(tokens, key=lambda t: t.kind == "digits" or _is_alike(t)):
        row = list(group)
        single = sum(len(token.digits) == 1 for token in row)
        if among and ((single >= 2 and len(row) > 3) or (single and row[-1].text == "ate")):
            row = [
                replace(t, kind="digits", readings=t.readings[::-1])
                if _is_alike(t) and (place or t.text not in ("to", "too"))
                else t
                for place, t in enumerate(row)
            ]
        read += row
    return read


def _is_alike(token: Token) -> bool:
    return token.text in _SOUNDS_LIKE and token.text.isascii()


def _joined(
    tokens: Iterable[Token], pair: Callable[[Token, Token], Token | None]
) -> Iterator[Token]:
    """The tokens with those made one that are a pair, and what they are made with the next one."""
    held: Token | None = None
    for token in tokens:
        both = pair(held, token) if held is not None else None
        if both is not None:
            held = both
            continue
        if held is not None:
            yield held
        held = token
    if held is not None:
        yield held


def _times_behind(one: Token, two: Token) -> Token | None:
    """How often a digit before is said: "두 개고요"."""
    text = f"{one.text} {two.text}"
    if one.text not in _KOREAN_TIMES or not _TIMES_BEHIND.fullmatch(text):
        return None
    return replace(one, last=two.last, kind="other", readings=(), text=text)


def _pair(one: Token, two: Token) -> Token | None:
    """One token of two: "double four", "forty one", "forty-one hundred", "일사 두 개"."""
    readings: tuple[str, ...] = ()
    if one.text in _TIMES and len(two.digits) == 1:
        readings = (two.digits * _TIMES[one.text],)
    elif one.text in _TENS and two.text in _UNITS and two.digits != "0":
        readings = (one.digits[0] + two.digits, one.digits + two.digits)
    elif one.kind == "digits" and two.text in _ROUND and len(one.digits) <= 2:
        readings = (one.digits + _ROUND[two.text],)
    elif one.kind == "digits" and (times := _TIMES_BEHIND.fullmatch(two.text)):
        more = _KOREAN_TIMES[times[1]] - 1
        readings = tuple(digits + digits[-1] * more for digits in reversed(one.readings))
    if not readings:
        return None
    return replace(
        one, last=two.last, kind="digits", readings=readings, text=f"{one.text} {two.text}"
    )


def _without_amounts(tokens: Iterator[Token]) -> list[Token]:
    """The tokens, but for "5 dollars", "this one", "the first four" and a lone "oh": those are no digits."""
    read = list(tokens)
    for place, token in enumerate(read):
        before = read[place - 1].text if place else ""
        after = read[place + 1].text if place + 1 < len(read) else ""
        if _is_amount(token, after) or _is_counted(token, before):
            read[place] = replace(token, kind="other", readings=())
        elif token.text in ("oh", "o") and not _beside_digits(read, place):
            read[place] = replace(token, kind="filler", readings=("", "0"))
    return read


def _is_amount(token: Token, after: str) -> bool:
    return 1 <= len(token.digits) <= 4 and _UNIT_AFTER.fullmatch(after) is not None


def _is_counted(token: Token, before: str) -> bool:
    one = token.text == "one" and _PRONOUN_BEFORE.fullmatch(before) is not None
    return one or (token.text in _UNITS and _COUNT_BEFORE.fullmatch(before) is not None)


def _beside_digits(tokens: Sequence[Token], place: int) -> bool:
    beside = [*tokens[max(0, place - 1) : place], *tokens[place + 1 : place + 2]]
    return any(token.kind == "digits" for token in beside)
