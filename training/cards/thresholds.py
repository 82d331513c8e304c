"""What thresholds of `callreview.analysis.personal_data.cards` hide and lose in calls that were not learnt from.

Usage: python -m training.cards.thresholds
"""

from itertools import product

from callreview.analysis.personal_data import cards
from callreview.analysis.personal_data.mask import find_personal_data
from callreview.domain.personal_data import ALWAYS_HIDDEN
from callreview.domain.transcript import Turn, Word
from training.cards.dialogues import OTHER, Lines, kept_dialogues

HIDE = (0.1, 0.2, 0.3)
KEEP = (0.0, 0.01, 0.03, 0.1)


def main() -> None:
    """Print a line for each language and pair of thresholds."""
    for language in ("en", "ko"):
        calls = [*kept_dialogues(language)]
        for cards.HIDE_FROM, cards.KEEP_BELOW in product(HIDE, KEEP):
            whole, others = zip(*(_counted(call, language) for call in calls), strict=True)
            told = [one for one in whole if one is not None]
            print(
                f"{language} hide from {cards.HIDE_FROM}, keep below {cards.KEEP_BELOW}: "
                f"{sum(told)}/{len(told)} whole, {sum(others)} other words hidden"
            )


def _counted(lines: Lines, language: str) -> tuple[bool | None, int]:
    """Whether all card data of a call is hidden, if it has any, and how many other words are."""
    turns = [_turn(role, [word for word, _ in said], language) for role, said in lines]
    hidden = {
        (found.turn, word)
        for found in find_personal_data(turns)
        if found.kind in ALWAYS_HIDDEN
        for word in range(found.first, found.last + 1)
    }
    what = {
        (turn, word): kind
        for turn, (_role, said) in enumerate(lines)
        for word, (_text, kind) in enumerate(said)
    }
    secret = {place for place, kind in what.items() if kind != OTHER}
    return (secret <= hidden if secret else None), len(hidden - secret)


def _turn(role: str, words: list[str], language: str) -> Turn:
    said = tuple(Word(word, place / 2, place / 2 + 0.4, 0.9) for place, word in enumerate(words))
    return Turn(role, "agent" if role == "agent" else "customer", 0.0, 1.0, said, language)


if __name__ == "__main__":
    main()
