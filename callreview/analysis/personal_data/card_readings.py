"""Card numbers that are read out bit by bit, while the other says "okay" or says the bits again.

A reading is a row of turns that hold little but digits, or little at all. When it follows the question
for a card number, or the word that somebody pays by card, and is long enough, all of its digits belong to
the card: a bit that was misheard or said again makes no difference.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from callreview.analysis.personal_data.misheard_digits import count_digits
from callreview.analysis.personal_data.number_context import Subject
from callreview.analysis.personal_data.spoken_numbers import Token
from callreview.analysis.personal_data.spoken_runs import SpokenRuns

ASKED_CARD_DIGITS = 8
"""So many digits of one speaker are enough in answer to a question for a card number..."""
FEWEST_ASKED_DIGITS, FEWEST_ASKED_BITS = 5, 3
"""...or so many in so many bits ("3,4,1") or several turns: the others were not recognised..."""
PAYMENT_CARD_DIGITS = 12
"""...and so many when the talk is of a card or a payment."""
LONGEST_LIGHT_TURN = 12
"""A turn without digits that goes between the bits has no more words."""
MOST_WORDS_BESIDE = 10
"""A turn of a reading has no more other words behind its first digits."""
FEW_WORDS_BESIDE, FEWEST_DIGITS_BESIDE_WORDS = 2, 2
"""A single digit ("one more thing") is a bit only where little else is said."""

OF_OTHERS: frozenset[Subject] = frozenset(
    {"phone", "telephone", "account", "social", "identity", "birth", "postcode", "code", "other"}
)
"""What other numbers may be."""
_BIT = re.compile(r"\w+")
_ENDS: frozenset[Subject] = OF_OTHERS | {"security", "expiry", "email", "address"}


@dataclass(frozen=True)
class Reading:
    """The digits of a reading, and the speaker who said most of them."""

    speaker: str
    tokens: tuple[Token, ...]

    @property
    def digits(self) -> str:
        """The digits of that speaker."""
        return "".join(token.digits for token in self.tokens)


def find_readings(spoken: SpokenRuns) -> Iterator[tuple[Reading, list[Token]]]:
    """The readings of cards, with all tokens of both speakers that belong to them."""
    for whole in _stretches(spoken):
        stretch, subjects = _about_card(whole, spoken)
        speaker = _reader(stretch, spoken)
        own = tuple(token for token in stretch if spoken.turns[token.turn].speaker == speaker)
        if _is_enough(own, subjects):
            yield Reading(speaker, own), _with_sounds(stretch, spoken)


def _reader(stretch: Sequence[Token], spoken: SpokenRuns) -> str:
    """The speaker who says most of the digits."""
    counts = Counter[str]()
    for token in stretch:
        counts[spoken.turns[token.turn].speaker] += count_digits(token)
    return counts.most_common(1)[0][0] if counts else ""


def _is_enough(bits: Sequence[Token], subjects: frozenset[Subject]) -> bool:
    count = sum(map(count_digits, bits))
    if "card" in subjects:
        said = sum(len(_BIT.findall(token.text)) for token in bits)
        in_bits = said >= FEWEST_ASKED_BITS or len({token.turn for token in bits}) > 1
        return count >= (FEWEST_ASKED_DIGITS if in_bits else ASKED_CARD_DIGITS)
    return "payment" in subjects and count >= PAYMENT_CARD_DIGITS


def _about_card(
    stretch: Sequence[Token], spoken: SpokenRuns
) -> tuple[Sequence[Token], frozenset[Subject]]:
    """The stretch from where the talk is of a card ("one chair" may stand before), and what it is of."""
    for place, token in enumerate(stretch):
        subjects = spoken.context.subjects(token.turn, token.first)
        subjects |= spoken.context.in_reach(token.turn)
        if subjects & {"card", "payment"}:
            return stretch[place:], subjects
    return (), frozenset()


def _stretches(spoken: SpokenRuns) -> Iterator[list[Token]]:
    """The digits of neighbouring turns that may be one reading."""
    held: list[Token] = []
    for number, tokens in enumerate(spoken.tokens):
        named = spoken.context.named(number)
        dated = any(token.kind == "date" for token in tokens)
        digits = [] if dated else _digits_of(number, tokens, spoken)
        light = len(spoken.turns[number].words) <= LONGEST_LIGHT_TURN
        goes_on = bool(digits) and _is_mostly_digits(tokens, digits)
        ends = dated or named & _ENDS or "card" in named
        if held and (ends or not (goes_on or (light and not digits))):
            yield held
            held = []
        if digits:
            held += digits
        if held and named & _ENDS:
            yield held
            held = []
    if held:
        yield held


def _digits_of(number: int, tokens: Sequence[Token], spoken: SpokenRuns) -> list[Token]:
    """The digits of a turn that were not named as another number in it."""
    return [
        token
        for token in tokens
        if count_digits(token) and not spoken.context.named_before(number, token.first) & _ENDS
    ]


def _is_mostly_digits(tokens: Sequence[Token], digits: Sequence[Token]) -> bool:
    others = [t for t in tokens if t.kind == "other" and t not in digits]
    if sum(map(count_digits, digits)) < FEWEST_DIGITS_BESIDE_WORDS:
        return len(others) <= FEW_WORDS_BESIDE
    return sum(token.first > digits[0].first for token in others) <= MOST_WORDS_BESIDE


def _with_sounds(stretch: Sequence[Token], spoken: SpokenRuns) -> list[Token]:
    """The digits with the sounds between them in each turn."""
    taken = set(stretch)
    for turn in {token.turn for token in stretch}:
        places = [n for n, token in enumerate(spoken.tokens[turn]) if token in taken]
        for one, two in pairwise(places):
            between = spoken.tokens[turn][one + 1 : two]
            if all(token.kind in ("filler", "correction") for token in between):
                taken.update(between)
    return sorted(taken, key=lambda token: (token.turn, token.first))
