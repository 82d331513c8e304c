"""What the model says of the words near the talk of a card."""

from collections.abc import Iterator, Sequence

import numpy as np

from callreview.analysis.arrays import Floats
from callreview.analysis.personal_data.card_tagger import CARD_KINDS, Place, shipped_card_tagger
from callreview.analysis.personal_data.found import Taken
from callreview.analysis.personal_data.misheard_digits import count_digits
from callreview.analysis.personal_data.number_context import Subject
from callreview.analysis.personal_data.spoken_numbers import Token, figures_in
from callreview.analysis.personal_data.spoken_runs import SpokenRuns

TURNS_BEFORE, TURNS_AFTER = 8, 16
"""So near to the talk of a card its data is looked for."""

_OF_CARDS: frozenset[Subject] = frozenset(("card", "payment", "security", "expiry"))
_NOT_ASKED: Floats = np.array([1.0, *[0.0] * len(CARD_KINDS)], np.float32)


class LikelyCards:
    """How likely the tokens of a call are card data; far from the talk of a card none is."""

    def __init__(self, spoken: SpokenRuns, ruled: Taken) -> None:
        self._answers: dict[Place, Floats] = {}
        for near in _near_cards(spoken, ruled):
            self._answers |= shipped_card_tagger().likelihoods(spoken.turns, near)

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
    figures = bool(figures_in(token.text))
    return token.kind in ("digits", "date") or figures or count_digits(token) > 0


def _near_cards(spoken: SpokenRuns, ruled: Taken) -> Iterator[range]:
    """The stretches of turns near the talk of a card."""
    first, last = 0, 0
    for number, tokens in enumerate(spoken.tokens):
        named = spoken.context.named(number) & _OF_CARDS
        if named or any(token in ruled for token in tokens):
            start = max(0, number - TURNS_BEFORE)
            if start > last:
                if last:
                    yield range(first, last)
                first = start
            last = min(len(spoken.tokens), number + 1 + TURNS_AFTER)
    if last:
        yield range(first, last)
