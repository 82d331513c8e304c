"""What is said again of hidden card data: by the agent who reads it back, or with letters that were heard beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from callreview.analysis.personal_data.found import Taken
from callreview.analysis.personal_data.number_context import PLAINLY_OTHERS
from callreview.analysis.personal_data.spoken_numbers import Token, figures_in
from callreview.analysis.personal_data.spoken_runs import SpokenRuns
from callreview.domain.personal_data import CARD_KINDS, CARD_NUMBER, SECURITY_CODE

AGAIN_TURNS, AGAIN_CARD_DIGITS, AGAIN_DIGITS = 3, 4, 3
"""So soon so many digits of a number, or of a code or date, are said again; two of a PIN only in the very next turn."""


@dataclass(frozen=True)
class _Said:
    """What is said in digits in a turn."""

    turn: int
    digits: str
    tokens: tuple[Token, ...]


@dataclass(frozen=True)
class _Hidden:
    """The digits of a number, code or date that is hidden."""

    turn: int
    digits: str
    kind: str


def find_repeats(spoken: SpokenRuns, taken: Taken) -> Iterator[tuple[Token, str]]:
    """The tokens that say hidden numbers, codes and dates again, and what they are."""
    hidden = [*_hidden(spoken, taken)]
    for said in _figures(spoken) if hidden else ():
        named = spoken.context.named_before(said.turn, said.tokens[0].first)
        if not named & PLAINLY_OTHERS:
            kind = next((one.kind for one in hidden if _is_again(said, one)), "")
            yield from ((token, kind) for token in said.tokens if kind)


def _figures(spoken: SpokenRuns) -> Iterator[_Said]:
    """Everything that is said in digits, in a row or as a word with letters ("CVV404")."""
    for run in spoken.runs:
        for piece in run.by_turn():
            yield _Said(piece.turn, piece.digits, tuple(piece.spoken()))
    for number, tokens in enumerate(spoken.tokens):
        for token in tokens:
            if token.kind == "other" and (figures := figures_in(token.text)):
                yield _Said(number, figures, (token,))


def _hidden(spoken: SpokenRuns, taken: Taken) -> Iterator[_Hidden]:
    for number, tokens in enumerate(spoken.tokens):
        for kind, group in groupby(tokens, key=taken.kind):
            digits = "".join(token.digits or figures_in(token.text) for token in group)
            if kind in CARD_KINDS and len(digits) > 1:
                yield _Hidden(number, digits, kind)


def _is_again(said: _Said, one: _Hidden) -> bool:
    away = abs(said.turn - one.turn)
    if one.kind == CARD_NUMBER:
        is_part = len(said.digits) >= AGAIN_CARD_DIGITS and said.digits in one.digits
        return is_part and away <= AGAIN_TURNS
    if len(one.digits) < AGAIN_DIGITS:
        return said.digits == one.digits and away <= 1 and one.kind == SECURITY_CODE
    return said.digits == one.digits and away <= AGAIN_TURNS
