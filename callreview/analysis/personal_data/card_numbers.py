"""Payment cards in a call: card number, security code and expiry date, spoken or written.

A card number is 13-19 digits that pass the check of Luhn, in one turn or over several of one
speaker while the other only says "yes". What was said in answer to a question for a card number
is one even where the recogniser lost or added a digit and the check fails.
"""

from collections.abc import Iterator, Sequence

from callreview.analysis.personal_data.card_check import (
    SHORTEST_CARD,
    card_in,
    cards_among,
    is_issued,
    share,
)
from callreview.analysis.personal_data.card_readings import (
    ASKED_CARD_DIGITS,
    PAYMENT_CARD_DIGITS,
    find_readings,
)
from callreview.analysis.personal_data.card_remains import find_remains
from callreview.analysis.personal_data.expiry_dates import find_expiry_dates
from callreview.analysis.personal_data.found import Taken
from callreview.analysis.personal_data.number_context import OF_OTHERS
from callreview.analysis.personal_data.said_cards import SaidCard
from callreview.analysis.personal_data.security_codes import find_codes
from callreview.analysis.personal_data.spoken_numbers import Token
from callreview.analysis.personal_data.spoken_runs import Run, SpokenRuns
from callreview.domain.personal_data import CARD_NUMBER

USUAL_CARD_DIGITS = (15, 16)
"""So many digits that begin like those of a card are one, even where the check fails."""
RECALLED_DIGITS = 8
"""Who says so many digits of a card number again, says the card number again."""
ECHO_DIGITS = 4
ECHO_TURNS = 3


def find_cards(spoken: SpokenRuns, taken: Taken) -> None:
    """Add everything of a payment card in the turns of a call, by kind."""
    cards = [*_read_out(spoken, taken)]
    for run in spoken.joined():
        if any(token in taken for token in run.tokens):
            continue
        if numbers := _card_numbers(run, spoken, cards):
            for token in run.spoken():
                taken.add(token, CARD_NUMBER)
            end = (run.last_turn, run.tokens[-1].last)
            cards += [
                SaidCard(frozenset((run.speaker,)), number, run.turn, *end) for number in numbers
            ]
    for token in [*_echoes(spoken, cards, taken)]:
        taken.add(token, CARD_NUMBER)
    for token in [*find_remains(spoken, taken)]:
        taken.add(token, CARD_NUMBER)
    find_codes(spoken, cards, taken)
    find_expiry_dates(spoken, cards, taken)


def _read_out(spoken: SpokenRuns, taken: Taken) -> Iterator[SaidCard]:
    for reading, tokens in find_readings(spoken):
        for token in tokens:
            taken.add(token, CARD_NUMBER)
        first, last = reading.tokens[0], reading.tokens[-1]
        speakers = frozenset(spoken.turns[token.turn].speaker for token in tokens)
        yield SaidCard(speakers, reading.digits, first.turn, last.turn, last.last)


def _card_numbers(run: Run, spoken: SpokenRuns, cards: Sequence[SaidCard]) -> list[str]:
    """The card numbers that the run is, may be, or holds."""
    subjects = spoken.context.subjects(run.turn, run.tokens[0].first)
    digits = card_in(run.tokens)
    if digits and (not subjects & OF_OTHERS or is_issued(digits)):
        return [digits]
    count = len(run.digits)
    if (
        count in USUAL_CARD_DIGITS
        and is_issued(run.digits)
        and not subjects & (OF_OTHERS | {"email"})
    ):
        return [run.digits]
    if "card" in subjects and count >= ASKED_CARD_DIGITS and _is_open(run, spoken, cards):
        return [run.digits]
    if "payment" in subjects and count >= PAYMENT_CARD_DIGITS:
        return [run.digits]
    return cards_among(run.tokens)


def _is_open(run: Run, spoken: SpokenRuns, cards: Sequence[SaidCard]) -> bool:
    """Whether the question for a card number has not been answered before this run."""
    asked = spoken.context.named_in(run.turn, run.tokens[0].first)
    return not any(
        asked <= card.last_turn <= run.turn and len(card.digits) >= SHORTEST_CARD for card in cards
    )


def _echoes(spoken: SpokenRuns, cards: Sequence[SaidCard], taken: Taken) -> Iterator[Token]:
    """Digits of a card number that are said again, by whomever."""
    for run in spoken.runs:
        for piece in run.by_turn():
            new = not any(token in taken for token in piece.tokens)
            if new and any(_is_echo(piece, card, spoken) for card in cards):
                yield from piece.spoken()


def _is_echo(run: Run, card: SaidCard, spoken: SpokenRuns) -> bool:
    if card.turn <= run.turn <= card.last_turn and run.speaker not in card.speakers:
        return True
    if share(run.digits, card.digits, RECALLED_DIGITS):
        return True
    near = card.turn - ECHO_TURNS <= run.turn <= card.last_turn + ECHO_TURNS
    again = len(run.digits) >= ECHO_DIGITS and run.digits in card.digits
    named = spoken.context.named_before(run.turn, run.tokens[0].first)
    return near and again and not named & (OF_OTHERS | {"security", "expiry"})
