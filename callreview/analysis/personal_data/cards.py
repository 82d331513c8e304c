"""Payment cards in a call: what rules find and what a small model finds, each correcting the other.

The rules (`card_numbers`) know what a card number is; the model (`card_tagger`) knows in how many ways people
ask for a card, its code and its date, and what else they say in numbers. A number that passes the check
of Luhn is one whatever the model says; what answers a plain question for number or code is one unless the model
is all but certain of something else (ADR 14).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from callreview.analysis.personal_data.card_numbers import find_by_rules
from callreview.analysis.personal_data.card_repeats import find_repeats
from callreview.analysis.personal_data.found import Taken
from callreview.analysis.personal_data.likely_cards import LikelyCards, is_number
from callreview.analysis.personal_data.number_context import PLAINLY_OTHERS, Subject
from callreview.analysis.personal_data.spoken_numbers import Token
from callreview.analysis.personal_data.spoken_runs import SpokenRuns
from callreview.domain.personal_data import (
    CARD_KINDS,
    CARD_NUMBER,
    EXPIRY_DATE,
    SECURITY_CODE,
)

HIDE_FROM = 0.2
"""So likely on average must the numbers of a row be card data to be hidden where no rule says so..."""
FROM_TO = 0.05
"""...from the first to the last that is at least so likely..."""
HIDE_ONE_FROM = 0.5
"""...and so likely must single ones be in a row that is none."""
KEEP_BELOW = 0.1
"""So unlikely on average must numbers be to stay readable against the rules..."""
KEEP_ASKED_BELOW = 0.01
"""...and so unlikely where they answer a plain question for a card number or a code, or are as long as a number."""
HIDE_ASKED_FROM = 0.003
"""So likely must a number be that no rule took, behind an agent's question for card data."""
SURE_OF_KIND_FROM = 0.5
"""So likely on average must they be for the model to say what card data they are."""
HIDE_WORD_FROM = 0.75
"""So likely must a word be that no rule reads as a number ("십구요", "ate")..."""
HIDE_BETWEEN_FROM = 0.5
"""...and so likely what stands between hidden ones ("slash")."""
HIDE_ANSWERS_FROM = 0.5
"""So likely on average must they be in the answer to an agent's question for another number."""

_KINDS: dict[Subject | None, str] = {
    None: CARD_NUMBER,
    "card": CARD_NUMBER,
    "security": SECURITY_CODE,
    "expiry": EXPIRY_DATE,
}
_PLAINLY_OF_CARDS: frozenset[Subject] = frozenset(("card", "security", "expiry"))
_OF_CARDS: frozenset[Subject] = _PLAINLY_OF_CARDS | {"payment"}
# "$1.85" may be a misheard code; nobody says a code in won.
_PRICE = re.compile(r"[\d,.만천백십영공일이삼사오육칠팔구]+원")


class Cards:
    """The payment cards of a call."""

    def __init__(self, spoken: SpokenRuns) -> None:
        self._spoken = spoken
        self._ruled = find_by_rules(spoken)
        self._likely = LikelyCards(spoken, self._ruled.taken)

    def take_ruled(self, taken: Taken) -> None:
        """Take what the rules find, but for numbers that the model knows to be others."""
        for tokens in self._spoken.tokens:
            for ruled, stretch in groupby(tokens, key=self._ruled.taken.kind):
                said = [*stretch]
                if ruled and not self._are_others(said):
                    kind = self._kind(said, ruled)
                    for token in said:
                        taken.add(token, kind)

    def take_likely(self, taken: Taken) -> None:
        """Take what the model finds besides, and what says that again."""
        for number, tokens in enumerate(self._spoken.tokens):
            found = [*self._likely_numbers(number, tokens), *self._likely_words(tokens)]
            for token in found:
                taken.add(token, self._likely.kind([token]))
            for token, kind in [*self._asked_for(number, tokens, taken)]:
                taken.add(token, kind)
            for token, kind in [*self._between(tokens, taken)]:
                taken.add(token, kind)
        for token, kind in [*find_repeats(self._spoken, taken)]:
            taken.add(token, kind)

    def _kind(self, said: Sequence[Token], ruled: str) -> str:
        """What the rules say, but that the model may know a number for a code or a date."""
        is_sure = ruled == CARD_NUMBER and self._likely.average(said) >= SURE_OF_KIND_FROM
        return self._likely.kind(said) if is_sure else ruled

    def _are_others(self, ruled: Sequence[Token]) -> bool:
        """Whether the model is sure enough that numbers which the rules found are no card data."""
        if any(token in self._ruled.passing for token in ruled):
            return False
        was_asked_for = any(map(self._was_asked_for, ruled))
        return self._likely.average(ruled) < (KEEP_ASKED_BELOW if was_asked_for else KEEP_BELOW)

    def _was_asked_for(self, token: Token) -> bool:
        """Whether the token answers a plain question for a card number or a code."""
        subjects = self._spoken.context.subjects(token.turn, token.first)
        return token in self._ruled.asked or "security" in subjects

    def _asked_for(
        self, number: int, tokens: Sequence[Token], taken: Taken
    ) -> Iterator[tuple[Token, str]]:
        """The numbers behind an agent's question for card data, or between the word "card" and its number."""
        asked = self._asked_before(number)
        places = (token.first for token in tokens if taken.kind(token) == CARD_NUMBER)
        last = max(places, default=-1)
        for token in tokens:
            named = self._spoken.context.named_before(number, token.first)
            is_asked = bool(asked) or (bool(named) and token.first < last)
            if is_asked and not named - _OF_CARDS and self._may_be_data(token):
                yield token, _KINDS[asked]

    def _may_be_data(self, token: Token) -> bool:
        is_free = token not in self._ruled.taken and not _PRICE.match(token.text)
        return is_free and is_number(token) and self._likely.chance(token) >= HIDE_ASKED_FROM

    def _asked_before(self, number: int) -> Subject | None:
        """What data of a card the agent's turn before this one asks for at its end."""
        turns = self._spoken.turns
        if not number or turns[number - 1].role != "agent" or turns[number].role == "agent":
            return None
        named = self._spoken.context.named_before(number - 1, len(turns[number - 1].words))
        return next((subject for subject in _KINDS if subject in named), None)

    def _likely_numbers(self, number: int, tokens: Sequence[Token]) -> Iterator[Token]:
        """The numbers of a turn that are likely enough, in a row or alone."""
        of_another = self._answers_another(number)
        for is_row, group in groupby(tokens, key=lambda t: is_number(t) or t.kind == "filler"):
            row = [token for token in group if is_number(token) and not _PRICE.match(token.text)]
            if is_row and row:
                if not of_another or self._likely.average(row) >= HIDE_ANSWERS_FROM:
                    yield from self._likely_in(row)
                of_another = False

    def _likely_in(self, row: Sequence[Token]) -> Iterator[Token]:
        if self._likely.average(row) < HIDE_FROM:
            yield from (token for token in row if self._likely.chance(token) >= HIDE_ONE_FROM)
            return
        likely = [n for n, token in enumerate(row) if self._likely.chance(token) >= FROM_TO]
        yield from row[likely[0] : likely[-1] + 1]

    def _likely_words(self, tokens: Sequence[Token]) -> Iterator[Token]:
        for token in tokens:
            if not is_number(token) and self._likely.chance(token) >= HIDE_WORD_FROM:
                yield token

    def _between(self, tokens: Sequence[Token], taken: Taken) -> Iterator[tuple[Token, str]]:
        """The likely words between two that are hidden, and the kind of the one before."""
        for before, token, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
            hidden = taken.kind(before) in CARD_KINDS and taken.kind(after) in CARD_KINDS
            if hidden and self._likely.chance(token) >= HIDE_BETWEEN_FROM:
                yield token, taken.kind(before)

    def _answers_another(self, number: int) -> bool:
        """Whether the turn answers an agent who asks for another number, not for one of a card."""
        if not number or self._spoken.turns[number - 1].role != "agent":
            return False
        context = self._spoken.context
        asked = context.named(number - 1)
        plainly_of_card = (asked | context.named(number)) & _PLAINLY_OF_CARDS
        return bool(asked & PLAINLY_OTHERS) and not plainly_of_card
