"""Numbers of people other than cards: telephone, national ids, bank accounts, postcodes.

What was asked for or named decides; shapes and check digits decide where nothing was. A number that
was named as another one (an order, a ticket) stays readable.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from callreview.analysis.personal_data.found import Taken
from callreview.analysis.personal_data.number_context import WEAK
from callreview.analysis.personal_data.number_shapes import (
    LONGEST_PHONE,
    is_free_to_call,
    is_named_phone,
    is_phone,
    is_resident_number,
    is_social_security,
)
from callreview.analysis.personal_data.spoken_numbers import Token
from callreview.analysis.personal_data.spoken_runs import Run, SpokenRuns
from callreview.domain.personal_data import (
    BANK_ACCOUNT,
    NATIONAL_ID,
    PHONE_NUMBER,
    POSTAL_ADDRESS,
)

ASKED_PHONE_DIGITS = 6
ASKED_ACCOUNT_DIGITS = 5
ASKED_ID_DIGITS = 6
LAST_FOUR = 4
"""Of a social security number even these are asked for, to know who calls."""

POSTCODE_DIGITS = (4, 5, 6, 9)
ECHO_TURNS = 8
ECHO_DIGITS = 6
"""Who says so many digits of a number again, says the number again."""

_BANK = re.compile(
    r"\bbanks?\b|banking|routing|sort code|direct (?:debit|deposit)|checking|savings|current account"
    r"|\bbsb\b|\biban\b|\btransfer|\bdeposit|은행|계좌|이체|송금|환불",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[A-Z]{1,2}[.,]?|[b-hj-z]|[A-Za-z]{1,2}\d[A-Za-z\d]*")
FEWEST_DIGITS_AGAIN = 7
"""After the answer to a question, another number with fewer digits is none."""


@dataclass(frozen=True)
class _Said:
    """A number of a kind: the turn that named it, the turn it was said in, its digits."""

    kind: str
    asked: int
    turn: int
    digits: str


def find_other_numbers(spoken: SpokenRuns, taken: Taken) -> None:
    """Add the numbers of people other than cards."""
    of_bank = any(_BANK.search(turn.text) for turn in spoken.turns)
    said: list[_Said] = []
    for run in sorted(spoken.runs, key=lambda run: (run.turn, run.tokens[0].first)):
        if any(token in taken for token in run.tokens):
            continue
        asked = spoken.context.named_in(run.turn, run.tokens[0].first)
        kind = _by_shape(run, spoken) or _by_name(run, spoken, of_bank=of_bank)
        if kind and not _by_shape(run, spoken) and _is_answered(run, kind, asked, said):
            kind = ""
        kind = kind or _echoed(run, said)
        if not kind:
            continue
        said.append(_Said(kind, asked, run.last_turn, run.digits))
        tokens = [*run.spoken()]
        if kind in (NATIONAL_ID, BANK_ACCOUNT):
            tokens += _letters_beside(run, spoken)
        for token in tokens:
            taken.add(token, kind)


def _by_shape(run: Run, spoken: SpokenRuns) -> str:
    """What a number is by its shape, whatever was asked for."""
    digits, groups, written = run.digits, _groups(run), run.tokens[0].text
    if is_social_security(written) or is_resident_number(digits, in_two=_in_two(groups)):
        return NATIONAL_ID
    if _before(run, spoken) in ("+", "plus"):
        written = f"+{written}"
    subjects = spoken.context.subjects(run.turn, run.tokens[0].first)
    named = subjects & (WEAK | {"other", "security", "expiry", "account"})
    if named and not written.startswith("+"):
        return ""
    return PHONE_NUMBER if is_phone(digits, groups, written) else ""


def _by_name(run: Run, spoken: SpokenRuns, *, of_bank: bool) -> str:
    """What a number is that was asked for or named."""
    subjects = spoken.context.subjects(run.turn, run.tokens[0].first)
    digits, count = run.digits, len(run.digits)
    if "phone" in subjects and ASKED_PHONE_DIGITS <= count <= LONGEST_PHONE:
        of_company = is_free_to_call(digits) and spoken.turns[run.turn].role == "agent"
        return "" if of_company else PHONE_NUMBER
    if "social" in subjects and count >= LAST_FOUR:
        return NATIONAL_ID
    if "identity" in subjects and count >= ASKED_ID_DIGITS:
        return NATIONAL_ID
    if "account" in subjects and of_bank and count >= ASKED_ACCOUNT_DIGITS:
        return BANK_ACCOUNT
    if "postcode" in subjects and count in POSTCODE_DIGITS:
        return POSTAL_ADDRESS
    named = "telephone" in subjects and not subjects & (WEAK | {"other"})
    return PHONE_NUMBER if named and is_named_phone(digits) else ""


def _is_answered(run: Run, kind: str, asked: int, said: Sequence[_Said]) -> bool:
    """Whether the question that this run would answer was answered in an earlier turn."""
    return len(run.digits) < FEWEST_DIGITS_AGAIN and any(
        (one.kind, one.asked) == (kind, asked) and one.turn < run.turn for one in said
    )


def _groups(run: Run) -> tuple[int, ...]:
    """The lengths of the groups in which the digits were written or said."""
    groups: list[int] = []
    for token in run.tokens:
        figures = re.findall(r"\d+", token.text)
        groups += [len(part) for part in figures] or ([len(token.digits)] if token.digits else [])
    return tuple(groups)


def _in_two(groups: Sequence[int]) -> bool:
    """Whether the digits fall into parts of 6 and 7."""
    ends = {sum(groups[:place]) for place in range(1, len(groups))}
    return 6 in ends and len(groups) <= 4


def _before(run: Run, spoken: SpokenRuns) -> str:
    tokens = spoken.tokens[run.turn]
    place = _place(tokens, run.tokens[0])
    return tokens[place - 1].text if place else ""


def _letters_beside(run: Run, spoken: SpokenRuns) -> list[Token]:
    """Letters right before and after the digits: they are part of the number."""
    found: list[Token] = []
    for turn, edge, step in ((run.turn, run.tokens[0], -1), (run.last_turn, run.tokens[-1], 1)):
        tokens = spoken.tokens[turn]
        place = _place(tokens, edge) + step
        while 0 <= place < len(tokens) and _is_letter(tokens[place], spoken):
            found.append(tokens[place])
            place += step
    return found


def _place(tokens: Sequence[Token], token: Token) -> int:
    return bisect_left(tokens, token.first, key=lambda one: one.first)


def _is_letter(token: Token, spoken: SpokenRuns) -> bool:
    words = spoken.turns[token.turn].words[token.first : token.last + 1]
    text = "".join(word.text for word in words).strip(".,")
    return _LETTERS.fullmatch(text) is not None and text != "I"


def _echoed(run: Run, said: Sequence[_Said]) -> str:
    """The kind of the number of which the run says digits again."""
    for one in reversed(said):
        if run.turn - one.turn > ECHO_TURNS:
            break
        if run.digits == one.digits or (
            len(run.digits) >= ECHO_DIGITS
            and (run.digits in one.digits or one.digits in run.digits)
        ):
            return one.kind
    return ""
