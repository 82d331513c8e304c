"""Mentions of products, by the names of the workspace's glossary, and of competitors, by its lists."""

from collections.abc import Sequence

from callreview.analysis.phrases.spelling import spelled_words
from callreview.analysis.phrases.variants import variants
from callreview.analysis.statements import Statement
from callreview.analysis.word_times import WordTimes
from callreview.domain.finding import Finding
from callreview.domain.transcript import Hit, Turn

COMPETITORS = "competitor"
"""The keyword lists of this name hold the competitors."""

PRODUCT_CONFIDENCE = 0.9
COMPETITOR_CONFIDENCE = 0.8
NEAR_CONFIDENCE = 0.65
LEAST_HEARD = 0.7
"""A name is in the glossary: that the recogniser was unsure of it says little."""


def find_mentions(
    turns: Sequence[Turn], statements: Sequence[Statement], products: Sequence[str]
) -> list[Finding]:
    """The first mention of each name by each role; `details`: "what" ("product", "competitor")."""
    found = [*_products(statements, products), *_competitors(turns)]
    first: dict[tuple[str, str], Finding] = {}
    for one in sorted(found, key=lambda finding: finding.start_s):
        first.setdefault((one.label.casefold(), one.role), one)
    return list(first.values())


def _products(statements: Sequence[Statement], products: Sequence[str]) -> list[Finding]:
    names = [(name, _key(name)) for name in products]
    names = [(name, key) for name, key in names if key]
    found = []
    for said in statements if names else ():
        spelled = [_key(word.text) for word in said.words]
        text = "".join(spelled)
        for name, key in names:
            if key in text and (place := _place(spelled, key)) is not None:
                found.append(_product(said, name, *place))
    return found


def _place(spelled: Sequence[str], key: str) -> tuple[int, int] | None:
    """The words that the name spans, from the start of one on; Hangul may go on with an ending."""
    for first in range(len(spelled)):
        said = ""
        for last in range(first, len(spelled)):
            said += spelled[last]
            if said == key or (said.startswith(key) and not key.isascii()):
                return first, last
            if not key.startswith(said):
                break
    return None


def _product(said: Statement, name: str, first: int, last: int) -> Finding:
    heard = min(word.confidence for word in said.words[first : last + 1])
    sure = PRODUCT_CONFIDENCE * max(heard, LEAST_HEARD)
    return said.finding("mention", name, sure, {"what": "product"}, first=first, last=last)


def _competitors(turns: Sequence[Turn]) -> list[Finding]:
    return [
        _competitor(position, turn, hit)
        for position, turn in enumerate(turns)
        for hit in turn.hits
        if hit.list == COMPETITORS
    ]


def _competitor(position: int, turn: Turn, hit: Hit) -> Finding:
    first, last = WordTimes(turn).words(hit.start_char, hit.end_char)
    return Finding(
        "mention",
        _name(turn, hit),
        hit.start_s,
        hit.end_s,
        turn.role,
        NEAR_CONFIDENCE if hit.near else COMPETITOR_CONFIDENCE,
        position,
        first,
        last,
        {"what": COMPETITORS},
    )


def _name(turn: Turn, hit: Hit) -> str:
    """The phrase, or the words that were said where the phrase stands for several ways to say it."""
    said = turn.text[hit.start_char : hit.end_char]
    return hit.phrase if variants(hit.phrase) == (hit.phrase,) else said


def _key(text: str) -> str:
    return "".join(spelled_words(text)).replace(" ", "")
