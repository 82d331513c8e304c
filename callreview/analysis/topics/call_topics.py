"""What a call is about: the contact reason, and further topics of the customer."""

import math
from collections.abc import Sequence

import numpy as np

from callreview.analysis.arrays import Floats
from callreview.analysis.statements import Statement
from callreview.analysis.thresholds import THRESHOLDS
from callreview.domain.finding import Finding
from callreview.domain.topic import Topic

MOST_STATEMENTS = 120
"""Of a long call only so many statements of the customer are looked at, the first ones."""

OPENING_STATEMENTS = 8
"""The contact reason is looked for in so many of the customer's first statements."""

FADING = 0.75
"""Each of them counts so much of the one before: what comes first is more likely the reason."""

# Logistic regression of "the best topic is the reason" on how much is said of it and of the next
# best (training/topics/judge.py: calls judged by what was learnt from the calls of other hands).
MUCH, RIVAL, LITTLE = 5.79, 3.08, 1.71

_SHORTEST_LATIN = 3
_SHORTEST_HANGUL = 2


def find_topics(statements: Sequence[Statement], topics: tuple[Topic, ...]) -> list[Finding]:
    """The contact reason (none when it is not clear) and the other topics, each once.

    A topic is shown where the customer is clearest about it.
    """
    said = [one for one in statements if one.role == "customer" and is_substantial(one.text)]
    said = said[:MOST_STATEMENTS]
    if not said or not topics:
        return []
    # Loading the encoder takes a while; calls without a customer do not need it.
    from callreview.analysis.topics.likelihood import topic_likelihoods

    likely = topic_likelihoods([one.text for one in said], topics)
    reason = _contact_reason(said, likely, topics)
    found = [reason] if reason else []
    for topic, column in zip(topics, likely.T, strict=True):
        sure = float(column.max())
        if sure >= THRESHOLDS["topic"] and (reason is None or topic.name != reason.label):
            found.append(said[int(column.argmax())].finding("topic", topic.name, round(sure, 3)))
    return found


def _contact_reason(
    said: Sequence[Statement], likely: Floats, topics: Sequence[Topic]
) -> Finding | None:
    """The topic that the customer says most of in the beginning, if that is clear."""
    weighed = weigh_opening(likely)
    much = weighed.sum(axis=0)
    rival, best = np.sort([0.0, *much])[-2:]
    confidence = 1 / (1 + math.exp(LITTLE + RIVAL * rival - MUCH * best))
    if confidence < THRESHOLDS["contact_reason"]:
        return None
    place = int(much.argmax())
    row = int(weighed[:, place].argmax())
    return said[row].finding("contact_reason", topics[place].name, round(confidence, 3))


def weigh_opening(likely: Floats) -> Floats:
    """How much each of the first statements says of each topic (statements x topics)."""
    opening = likely[:OPENING_STATEMENTS]
    fading = np.float32(FADING) ** np.arange(len(opening), dtype=np.float32)
    weighed: Floats = opening * fading[:, np.newaxis]
    return weighed


def is_substantial(text: str) -> bool:
    """Whether a statement is long enough to be about something."""
    words = [word for word in text.split() if any(map(str.isalpha, word))]
    hangul = any("가" <= character <= "힣" for character in text)
    return len(words) >= (_SHORTEST_HANGUL if hangul else _SHORTEST_LATIN)
