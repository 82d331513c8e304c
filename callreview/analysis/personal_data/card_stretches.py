"""Stretches of digits in neighbouring turns, with little else in them: what may be a card number that is read out."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from callreview.analysis.personal_data.card_check import share
from callreview.analysis.personal_data.misheard_digits import count_digits
from callreview.analysis.personal_data.number_context import OF_OTHERS, Subject
from callreview.analysis.personal_data.spoken_numbers import Token
from callreview.analysis.personal_data.spoken_runs import FULL_CARD_DIGITS, SpokenRuns

LONG_DIGITS = 8
"""So many digits are no price, day or quantity."""
LONGEST_LIGHT_TURN = 12
"""A turn without digits that goes between the bits has no more words."""
MOST_WORDS_BESIDE = 10
"""A turn of a reading has no more other words behind its first digits, and no more than digits."""
FEW_WORDS_BESIDE, FEWEST_DIGITS_BESIDE_WORDS = 2, 2
"""A single digit ("one more thing") is a bit only where little else is said."""
MOST_WORDS_BESIDE_PRICES = 4
"""Beside more words "49.29" is a price."""
IN_A_ROW_AGAIN = 3
"""Who says so many digits in a row of a whole number says it again."""

_PRICE = re.compile(r"\d{1,4}\.\d\d|\d{1,3},\d{3}")
_ENDS: frozenset[Subject] = OF_OTHERS | {"security", "expiry", "email", "address"}


@dataclass
class _Held:
    """The digits of a stretch so far, and how many each speaker has said."""

    tokens: list[Token] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    figures: str = ""

    def add(self, digits: Sequence[Token], speaker: str) -> None:
        self.tokens += digits
        self.counts[speaker] += sum(map(count_digits, digits))
        self.figures += figures_of(digits)

    @property
    def is_whole(self) -> bool:
        """Whether one speaker has said a whole number."""
        return max(self.counts.values(), default=0) >= FULL_CARD_DIGITS


def find_stretches(spoken: SpokenRuns) -> Iterator[list[Token]]:
    """The digits of neighbouring turns that may be one reading, in order."""
    held = _Held()
    for number, tokens in enumerate(spoken.tokens):
        named = spoken.context.named(number)
        digits = _from_naming(number, _digits_of(number, tokens, spoken), spoken)
        if held.is_whole:
            digits = _said_again(tokens, digits, held.figures)
        light = len(spoken.turns[number].words) <= LONGEST_LIGHT_TURN and not named & _ENDS
        goes_on = _is_mostly_digits(tokens, digits) if digits else light
        if held.tokens and ("card" in named or not goes_on):
            yield held.tokens
            held = _Held()
        if digits and (_ends_in(tokens, digits, named) or not _is_by_the_way(tokens, digits)):
            held.add(digits, spoken.turns[number].speaker)
        if held.tokens and named & _ENDS:
            yield held.tokens
            held = _Held()
    if held.tokens:
        yield held.tokens


def reader_of(stretch: Sequence[Token], spoken: SpokenRuns) -> str:
    """The speaker who says most of the digits."""
    counts = Counter[str]()
    for token in stretch:
        counts[spoken.turns[token.turn].speaker] += count_digits(token)
    return counts.most_common(1)[0][0] if counts else ""


def _ends_in(tokens: Sequence[Token], digits: Sequence[Token], named: frozenset[Subject]) -> bool:
    """Whether the turn begins a number at its end ("my card, the number is 3")."""
    last = not any(token.kind == "other" and token.first > digits[0].first for token in tokens)
    return last and bool(named & {"card", "payment"})


def _digits_of(number: int, tokens: Sequence[Token], spoken: SpokenRuns) -> list[Token]:
    """The digits of a turn that are of no date and were not named as another number in it."""
    return [
        token
        for together in _without_words_between(tokens)
        if not any(token.kind == "date" for token in together)
        for token in together
        if count_digits(token) and not spoken.context.named_before(number, token.first) & _ENDS
    ]


def _from_naming(number: int, digits: list[Token], spoken: SpokenRuns) -> list[Token]:
    """The digits behind the word "card number" when only others stand before it ("2 chairs")."""
    named = spoken.context.place_of("card", number)
    before = [token for token in digits if token.first < named]
    return digits[len(before) :] if sum(map(count_digits, before)) < LONG_DIGITS else digits


def _without_words_between(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    for is_word, group in groupby(tokens, key=lambda t: t.kind == "other" and not count_digits(t)):
        if not is_word:
            yield list(group)


def _said_again(tokens: Sequence[Token], digits: Sequence[Token], number: str) -> list[Token]:
    """The digits of a turn after a whole number when they are of it, not of prices and days."""
    bits = but_prices(digits)
    again = share(figures_of(bits), number, IN_A_ROW_AGAIN)
    little_else = len(words_beside(tokens, bits)) <= FEW_WORDS_BESIDE
    return bits if again or little_else or sum(map(count_digits, bits)) >= LONG_DIGITS else []


def words_beside(tokens: Sequence[Token], digits: Iterable[Token]) -> list[Token]:
    """The other words of a turn."""
    said = set(digits)
    return [token for token in tokens if token.kind == "other" and token not in said]


def but_prices(digits: Iterable[Token]) -> list[Token]:
    """Those that are not written like prices ("49.29", "1,500")."""
    return [token for token in digits if not _PRICE.fullmatch(token.text)]


def figures_of(tokens: Sequence[Token]) -> str:
    """The likeliest digits of the tokens."""
    return "".join(token.digits for token in tokens)


def _is_mostly_digits(tokens: Sequence[Token], digits: Sequence[Token]) -> bool:
    after = sum(t.first > digits[0].first for t in words_beside(tokens, digits))
    most = min(MOST_WORDS_BESIDE, sum(map(count_digits, digits)) + 1)
    return after <= most and not _is_by_the_way(tokens, digits)


def _is_by_the_way(tokens: Sequence[Token], digits: Sequence[Token]) -> bool:
    """Whether the turn has a single digit or prices among other words ("one more thing")."""
    others = len(words_beside(tokens, digits))
    if not but_prices(digits):
        return others > MOST_WORDS_BESIDE_PRICES
    return sum(map(count_digits, digits)) < FEWEST_DIGITS_BESIDE_WORDS and others > FEW_WORDS_BESIDE
