"""Changes calls a little each time they are learnt from: other digits, and what a recogniser might make of them.

What is replaced by what was seen in the recognised dialogues of `tests/data/card_speech`.
"""

import re
from collections.abc import Callable, Sequence
from itertools import groupby
from random import Random

from training.cards.dialogues import CARD, OTHER, UNKNOWN, Lines, Said

LOWER, BARE = 0.3, 0.25
"""So often a call is read in small letters, and without marks at the ends of words..."""
ONE_SIDED, WITH_GAPS, CONFUSED = 0.1, 0.1, 0.1
"""...of one side only, without every fifth turn, and with every fifth turn given to the other side."""
OTHER_DIGITS, REGROUPED, MISHEARD, GARBLED = 0.4, 0.3, 0.25, 0.15
"""So often its digits are others, stand in other groups, are misheard, and its words are others."""
FIFTH = 0.2
"""So many turns, digits or words are changed in a call in which some are."""

Words = Sequence[str]

_MARKS = re.compile(r"[.,?!]+$")
_DIGITS = re.compile(r"[-,.]?\d+(?:[-,]\d+)*[.,?!]?")
_KEPT_DATE = re.compile(r"[/.:]|^0?[1-9]$|^1[0-2]$")
_FEWEST_REGROUPED = 6
_BETWEEN = (" ", " ", ", ", "-", ",", " -", " and ", ".")
_ENGLISH_SOUNDS = {
    "one": ("wan", "won", "1"),
    "two": ("to", "too", "2"),
    "three": ("free", "tree", "3"),
    "four": ("for", "fall", "far", "faw", "fa", "ball", "4"),
    "five": ("file", "fife", "F", "5"),
    "six": ("sex", "sick", "6"),
    "seven": ("Kevin", "7"),
    "eight": ("at", "ate", "a", "hate", "8"),
    "nine": ("line", "nein", "9"),
    "zero": ("hero", "0"),
    "oh": ("or", "all", "O", "0"),
    "nought": ("not", "0"),
    "double": ("W", "trouble", "-double", "-f"),
    "triple": ("travel", "tribal", "-triple"),
    "4": ("fall", "far", "for", "faw", "fa", "4 at"),
    "5": ("file", "F", "-f"),
    "8": ("at", "a", "ate"),
    "2": ("to", "two"),
}
_KOREAN_SOUNDS = {
    **{
        "공": "봉곤후",
        "영": "용",
        "일": "이리",
        "이": "리희",
        "삼": "상사",
        "사": "자싸",
        "오": "호요",
    },
    **{"육": "욕유", "륙": "유욕", "칠": "질지", "팔": "발파", "구": "고유"},
}
_KOREAN_ROW = re.compile(r"([공영일이삼사오육륙칠팔구]{2,})(\D*)")


def varied(lines: Lines, vocabulary: Words, chance: Random) -> Lines:
    """The call in other digits, groups and words, in other letters, or with turns missing or confused."""
    if chance.random() < OTHER_DIGITS:
        lines = _with_other_digits(lines, chance)
    if chance.random() < REGROUPED:
        lines = [(role, _regrouped(said, chance)) for role, said in lines]
    if chance.random() < MISHEARD:
        lines = [(role, _misheard(said, chance)) for role, said in lines]
    if chance.random() < GARBLED:
        lines = [(role, _garbled(said, vocabulary, chance)) for role, said in lines]
    return _rewritten(_of_some_turns(lines, chance), chance)


def vocabulary_of(calls: Sequence[Lines]) -> Words:
    """The words without figures that are said in the calls, as often as they are."""
    return [
        word
        for call in calls
        for _, said in call
        for word, what in said
        if what == OTHER and not any(map(str.isdecimal, word))
    ]


def _with_other_digits(lines: Lines, chance: Random) -> Lines:
    """Each digit but 0 is another, the same in the whole call: what is said again still is."""
    digits = "123456789"
    others = str.maketrans(digits, "".join(chance.sample(digits, len(digits))))

    def other(word: str, what: int) -> str:
        is_changed = what in (CARD, OTHER) and not _KEPT_DATE.search(word)
        return word.translate(others) if is_changed else word

    return [(role, [(other(word, what), what) for word, what in said]) for role, said in lines]


def _regrouped(said: Said, chance: Random) -> Said:
    """Long rows of digits, whatever they are of, in other groups with other marks between them."""
    made: Said = []
    for (what, is_row), group in groupby(
        said, key=lambda one: (one[1], bool(_DIGITS.fullmatch(one[0])))
    ):
        row = [*group]
        digits = "".join(filter(str.isdecimal, "".join(word for word, _ in row)))
        if is_row and what in (CARD, OTHER) and len(digits) >= _FEWEST_REGROUPED:
            end = _MARKS.search(row[-1][0])
            made += _in_groups(digits, what, chance)
            made[-1] = (made[-1][0] + (end[0] if end else ""), what)
        else:
            made += row
    return made


def _in_groups(digits: str, what: int, chance: Random) -> Said:
    between, longest = chance.choice(_BETWEEN), chance.randint(1, 5)
    groups = []
    while digits:
        size = chance.randint(1, longest)
        groups.append(digits[:size])
        digits = digits[size:]
    return [
        (word, what if any(map(str.isdecimal, word)) else UNKNOWN)
        for word in between.join(groups).split()
    ]


def _misheard(said: Said, chance: Random) -> Said:
    made: Said = []
    for word, what in said:
        plain = _MARKS.sub("", word)
        sounds = _ENGLISH_SOUNDS.get(plain.lower(), ())
        if sounds and chance.random() < 2 * FIFTH:
            heard = chance.choice(sounds) + word[len(plain) :]
            made += [(one, what) for one in heard.split()]
        else:
            made.append((_KOREAN_ROW.sub(lambda row: _misheard_row(row, chance), word), what))
    return made


def _misheard_row(row: re.Match[str], chance: Random) -> str:
    heard = (
        chance.choice(_KOREAN_SOUNDS[one]) if chance.random() < FIFTH else one for one in row[1]
    )
    return "".join(heard) + row[2]


def _garbled(said: Said, vocabulary: Words, chance: Random) -> Said:
    """Every fifth word without figures that is of no card is another."""
    return [
        (chance.choice(vocabulary), what)
        if what == OTHER and word.isalpha() and chance.random() < FIFTH
        else (word, what)
        for word, what in said
    ]


def _of_some_turns(lines: Lines, chance: Random) -> Lines:
    if chance.random() < ONE_SIDED:
        lines = [line for line in lines if line[0] != "agent"] or lines
    if chance.random() < WITH_GAPS:
        lines = [line for line in lines if chance.random() >= FIFTH] or lines
    if chance.random() < CONFUSED:
        lines = [_of_the_other(*line) if chance.random() < FIFTH else line for line in lines]
    return lines


def _of_the_other(role: str, said: Said) -> tuple[str, Said]:
    return "customer" if role == "agent" else "agent", said


def _rewritten(lines: Lines, chance: Random) -> Lines:
    """In small letters, or without the marks at the ends of words."""
    changes: list[Callable[[str], str]] = []
    if chance.random() < LOWER:
        changes.append(str.lower)
    if chance.random() < BARE:
        changes.append(lambda word: _MARKS.sub("", word) or word)
    for change in changes:
        lines = [(role, [(change(word), what) for word, what in said]) for role, said in lines]
    return lines
