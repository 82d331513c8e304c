"""What the model says of the words near the talk of a card."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from callreview.analysis.arrays import Floats
from callreview.analysis.personal_data.found import Place, Taken
from callreview.analysis.personal_data.misheard_digits import count_digits
from callreview.analysis.personal_data.number_context import PLAINLY_OTHERS, Subject
from callreview.analysis.personal_data.spoken_numbers import Token, figures_in
from callreview.analysis.personal_data.spoken_runs import SpokenRuns
from callreview.domain.personal_data import CARD_KINDS
from callreview.domain.transcript import Turn

TURNS_BEFORE, TURNS_AFTER = 8, 16
"""So near to the talk of a card its data is looked for."""
PART_DIGITS, AROUND_TURNS = 4, 4
"""Elsewhere ("read me the plastic") it is looked for so near to so many digits..."""
SURE_DIGITS, SURE_FROM = 4, 0.7
"""...and so many must be so likely..."""
ONE_SIDED_DIGITS, ONE_SIDED_FROM = 13, 0.9
"""...or, where only one side of the talk is known and the questions are missing, so many so likely."""

_OF_CARDS: frozenset[Subject] = frozenset(("card", "payment", "security", "expiry"))
_NOT_ASKED: Floats = np.array([1.0, *[0.0] * len(CARD_KINDS)], np.float32)


class LikelyCards:
    """How likely the tokens of a call are card data; far from the talk of a card only where the model is sure."""

    def __init__(self, spoken: SpokenRuns, ruled: Taken) -> None:
        self._answers: dict[Place, Floats] = {}
        talks = {*_of_cards(spoken, ruled)}
        known = {
            turn
            for near in _near(sorted(talks), spoken, TURNS_BEFORE, TURNS_AFTER)
            for turn in near
        }
        elsewhere = [number for number in _of_digits(spoken) if number not in known]
        for near in _near(elsewhere, spoken, AROUND_TURNS, AROUND_TURNS):
            if _is_sure(spoken, near, _ask(spoken.turns, near)):
                talks.update(near)
        for near in _near(sorted(talks), spoken, TURNS_BEFORE, TURNS_AFTER):
            self._answers |= _ask(spoken.turns, near)

    def chance(self, token: Token) -> float:
        """How likely the token is card data."""
        return 1 - float(self._answer(token)[0])

    def average(self, tokens: Sequence[Token]) -> float:
        """How likely the numbers among the tokens are card data, or all where there are none."""
        numbers = [token for token in tokens if is_number(token)] or tokens
        return sum(map(self.chance, numbers)) / max(1, len(numbers))

    def kind(self, tokens: Sequence[Token]) -> str:
        """What card data the tokens are, if any."""
        answers = sum(map(self._answer, tokens), np.zeros_like(_NOT_ASKED))
        return CARD_KINDS[int(answers[1:].argmax())]

    def _answer(self, token: Token) -> Floats:
        """What the model says of that of the token's words which is surest to be card data."""
        places = ((token.turn, word) for word in range(token.first, token.last + 1))
        answers = (self._answers.get(place, _NOT_ASKED) for place in places)
        return min(answers, key=lambda answer: float(answer[0]))


def is_number(token: Token) -> bool:
    """Whether the token is digits or (like "May") of a date, or holds figures or misheard digits."""
    return token.kind == "date" or _count(token) > 0


def _ask(turns: Sequence[Turn], near: range) -> dict[Place, Floats]:
    # Loaded when there is something to ask: ONNX Runtime is nothing for the start of the window.
    from callreview.analysis.personal_data.card_tagger import shipped_card_tagger

    return shipped_card_tagger().likelihoods(turns, near)


def _of_cards(spoken: SpokenRuns, ruled: Taken) -> Iterator[int]:
    """The turns that talk of a card."""
    for number, tokens in enumerate(spoken.tokens):
        if spoken.context.named(number) & _OF_CARDS or any(token in ruled for token in tokens):
            yield number


def _of_digits(spoken: SpokenRuns) -> Iterator[int]:
    """The turns that say as much as a part of a card number."""
    for number, tokens in enumerate(spoken.tokens):
        if sum(map(_count, tokens)) >= PART_DIGITS:
            yield number


def _near(turns: Iterable[int], spoken: SpokenRuns, before: int, after: int) -> Iterator[range]:
    """The stretches of so many turns of the call before and after these, which are in order."""
    first, last = 0, 0
    for number in turns:
        start = max(0, number - before)
        if start > last:
            if last:
                yield range(first, last)
            first = start
        last = min(len(spoken.turns), number + 1 + after)
    if last:
        yield range(first, last)


def _count(token: Token) -> int:
    return count_digits(token) or len(figures_in(token.text))


def _is_sure(spoken: SpokenRuns, near: range, answers: dict[Place, Floats]) -> bool:
    """Whether the model finds so much card data in these turns that it is to be believed."""
    is_talk = len({spoken.turns[number].role for number in near}) > 1
    digits, sure_from = (SURE_DIGITS, SURE_FROM) if is_talk else (ONE_SIDED_DIGITS, ONE_SIDED_FROM)
    return digits <= sum(
        _count(token)
        for number in near
        for token in spoken.tokens[number]
        if 1 - answers.get((number, token.first), _NOT_ASKED)[0] >= sure_from
        and not _is_named_another(spoken, token)
    )


def _is_named_another(spoken: SpokenRuns, token: Token) -> bool:
    """Whether the turn, or else the one before it, names another number than one of a card."""
    named = spoken.context.named_before(token.turn, token.first)
    if not named and token.turn:
        named = spoken.context.named(token.turn - 1)
    return bool(named & PLAINLY_OTHERS)
