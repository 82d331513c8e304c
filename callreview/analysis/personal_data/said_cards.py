"""What the finders of security codes and expiry dates share: the cards that were said, and answered questions."""

import re
from dataclasses import dataclass
from typing import Literal

from callreview.analysis.personal_data.spoken_runs import SpokenRuns

Certainty = Literal["likely", "asked", "passing"]
"""A card number may be one, answers a plain question for one or is as long as one, or passes the check of Luhn as one that is issued."""

MONTH_AND_YEAR = re.compile(r"(?:0?[1-9]|1[0-2])(?:20)?[23]\d")
MONTH_YEAR_AND_CODE = re.compile(r"(?:0?[1-9]|1[0-2])[23]\d(?:\d{3})?|[23]\d(?:0[1-9]|1[0-2])")
"""Month and year, with or without a code behind them, or year and month."""
LIKE_PRICE = re.compile(r"[$£€]?\d\d?\.\d\d")
MOST_DATE_DIGITS = 8
AFTER_CARD_TURNS = 6
"""So soon after the number its code and date are said without being asked for."""


@dataclass(frozen=True)
class SaidCard:
    """A card number that was said: by whom, from which turn on and up to which word."""

    speakers: frozenset[str]
    digits: str
    turn: int
    last_turn: int
    last_word: int
    certainty: Certainty


class Answers:
    """The first answer to each question, by the turn that asks."""

    def __init__(self) -> None:
        self._said: dict[int, str] = {}

    def is_open(self, asked: int, digits: str, *, by_asker: bool) -> bool:
        """Whether these digits may answer what turn `asked` asks for, or say the answer again."""
        said = self._said.get(asked) or ""
        again = bool(said and digits) and (said.endswith(digits) or said in digits)
        return again or (asked not in self._said and not by_asker)

    def add(self, asked: int, digits: str) -> None:
        """Keep the answer when it is the first."""
        self._said.setdefault(asked, digits)


def is_own_question(spoken: SpokenRuns, asked: int, turn: int) -> bool:
    """Whether an agent speaks after his own question: he does not answer it himself."""
    same = spoken.turns[asked].speaker == spoken.turns[turn].speaker
    return asked != turn and same and spoken.turns[turn].role == "agent"
