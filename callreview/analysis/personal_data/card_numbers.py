"""Payment cards in a call by rules: card number, security code and expiry date, spoken or written.

A card number is 13-19 digits that pass the check of Luhn, in one turn or over several of one
speaker while the other only says "yes". What was said in answer to a question for a card number
is one even where the recogniser lost or added a digit and the check fails.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from callreview.analysis.personal_data.card_check import (
    SHORTEST_CARD,
    card_in,
    cards_among,
    is_issued,
    passes_luhn,
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
from callreview.analysis.personal_data.said_cards import Certainty, SaidCard
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


@dataclass(frozen=True)
class RuledCards:
    """What the rules find: all of it by kind, and the card numbers that were asked for or pass every check."""

    taken: Taken = field(default_factory=Taken)
    asked: Taken = field(default_factory=Taken)
    passing: Taken = field(default_factory=Taken)

    def add(self, tokens: Iterable[Token], certainty: Certainty) -> None:
        """Take the words of a card number."""
        for token in tokens:
            self.taken.add(token, CARD_NUMBER)
            if certainty != "likely":
                (self.passing if certainty == "passing" else self.asked).add(token, CARD_NUMBER)


def find_by_rules(spoken: SpokenRuns) -> RuledCards:
    """Everything of a payment card in the turns of a call."""
    ruled = RuledCards()
    cards = [*_read_out(spoken, ruled)]
    for run in spoken.joined():
        if any(token in ruled.taken for token in run.tokens):
            continue
        if numbers := _card_numbers(run, spoken, cards):
            certainty = _certainty(numbers, was_asked_for=spoken.asks_for_card(run))
            ruled.add(run.spoken(), certainty)
            end = (run.last_turn, run.tokens[-1].last)
            cards += [
                SaidCard(frozenset((run.speaker,)), number, run.turn, *end, certainty)
                for number in numbers
            ]
    for piece, card in [*_echoes(spoken, cards, ruled.taken)]:
        ruled.add(piece.spoken(), card.certainty if piece.digits in card.digits else "likely")
    ruled.add([*find_remains(spoken, ruled.taken)], "asked")
    find_codes(spoken, cards, ruled.taken)
    find_expiry_dates(spoken, cards, ruled.taken)
    return ruled


def _read_out(spoken: SpokenRuns, ruled: RuledCards) -> Iterator[SaidCard]:
    for reading, tokens in find_readings(spoken):
        own = [t for t in tokens if spoken.turns[t.turn].speaker == reading.speaker]
        certainty = _certainty([card_in(own), reading.digits], was_asked_for=reading.was_asked_for)
        ruled.add(tokens, certainty)
        first, last = reading.tokens[0], reading.tokens[-1]
        speakers = frozenset(spoken.turns[token.turn].speaker for token in tokens)
        end = (last.turn, last.last)
        yield SaidCard(speakers, reading.digits, first.turn, *end, certainty)


def _certainty(numbers: Iterable[str], *, was_asked_for: bool) -> Certainty:
    said = [*numbers]
    if any(is_issued(digits) and passes_luhn(digits) for digits in said):
        return "passing"
    is_long = any(len(digits) >= SHORTEST_CARD for digits in said)
    return "asked" if was_asked_for or is_long else "likely"


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


def _echoes(
    spoken: SpokenRuns, cards: Sequence[SaidCard], taken: Taken
) -> Iterator[tuple[Run, SaidCard]]:
    """Digits of a card number that are said again, by whomever."""
    for run in spoken.runs:
        for piece in run.by_turn():
            new = not any(token in taken for token in piece.tokens)
            yield from ((piece, card) for card in cards if new and _is_echo(piece, card, spoken))


def _is_echo(run: Run, card: SaidCard, spoken: SpokenRuns) -> bool:
    if card.turn <= run.turn <= card.last_turn and run.speaker not in card.speakers:
        return True
    if share(run.digits, card.digits, RECALLED_DIGITS):
        return True
    near = card.turn - ECHO_TURNS <= run.turn <= card.last_turn + ECHO_TURNS
    again = len(run.digits) >= ECHO_DIGITS and run.digits in card.digits
    named = spoken.context.named_before(run.turn, run.tokens[0].first)
    return near and again and not named & (OF_OTHERS | {"security", "expiry"})
