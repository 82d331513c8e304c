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

from callreview.analysis.personal_data.number_context import Subject
from callreview.analysis.personal_data.spoken_numbers import Token
from callreview.analysis.personal_data.spoken_runs import SpokenRuns

ASKED_CARD_DIGITS = 8
"""So many digits of one speaker are enough in answer to a question for a card number..."""
PAYMENT_CARD_DIGITS = 12
"""...and so many when the talk is of a card or a payment."""
LONGEST_LIGHT_TURN = 12
"""A turn without digits that goes between the bits has no more words."""
MOST_WORDS_BESIDE = 10
"""A turn of a reading has no more other words behind its first digits."""
FEW_WORDS_BESIDE, FEWEST_DIGITS_BESIDE_WORDS = 2, 2
"""A single digit ("one more thing") is a bit only where little else is said."""

OF_OTHERS: frozenset[Subject] = frozenset(
    {"phone", "telephone", "account", "social", "identity", "birth", "postcode", "other"}
)
"""What other numbers may be."""
_ENDS: frozenset[Subject] = OF_OTHERS | {"security", "expiry", "email", "address"}
_HANGUL = re.compile(r"[가-힣]{3,20}")
_KOREAN_DIGIT = re.compile(r"[영공일이삼사오육칠팔구]")
_MISHEARD = re.compile(
    r"(?!\d+(?:st|nd|rd|th|am|pm|[gmk]b|x|k)\b)(?=.*\d)(?:[a-z\d]+(?:[.,-][a-z\d]+)+|(?=.*[a-z])[\do]+|\d{3,}[a-z]\d*)"
)


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
        counts = Counter[str]()
        for token in stretch:
            counts[spoken.turns[token.turn].speaker] += _count(token)
        speaker, count = counts.most_common(1)[0] if counts else ("", 0)
        enough = ("card" in subjects and count >= ASKED_CARD_DIGITS) or (
            "payment" in subjects and count >= PAYMENT_CARD_DIGITS
        )
        if enough:
            own = (token for token in stretch if spoken.turns[token.turn].speaker == speaker)
            yield Reading(speaker, tuple(own)), _with_sounds(stretch, spoken)


def _about_card(
    stretch: Sequence[Token], spoken: SpokenRuns
) -> tuple[Sequence[Token], frozenset[Subject]]:
    """The stretch from where the talk is of a card ("one chair" may stand before), and what it is of."""
    for place, token in enumerate(stretch):
        subjects = spoken.context.subjects(token.turn, token.first)
        subjects |= spoken.context.named(token.turn)
        if subjects & {"card", "payment"}:
            return stretch[place:], subjects
    return (), frozenset()


def _stretches(spoken: SpokenRuns) -> Iterator[list[Token]]:
    """The digits of neighbouring turns that may be one reading."""
    held: list[Token] = []
    for number, tokens in enumerate(spoken.tokens):
        named = spoken.context.named(number)
        digits = _digits_of(number, tokens, spoken)
        light = len(spoken.turns[number].words) <= LONGEST_LIGHT_TURN
        goes_on = bool(digits) and _is_mostly_digits(tokens, digits)
        if held and (not (goes_on or (light and not digits)) or named & _ENDS or "card" in named):
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
        if _count(token) and not spoken.context.named_before(number, token.first) & _ENDS
    ]


def _count(token: Token) -> int:
    """How many digits the token holds, those of a misheard "7595852-S6" or "칠싸영사" included."""
    if token.kind == "other" and _MISHEARD.fullmatch(token.text):
        return sum(character.isdigit() for character in token.text)
    if token.kind == "other" and _HANGUL.fullmatch(token.text):
        count = len(_KOREAN_DIGIT.findall(token.text))
        return count if count >= 2 and 2 * count >= len(token.text) else 0
    return len(token.digits) if token.kind == "digits" else 0


def _is_mostly_digits(tokens: Sequence[Token], digits: Sequence[Token]) -> bool:
    others = sum(t.kind == "other" and t.first > digits[0].first for t in tokens)
    few = sum(map(_count, digits)) < FEWEST_DIGITS_BESIDE_WORDS
    return others <= (FEW_WORDS_BESIDE if few else MOST_WORDS_BESIDE) and not any(
        token.kind == "date" for token in tokens
    )


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
