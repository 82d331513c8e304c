"""Figures that the recogniser wrote so that nobody would read them as digits, beside or between the parts of a card.

"5139, then 3173, then 2f5": letters among digits. "60118639 in the 9th fall at 32465": between two
parts of a card number that follow each other, a word with figures is a part as well, whatever it looks like.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from callreview.analysis.personal_data.found import Taken
from callreview.analysis.personal_data.misheard_digits import is_misheard
from callreview.analysis.personal_data.spoken_numbers import Token, figures_in
from callreview.analysis.personal_data.spoken_runs import SOFT_GAP, SpokenRuns


def find_remains(spoken: SpokenRuns, card: Taken) -> Iterator[Token]:
    """The words with figures that belong to the parts of cards which were found."""
    for tokens in spoken.tokens:
        if any(token in card for token in tokens):
            yield from _between_parts(tokens, card)
            yield from _beside_parts(tokens, card)
            yield from _beside_parts(tokens[::-1], card)


def _between_parts(tokens: Sequence[Token], card: Taken) -> Iterator[Token]:
    """Whatever holds figures between two parts that a few words stand between."""
    stretches = [
        (is_part, list(group)) for is_part, group in groupby(tokens, key=card.__contains__)
    ]
    for is_part, stretch in stretches[1:-1]:
        words = sum(token.kind == "other" and not figures_in(token.text) for token in stretch)
        if not is_part and words <= SOFT_GAP:
            yield from (t for t in stretch if figures_in(t.text) or is_misheard(t.text))


def _beside_parts(tokens: Sequence[Token], card: Taken) -> Iterator[Token]:
    """Misheard digits with nothing but sounds between them and the part before them."""
    beside = False
    for token in tokens:
        if token in card:
            beside = True
        elif beside and token.kind == "other" and is_misheard(token.text):
            yield token
        else:
            beside = beside and token.kind == "filler"
