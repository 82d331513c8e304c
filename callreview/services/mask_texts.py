"""Personal data in dialogues that are given as text, without a call or a workspace."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from callreview.analysis.personal_data.found import Found
from callreview.analysis.personal_data.mask import find_personal_data, language_of, without_end
from callreview.domain.personal_data import KINDS, mask_text
from callreview.domain.transcript import Role, Turn, Word
from callreview.exchange.turn_lines import TurnLine

_WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class FoundText:
    """Personal data of a kind, from character `start` to before `end` of the text as it was given."""

    type: str
    start: int
    end: int


@dataclass(frozen=True)
class MaskedText:
    """A text with masks in place of personal data, and where in the text that was given it was."""

    text: str
    found: tuple[FoundText, ...]


def mask_texts(lines: Sequence[TurnLine], kinds: Iterable[str] = KINDS) -> list[MaskedText]:
    """Mask personal data of these kinds in the turns of dialogues; card data always is.

    The lines are one dialogue, in which a number may go on over several turns; a blank line begins
    a new one.
    """
    masked: list[MaskedText] = []
    for blank, group in groupby(lines, key=lambda line: not line.text.strip()):
        dialogue = [*group]
        if blank:
            masked += [MaskedText(line.text, ()) for line in dialogue]
        else:
            masked += _mask_dialogue(dialogue, frozenset(kinds))
    return masked


def without_personal_data(text: str, kinds: Iterable[str]) -> str:
    """A text of a reviewer with masks in place of personal data of these kinds."""
    lines = [TurnLine("", line) for line in text.split("\n")]
    return "\n".join(masked.text for masked in mask_texts(lines, kinds))


def _mask_dialogue(lines: Sequence[TurnLine], kinds: frozenset[str]) -> Iterator[MaskedText]:
    turns = [_turn(line, line.role, number) for number, line in enumerate(lines)]
    found = {*find_personal_data(turns, kinds)}
    if not any(line.role for line in lines):
        # Nobody knows who speaks: one person all the time, or two in turns.
        turns = [replace(turn, speaker=str(number % 2)) for number, turn in enumerate(turns)]
        found |= {*find_personal_data(turns, kinds)}
    for number, (line, turn) in enumerate(zip(lines, turns, strict=True)):
        yield _masked(line.text, turn, [one for one in found if one.turn == number])


_ROLES: dict[str, Role] = {"agent": "agent", "customer": "customer"}


def _turn(line: TurnLine, speaker: str, number: int) -> Turn:
    words = tuple(Word(word, number, number + 1, 1.0) for word in line.text.split())
    role = _ROLES.get(line.role.lower(), "unknown")
    return Turn(speaker, role, number, number + 1, words)


def _masked(text: str, turn: Turn, found: Iterable[Found]) -> MaskedText:
    places = [match.span() for match in _WORD.finditer(text)]
    language = language_of(turn)
    stretches: list[FoundText] = []
    pieces, done = [], 0
    for one in sorted(found, key=lambda one: (one.first, -one.last)):
        start, end = places[one.first][0], places[one.last][1]
        end = start + len(without_end(text[start:end]))
        if start < done:
            continue
        pieces += [text[done:start], mask_text(one.kind, language)]
        stretches.append(FoundText(one.kind, start, end))
        done = end
    return MaskedText("".join((*pieces, text[done:])), tuple(stretches))
