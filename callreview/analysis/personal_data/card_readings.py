"""Card numbers that are read out bit by bit, while the other says "okay" or says the bits again.

A reading is a row of turns that hold little but digits, or little at all. When it follows the question
for a card number, or the word that somebody pays by card, and is long enough, all of its digits belong to
the card: a bit that was misheard or said again makes no difference.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from callreview.analysis.personal_data.card_stretches import (
    but_prices,
    figures_of,
    find_stretches,
    reader_of,
    words_beside,
)
from callreview.analysis.personal_data.misheard_digits import count_digits
from callreview.analysis.personal_data.number_context import PLAINLY_OTHERS, REACH_TURNS, Subject
from callreview.analysis.personal_data.spoken_numbers import Token
from callreview.analysis.personal_data.spoken_runs import SpokenRuns

ASKED_CARD_DIGITS = 8
"""So many digits of one speaker are enough in answer to a question for a card number..."""
FEWEST_ASKED_DIGITS, FEWEST_ASKED_BITS = 5, 3
"""...or so many in so many bits ("3,4,1") or several turns: the others were not recognised..."""
PAYMENT_CARD_DIGITS = 12
"""...and so many when the talk is of a card or a payment."""
AGAIN_DIGITS = 4
"""A stretch that begins with so many digits of the last card says that card again."""
ASKS_FOR_CODE_TURNS = 2
"""So soon after a card number its date or code is asked for."""

_BIT = re.compile(r"\w+")


@dataclass(frozen=True)
class Reading:
    """The digits of a reading, the speaker who said most of them, and whether a card number was asked for."""

    speaker: str
    tokens: tuple[Token, ...]
    was_asked_for: bool

    @property
    def digits(self) -> str:
        """The digits of that speaker."""
        return figures_of(self.tokens)


def find_readings(spoken: SpokenRuns) -> Iterator[tuple[Reading, list[Token]]]:
    """The readings of cards, with all tokens of both speakers that belong to them."""
    last: Sequence[Token] = ()
    for whole in find_stretches(spoken):
        stretch, subjects = _about_card(whole, spoken)
        if subjects & PLAINLY_OTHERS:
            continue
        if "card" not in subjects:
            stretch = _of_little_else(stretch, spoken)
            subjects |= _told_beside(stretch, last, spoken)
        speaker = reader_of(stretch, spoken)
        own = tuple(token for token in stretch if spoken.turns[token.turn].speaker == speaker)
        if _is_enough(own, subjects):
            last = stretch
            yield Reading(speaker, own, "card" in subjects), _with_sounds(stretch, spoken)


def _told_beside(
    stretch: Sequence[Token], last: Sequence[Token], spoken: SpokenRuns
) -> frozenset[Subject]:
    """What the reading before or the question behind a stretch tells of it."""
    if not stretch:
        return frozenset()
    again = len(stretch[0].digits) >= AGAIN_DIGITS and stretch[0].digits in figures_of(last)
    if again:
        return frozenset(("card",))
    soon = bool(last) and stretch[0].turn - last[-1].turn <= REACH_TURNS
    asked = _is_followed_by_question(stretch, spoken)
    return frozenset(("payment",)) if soon or asked else frozenset()


def _of_little_else(stretch: Sequence[Token], spoken: SpokenRuns) -> Sequence[Token]:
    """The stretch from the first turn that says more digits than words, or names a card before them."""
    first = 0
    for turn, group in groupby(stretch, key=lambda token: token.turn):
        said = list(group)
        words = words_beside(spoken.tokens[turn], said)
        count = sum(map(count_digits, but_prices(said) if words else said))
        named = spoken.context.named_before(turn, said[0].first)
        if count >= len(words) or named & {"card", "payment"}:
            break
        first += len(said)
    return stretch[first:]


def _is_followed_by_question(stretch: Sequence[Token], spoken: SpokenRuns) -> bool:
    """Whether the date or code of a card is asked for or said right after the stretch."""
    end = stretch[-1].turn
    after = range(end, min(end + 1 + ASKS_FOR_CODE_TURNS, len(spoken.turns)))
    return any(spoken.context.named(turn) & {"security", "expiry"} for turn in after)


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
    """The stretch from where the talk is of a card ("one chair" may stand before), and what it is of.

    Where nothing was named the whole stretch; where it was named as another number, nothing of it.
    """
    for place, token in enumerate(stretch):
        subjects = spoken.context.subjects(token.turn, token.first)
        subjects |= spoken.context.subjects(token.turn, -1)
        if about := subjects & {"card", "payment"}:
            return stretch[place:], about
        if subjects & PLAINLY_OTHERS:
            return (), subjects
    return stretch, frozenset()


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
