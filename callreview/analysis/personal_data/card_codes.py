"""What is said beside a card number: its security code and its expiry date.

They are asked for, named, or said right after the number. A question is answered once: the hours and
prices that follow in the same part of the call are no second date or code.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice, product

from callreview.analysis.personal_data.found import Taken
from callreview.analysis.personal_data.number_context import OF_OTHERS, WEAK, Subject
from callreview.analysis.personal_data.spoken_numbers import Token, figures_in
from callreview.analysis.personal_data.spoken_runs import Run, SpokenRuns
from callreview.domain.personal_data import EXPIRY_DATE, SECURITY_CODE

CODE_DIGITS = (3, 4)
MOST_ASKED_CODE_DIGITS = 9
"""A code that was asked for may be said three times."""
MOST_DATE_DIGITS = 8
DATE_AND_CODE_DIGITS = 7
"""Month, year and code in one breath."""
AFTER_CARD_TURNS = 6
"""So soon after the number its code and date are said without being asked for..."""
NEAR_CARD_TURNS = 15
"""...and so near to it a date is its expiry date that was asked for or named."""
MOST_WORDS_BESIDE_CODE = 1
"""What is a code by its form alone stands beside no more other words."""
WORDS_TO_NAME_BEHIND = 4
"""In "123, that is on the back" the name comes so soon."""

_MONTH_AND_YEAR = re.compile(r"(?:0?[1-9]|1[0-2])(?:20)?[23]\d")
_MONTH_YEAR_AND_CODE = re.compile(r"(?:0?[1-9]|1[0-2])[23]\d(?:\d{3})?|[23]\d(?:0[1-9]|1[0-2])")
_YEAR = re.compile(r"(?:20)?[23]\d")
_SINO_TENS = re.compile(
    r"([이삼사]?)십([일이삼사오육칠팔구]?)(?:이?요|이?고요?|이에요|예요|입니다|에)?"
)
_SINO = "영일이삼사오육칠팔구"
_LONG_AGO = re.compile(r"19\d\d|20[01]\d")
_NUMERAL = re.compile(r"[\d일이삼사오육칠팔구십유시]")
_MOST_READINGS = 16
_LIKE_PRICE = re.compile(r"[$£€]?\d\d?\.\d\d")


@dataclass(frozen=True)
class SaidCard:
    """A card number that was said: by whom, from which turn on and up to which word."""

    speakers: frozenset[str]
    digits: str
    turn: int
    last_turn: int
    last_word: int


class _Answers:
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


def find_codes(spoken: SpokenRuns, cards: Sequence[SaidCard], taken: Taken) -> None:
    """Take security codes, and dates in the form of a code: asked for, or said right after a card number."""
    answers = _Answers()
    runs = [piece for run in spoken.runs for piece in run.by_turn()]
    for run in sorted(runs, key=lambda run: (run.turn, run.tokens[0].first)):
        if any(token in taken for token in run.tokens):
            continue
        asked = spoken.context.named_in(run.turn, run.tokens[0].first)
        kind = _kind_of_code(run, cards, spoken)
        if kind and answers.is_open(asked, run.digits, by_asker=_is_own(spoken, asked, run.turn)):
            answers.add(asked, run.digits)
            for token in run.spoken():
                taken.add(token, kind)


def _is_own(spoken: SpokenRuns, asked: int, turn: int) -> bool:
    """Whether an agent speaks after his own question: he does not answer it himself."""
    same = spoken.turns[asked].speaker == spoken.turns[turn].speaker
    return asked != turn and same and spoken.turns[turn].role == "agent"


def _kind_of_code(run: Run, cards: Sequence[SaidCard], spoken: SpokenRuns) -> str:
    subjects = spoken.context.subjects(run.turn, run.tokens[0].first)
    count = len(run.digits)
    if "security" in subjects:
        most = MOST_DATE_DIGITS if "expiry" in subjects else MOST_ASKED_CODE_DIGITS
        return SECURITY_CODE if CODE_DIGITS[0] <= count <= most else ""
    if _LIKE_PRICE.fullmatch(run.tokens[0].text):
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
    dated = _MONTH_AND_YEAR.fullmatch(run.digits) and (count > CODE_DIGITS[0] or "date" in subjects)
    return EXPIRY_DATE if dated else SECURITY_CODE


def _is_named_behind(run: Run, spoken: SpokenRuns) -> bool:
    """Whether "on the back" follows a code, or a date and a code."""
    last = run.tokens[-1].last
    names: tuple[Subject, ...] = ("security", "code")
    places = [spoken.context.place_of(subject, run.turn) - last for subject in names]
    is_code = len(run.digits) in (*CODE_DIGITS, DATE_AND_CODE_DIGITS)
    is_date = _MONTH_AND_YEAR.fullmatch(run.digits) is not None
    named = any(0 < behind <= WORDS_TO_NAME_BEHIND for behind in places)
    return named and is_code and (not is_date or len(run.digits) == CODE_DIGITS[0])


def _dated_since(run: Run, spoken: SpokenRuns) -> bool:
    """Whether the question for the date was answered before this run."""
    asked = spoken.context.named_in(run.turn, run.tokens[0].first)
    return any(
        any(token.kind == "date" for token in spoken.tokens[turn])
        or any(_MONTH_AND_YEAR.fullmatch(one.digits) for one in spoken.runs if one.turn == turn)
        for turn in range(asked, run.turn)
    )


def _follows(run: Run, card: SaidCard, spoken: SpokenRuns) -> bool:
    """Whether the run may be the code or the date that is said after this card number."""
    if run.speaker not in card.speakers or run.turn > card.last_turn + AFTER_CARD_TURNS:
        return False
    named = "code" in spoken.context.named_before(run.turn, run.tokens[0].first)
    after = named or (run.turn, run.tokens[0].first) > (card.last_turn, card.last_word)
    code = len(run.digits) == CODE_DIGITS[0] or card.digits.startswith("3")
    return after and (code or _MONTH_YEAR_AND_CODE.fullmatch(run.digits) is not None)


def find_expiry_dates(spoken: SpokenRuns, cards: Sequence[SaidCard], taken: Taken) -> None:
    """Take expiry dates: asked for or named as such, in the neighbourhood of a card number."""
    answers = _Answers()
    for number, tokens in enumerate(spoken.tokens):
        if not any(abs(number - card.last_turn) <= NEAR_CARD_TURNS for card in cards):
            continue
        for stretch in _numbers_in(tokens, taken):
            subjects = spoken.context.subjects(number, stretch[0].first)
            if not subjects & (OF_OTHERS - WEAK):
                subjects |= spoken.context.subjects(number, -1)
            asked = spoken.context.named_in(number, stretch[0].first)
            readings = _readings(stretch)
            digits = readings[0]
            is_open = answers.is_open(asked, digits, by_asker=_is_own(spoken, asked, number))
            may_be = is_open and _may_be_date(stretch, digits, subjects)
            soon = any(0 <= number - card.last_turn <= AFTER_CARD_TURNS for card in cards)
            forms = (_must_be_date(stretch, read, subjects, soon=soon) for read in readings)
            if may_be or any(forms):
                if len(digits) > 2 or len(stretch) > 1:
                    answers.add(asked, digits)
                for token in stretch:
                    taken.add(token, EXPIRY_DATE)


def _numbers_in(tokens: Sequence[Token], taken: Taken) -> Iterator[list[Token]]:
    """What stands between other words, from the first to the last digits or month."""
    for is_word, group in groupby(tokens, key=lambda token: token in taken or _is_word(token)):
        stretch = list(group)
        places = [n for n, token in enumerate(stretch) if _is_number(token)]
        if places and not is_word:
            yield stretch[places[0] : places[-1] + 1]


def _is_word(token: Token) -> bool:
    is_other = token.kind == "other" and token.text != "of" and not _is_number(token)
    return is_other or token.kind == "correction"


def _is_number(token: Token) -> bool:
    if token.kind == "date":
        return token.text.isascii() or _NUMERAL.search(token.text) is not None
    return token.kind == "digits" or any(
        form.fullmatch(token.text) for form in (_LIKE_PRICE, _SINO_TENS)
    )


def _readings(stretch: Sequence[Token]) -> list[str]:
    """The digits that the stretch may say, the likeliest first."""
    options = [_options(token) for token in stretch]
    return ["".join(parts) for parts in islice(product(*options), _MOST_READINGS)]


def _options(token: Token) -> tuple[str, ...]:
    if tens := _SINO_TENS.fullmatch(token.text):
        ten, one = (_SINO.find(syllable or "영") for syllable in tens.group(1, 2))
        return (f"{max(ten, 1)}{one}",)
    return token.readings or (figures_in(token.text),)


def _may_be_date(stretch: Sequence[Token], digits: str, subjects: frozenset[Subject]) -> bool:
    months = [token for token in stretch if token.kind == "date"]
    figures = any(character.isdigit() for token in stretch for character in token.text)
    korean = any(not token.text.isascii() for token in months)
    priced = any(token.kind == "other" for token in stretch)
    if len(digits) > MOST_DATE_DIGITS or (priced and not _MONTH_AND_YEAR.fullmatch(digits)):
        return False
    if "date" in subjects:
        return bool(months and digits)
    return "expiry" in subjects and (len(digits) >= 2 or figures or korean)


def _must_be_date(
    stretch: Sequence[Token], digits: str, subjects: frozenset[Subject], *, soon: bool
) -> bool:
    """Whether it has the form of month and year, and a date is asked for or a card was said just before."""
    months = [token.text for token in stretch if token.kind == "date"]
    years = [text for text in months if "년" in text and not _LONG_AGO.match(text)]
    korean = soon and bool(years) and any("월" in text for text in months)
    priced = any(_LIKE_PRICE.fullmatch(token.text) for token in stretch)
    if korean or priced or not subjects & {"expiry", "date"}:
        return korean
    form = _YEAR if months else _MONTH_YEAR_AND_CODE
    return bool(form.fullmatch(digits) or _MONTH_AND_YEAR.fullmatch(digits))
