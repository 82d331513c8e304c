"""What customers ask, and whether somebody answers."""

import re
from collections.abc import Sequence
from functools import cache

from callreview.analysis.findings.rules import Rule, find_matches, load_rules
from callreview.analysis.findings.signs import Signs
from callreview.analysis.statements import Statement
from callreview.analysis.talk.questions import count_questions
from callreview.domain.back_channels import is_back_channel
from callreview.domain.finding import Finding

ANSWER_WITHIN_S = 120.0
"""An answer is looked for so long after the question, a hold in between included."""

MOST_WORDS = 40
CONFIDENCE = {"yes": 0.71, "no": 0.7, "unclear": 0.6}
"""Of 484 questions that the agent said something to, 71 % had got an answer (measure_findings)."""

UNKNOWN_ROLE = 0.75
"""So that an answered question stays above its threshold where nobody is known to be the customer."""

_YES_OR_NO = frozenset(
    {"yes", "yeah", "yep", "no", "nope", "네", "예", "아니요", "아뇨", "맞습니다"}
)
_OPEN_QUESTION = re.compile(
    r"\b(?:what|when|where|why|who|which|how)\b|왜|언제|어디|누구|누가|무엇|무슨|뭐|어떻게|얼마|몇|어느|어떤"
)
_SHORTEST = 3
_SHORTEST_HANGUL = 2


def find_questions(statements: Sequence[Statement], signs: Signs) -> list[Finding]:
    """The questions of customers that want an answer.

    `details`: "what" (the words), "answered": "yes", "no" (nobody said anything to it) or "unclear"
    (asked back, put off, not known, or only looked up).
    """
    noted = _notes(statements)
    return [
        _finding(said, _answered(statements, place, noted))
        for place, said in enumerate(statements)
        if said.role in ("customer", "unknown") and _wants_answer(said, noted[place], signs)
    ]


def _finding(said: Statement, answered: str) -> Finding:
    sure = CONFIDENCE[answered] * (UNKNOWN_ROLE if said.role == "unknown" else 1.0)
    return said.finding("question", answered, sure, {"what": said.text, "answered": answered})


def _wants_answer(said: Statement, notes: frozenset[str], signs: Signs) -> bool:
    hangul = any("가" <= character <= "힣" for character in said.text)
    words = len(said.text.split())
    long_enough = (_SHORTEST_HANGUL if hangul else _SHORTEST) <= words <= MOST_WORDS
    asks = "asked" in notes or count_questions(said.text) > 0 or signs.shows(said, "question")
    return long_enough and asks and "small" not in notes


def _answered(statements: Sequence[Statement], place: int, noted: Sequence[frozenset[str]]) -> str:
    asked = statements[place]
    until_s = asked.words[-1].end_s + ANSWER_WITHIN_S
    reacted = False
    for number in range(place + 1, len(statements)):
        said = statements[number]
        if said.words[0].start_s > until_s:
            break
        if said.role == asked.role and said.role != "unknown":
            # Who asks on after nobody said a word has got no answer to this one.
            continue
        if said.turn == asked.turn or _only_listens(said, asked):
            continue
        notes = noted[number]
        if "unknown" in notes or "later" in notes:
            return "unclear"
        if not (notes & {"hold", "feeling"} or said.asks):
            return "yes"
        reacted = True
    return "unclear" if reacted else "no"


def _only_listens(said: Statement, asked: Statement) -> bool:
    """Whether this is no word to the question; "yes" answers those that can be answered by it."""
    if not is_back_channel([said.text]):
        return False
    first = said.words[0].text.lower().strip(",.!")
    return first not in _YES_OR_NO or _OPEN_QUESTION.search(asked.text.lower()) is not None


def _notes(statements: Sequence[Statement]) -> list[frozenset[str]]:
    """What the rules say of each statement."""
    notes: list[set[str]] = [set() for _said in statements]
    places = {said.place: place for place, said in enumerate(statements)}
    for label in ("hold", "unknown", "later", "feeling", "asked", "small"):
        for match in find_matches(_rules(label), statements, questions=True):
            notes[places[match.said.place]].add(label)
    return [frozenset(labels) for labels in notes]


@cache
def _rules(label: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in load_rules("question") if rule.label == label)
