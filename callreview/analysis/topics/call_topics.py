"""What a call is about: the contact reason, and further topics of the customer."""

from collections.abc import Sequence
from dataclasses import replace

from callreview.analysis.statements import Statement
from callreview.analysis.thresholds import THRESHOLDS
from callreview.domain.finding import Finding
from callreview.domain.topic import Topic

MOST_STATEMENTS = 120
"""Of a long call only so many statements of the customer are looked at, the first ones."""

OPENING_STATEMENTS = 8
"""The contact reason is looked for in so many of the customer's first statements."""

FADING = 0.88
"""Each of them counts so much of the one before: what comes first is more likely the reason."""

_SHORTEST_LATIN = 3
_SHORTEST_HANGUL = 2


def find_topics(statements: Sequence[Statement], topics: tuple[Topic, ...]) -> list[Finding]:
    """The contact reason (none when it is not clear) and the other topics, each once.

    A topic is shown where the customer is clearest about it.
    """
    said = [one for one in statements if one.role == "customer" and is_substantial(one)]
    said = said[:MOST_STATEMENTS]
    if not said or not topics:
        return []
    # Loading the encoder takes a while; calls without a customer do not need it.
    from callreview.analysis.topics.scores import scores_of

    best = scores_of(topics).best([one.text for one in said])
    found = [
        one.finding("topic", b.name, round(b.confidence, 3))
        for one, b in zip(said, best, strict=True)
    ]
    reason = _contact_reason(found[:OPENING_STATEMENTS])
    clearest: dict[str, Finding] = {}
    for one in sorted(found, key=lambda finding: -finding.confidence):
        if reason is None or one.label != reason.label:
            clearest.setdefault(one.label, one)
    return [*([reason] if reason else []), *clearest.values()]


def _contact_reason(opening: Sequence[Finding]) -> Finding | None:
    weighed = [
        (one.confidence * FADING**place, one)
        for place, one in enumerate(opening)
        if one.confidence >= THRESHOLDS["contact_reason"]
    ]
    if not weighed:
        return None
    _weight, first = max(weighed, key=lambda item: item[0])
    return replace(first, kind="contact_reason")


def is_substantial(said: Statement) -> bool:
    """Whether the statement is long enough to be about something."""
    words = [word for word in said.text.split() if any(map(str.isalpha, word))]
    hangul = any("가" <= character <= "힣" for character in said.text)
    return len(words) >= (_SHORTEST_HANGUL if hangul else _SHORTEST_LATIN)
