"""Dialogues in which every word is marked as card data or not.

`calls.en.jsonl`, `calls.ko.jsonl`: {braces} card number, [brackets] security code, «guillemets» expiry date,
<angle brackets> any other number. Besides: the dialogues of `tests/data/card_talk` up to set `LEARNT_SETS`, where
{braces} are all three; those that were spoken and recognised and count as seen; made-up ones.
"""

import json
from collections.abc import Iterator, Sequence, Set
from pathlib import Path
from random import Random

from callreview.domain.transcript import Turn, Word
from tests.perf.measure_personal_data import (
    HANDS,
    HANDS_LEARNT,
    HEARD_SEEN,
    SPOKEN,
    Heard,
    digits_in,
    heard,
    talk_by_hands,
)
from tests.perf.spoken_cards import as_misheard, as_written
from tests.unit.card_dialogues import Dialogue, english, korean

OTHER, CARD, CODE, DATE, OF_A_CARD, UNKNOWN = 0, 1, 2, 3, 4, -1
"""What a word is; `OF_A_CARD` is one of the three, `UNKNOWN` is not learnt from."""

LEARNT_SETS = 8
MADE_UP = range(50_000, 50_150)
"""Seeds of the made-up dialogues; none is measured."""

Said = list[tuple[str, int]]
"""Words and what they are."""
Lines = list[tuple[str, Said]]
"""Roles and what they say."""

EDGE_S = 0.3
"""So near to card data nobody knows for sure which word of the recogniser was said when."""

_CALLS = Path(__file__).parent
_OPEN = {"{": CARD, "[": CODE, "«": DATE, "<": OTHER}
_CLOSE = set("}]»>")
_NO_MARKS = str.maketrans("", "", "{}[]«»<>")


def all_dialogues() -> Iterator[Lines]:
    """Everything that is learnt from; every tenth of the written calls is kept for `kept_dialogues`."""
    for language in ("en", "ko"):
        yield from (lines for number, lines in _written(language) if number % 10 != 9)
        yield from by_hands(language)
        yield from _heard(language)
        yield from _made_up(language)
        yield from _with_other_numbers(language)


def kept_dialogues(language: str) -> Iterator[Lines]:
    """The written calls that are not learnt from."""
    yield from (lines for number, lines in _written(language) if number % 10 == 9)


def by_hands(language: str) -> Iterator[Lines]:
    """The dialogues of `tests/data/card_talk` that are learnt from."""
    for number, dialogue in talk_by_hands(language):
        if number <= LEARNT_SETS:
            yield _with_hidden(dialogue)


def marked_words(text: str) -> Said:
    """The words of a marked text, and what each is."""
    words, now = [], OTHER
    for marked in text.split():
        what = now
        for character in marked:
            if character in _OPEN:
                now = _OPEN[character]
                what = now
            elif character in _CLOSE:
                now = OTHER
        if word := marked.translate(_NO_MARKS):
            words.append((word, what))
    return words


def _written(language: str) -> Iterator[tuple[int, Lines]]:
    path = _CALLS / f"calls.{language}.jsonl"
    for line in path.read_text("utf-8").splitlines():
        call = json.loads(line)
        yield call["number"], [(role, marked_words(text)) for role, text in call["lines"]]


def _heard(language: str) -> Iterator[Lines]:
    for one in heard(language):
        if one.number < HEARD_SEEN[language]:
            yield _recognised(one, CARD)
    for hands in HANDS:
        for one in heard(f"{language}.{hands}"):
            if one.number < HANDS_LEARNT:
                yield _recognised(one, OF_A_CARD)


def _recognised(one: Heard, hidden: int) -> Lines:
    """What was said in the seconds of card data is that; words at their edges are not learnt from."""
    return [
        (turn.role, _spaced(turn, [_when_said(one, word, hidden) for word in turn.words]))
        for turn in one.turns
    ]


def _when_said(one: Heard, word: Word, hidden: int) -> int:
    if one.is_hidden(word, -EDGE_S) or (one.is_hidden(word) and any(map(str.isdecimal, word.text))):
        return hidden
    return UNKNOWN if one.is_hidden(word, EDGE_S) else OTHER


def _spaced(turn: Turn, kinds: Sequence[int]) -> Said:
    """What stands between spaces in a turn, and what it is: card data before unknown, unknown before other."""
    said: Said = []
    for word, what in zip(turn.words, kinds, strict=True):
        if said and not word.space_before:
            text, before = said.pop()
            said.append((text + word.text, max(what, before) or min(what, before)))
        else:
            said.append((word.text, what))
    return said


def _made_up(language: str) -> Iterator[Lines]:
    for seed in MADE_UP:
        random = Random(f"train {language} {seed}")
        lines = SPOKEN[language](random)
        if seed % 3 == 0:
            lines = as_misheard(lines, random, language)
        elif seed % 3 == 1:
            lines = as_written(lines, random, language)
        dialogue = Dialogue(language)
        for role, text in lines:
            dialogue.say("agent" if role == "agent" else "customer", text)
        yield _with_digits(dialogue.turns, digits_in(dialogue.turns, dialogue.hidden))


def _with_other_numbers(language: str) -> Iterator[Lines]:
    make = {"en": english, "ko": korean}[language]
    for seed in MADE_UP:
        yield _with_hidden(make(Random(f"train {language} {seed}")))


def _with_hidden(dialogue: Dialogue) -> Lines:
    """The hidden words are of a card, the others are not."""
    return [
        (
            turn.role,
            [
                (word.text, OF_A_CARD if (number, place) in dialogue.hidden else OTHER)
                for place, word in enumerate(turn.words)
            ],
        )
        for number, turn in enumerate(dialogue.turns)
    ]


def _with_digits(turns: Sequence[Turn], digits: Set[tuple[int, int]]) -> Lines:
    """The digits are of a card number; what is said between them is not learnt from."""
    lines = []
    for number, turn in enumerate(turns):
        places = [place for place in range(len(turn.words)) if (number, place) in digits]
        between = range(places[0], places[-1]) if places else range(0)
        kinds = [
            CARD if place in places else UNKNOWN if place in between else OTHER
            for place in range(len(turn.words))
        ]
        lines.append((turn.role, _spaced(turn, kinds)))
    return lines
