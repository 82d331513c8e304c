"""The security code of a card: asked for, named, or said right after the card number.

A question is answered once: prices and hours that follow are no second code.
"""

from collections.abc import Sequence

from callreview.analysis.personal_data.found import Taken
from callreview.analysis.personal_data.number_context import OF_OTHERS, Subject
from callreview.analysis.personal_data.said_cards import (
    AFTER_CARD_TURNS,
    LIKE_PRICE,
    MONTH_AND_YEAR,
    MONTH_YEAR_AND_CODE,
    MOST_DATE_DIGITS,
    Answers,
    SaidCard,
    is_own_question,
)
from callreview.analysis.personal_data.spoken_runs import Run, SpokenRuns
from callreview.domain.personal_data import EXPIRY_DATE, SECURITY_CODE

CODE_DIGITS = (3, 4)
MOST_ASKED_CODE_DIGITS = 9
"""A code that was asked for may be said three times."""
DATE_AND_CODE_DIGITS = 7
"""Month, year and code in one breath."""
MOST_WORDS_BESIDE_CODE = 1
"""What is a code by its form alone stands beside no more other words."""
WORDS_TO_NAME_BEHIND = 4
"""In "123, that is on the back" the name comes so soon."""


def find_codes(spoken: SpokenRuns, cards: Sequence[SaidCard], taken: Taken) -> None:
    """Take security codes, and dates in the form of a code: asked for, or said right after a card number."""
    answers = Answers()
    runs = [piece for run in spoken.runs for piece in run.by_turn()]
    for run in sorted(runs, key=lambda run: (run.turn, run.tokens[0].first)):
        if any(token in taken for token in run.tokens):
            continue
        asked = spoken.context.named_in(run.turn, run.tokens[0].first)
        kind = _kind_of_code(run, cards, spoken)
        if kind and answers.is_open(
            asked, run.digits, by_asker=is_own_question(spoken, asked, run.turn)
        ):
            answers.add(asked, run.digits)
            for token in run.spoken():
                taken.add(token, kind)


def _kind_of_code(run: Run, cards: Sequence[SaidCard], spoken: SpokenRuns) -> str:
    subjects = spoken.context.subjects(run.turn, run.tokens[0].first)
    count = len(run.digits)
    if "security" in subjects:
        most = MOST_DATE_DIGITS if "expiry" in subjects else MOST_ASKED_CODE_DIGITS
        return SECURITY_CODE if CODE_DIGITS[0] <= count <= most else ""
    if LIKE_PRICE.fullmatch(run.tokens[0].text):
        return ""
    if _is_named_behind(run, spoken) and any(_follows(run, card, spoken) for card in cards):
        return SECURITY_CODE
    if count not in CODE_DIGITS or not any(_follows(run, card, spoken) for card in cards):
        return ""
    if "code" in subjects:
        return SECURITY_CODE
    if "expiry" in subjects and not _dated_since(run, spoken):
        return ""
    beside = sum(token.kind == "other" for token in spoken.tokens[run.turn])
    slashed = any("/" in token.text for token in run.tokens)
    if (beside > MOST_WORDS_BESIDE_CODE and not slashed) or subjects & (OF_OTHERS - {"date"}):
        return ""
    dated = MONTH_AND_YEAR.fullmatch(run.digits) and (count > CODE_DIGITS[0] or "date" in subjects)
    return EXPIRY_DATE if dated else SECURITY_CODE


def _is_named_behind(run: Run, spoken: SpokenRuns) -> bool:
    """Whether "on the back" follows a code, or a date and a code."""
    last = run.tokens[-1].last
    names: tuple[Subject, ...] = ("security", "code")
    places = [spoken.context.place_of(subject, run.turn) - last for subject in names]
    is_code = len(run.digits) in (*CODE_DIGITS, DATE_AND_CODE_DIGITS)
    is_date = MONTH_AND_YEAR.fullmatch(run.digits) is not None
    named = any(0 < behind <= WORDS_TO_NAME_BEHIND for behind in places)
    return named and is_code and (not is_date or len(run.digits) == CODE_DIGITS[0])


def _dated_since(run: Run, spoken: SpokenRuns) -> bool:
    """Whether the question for the date was answered before this run."""
    asked = spoken.context.named_in(run.turn, run.tokens[0].first)
    between = spoken.tokens[asked : run.turn]
    return any(token.kind == "date" for tokens in between for token in tokens) or any(
        asked <= one.turn < run.turn and MONTH_AND_YEAR.fullmatch(one.digits) for one in spoken.runs
    )


def _follows(run: Run, card: SaidCard, spoken: SpokenRuns) -> bool:
    """Whether the run may be the code or the date that is said after this card number."""
    if run.speaker not in card.speakers or run.turn > card.last_turn + AFTER_CARD_TURNS:
        return False
    named = "code" in spoken.context.named_before(run.turn, run.tokens[0].first)
    after = named or (run.turn, run.tokens[0].first) > (card.last_turn, card.last_word)
    code = len(run.digits) == CODE_DIGITS[0] or card.digits.startswith("3")
    return after and (code or MONTH_YEAR_AND_CODE.fullmatch(run.digits) is not None)
