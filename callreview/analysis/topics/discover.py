"""Topics that nobody named yet: what statements of customers have in common.

Statements that are near each other by meaning are put together (average linkage, the nearest two
groups first, until they are too far apart). A group's name is the phrase that is said much in it
and seldom elsewhere (tf-idf of one to three words).
"""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from callreview.analysis.arrays import Floats
from callreview.analysis.phrases.spelling import spelled_words
from callreview.analysis.topics.scores import example_vectors
from callreview.analysis.topics.shipped import shipped_topics
from callreview.analysis.topics.text_encoder import TextEncoder, unit

MOST_STATEMENTS = 2000
"""So many statements are put into groups at most: the work grows with their square."""

NEAR = 0.5
"""Groups are put together while their statements are so near on average (cosine, centred)."""

FEWEST_CALLS = 3
MOST_TOPICS = 20
EXAMPLES = 8
LONGEST_NAME = 3

_WEAK_WORDS = """
a an the i you he she it we they me my your our his her their is am are was were be been do does did have has
had will would can could should to of in on at for from with and or but so if that this there what when where
how why who which not no yes just like want need would about up out please okay um uh oh well really very got
get im know think one some any hi hello thank thanks wish wants much thats
네 예 아 그 저 제 제가 좀 그런데 근데 그래서 이거 그거 하고 싶어요 있어요 없어요 해요 했어요 하는데요 거든요 주세요 지금
혹시 수 것 거 때문에 전화했어요 전화드렸어요 안녕하세요 감사합니다
"""
_WEAK = frozenset(_WEAK_WORDS.split())


@dataclass(frozen=True)
class Said:
    """A statement of a customer and the call it is from."""

    call: int
    text: str


@dataclass(frozen=True)
class Group:
    """Statements that belong together: a name, the most typical ones first, and how many calls."""

    name: str
    examples: tuple[str, ...]
    calls: int


def group_statements(
    said: Sequence[Said], encoder: TextEncoder, cancelled: Callable[[], bool]
) -> list[Group]:
    """Groups of statements from at least FEWEST_CALLS calls, those of most calls first."""
    if len(said) < FEWEST_CALLS:
        return []
    vectors = unit(encoder.embed([one.text for one in said]) - _common(encoder))
    words = Counter(phrase for one in said for phrase in set(_phrases(one.text)))
    groups = [
        _group(members, said, vectors, words)
        for members in _linked(vectors, cancelled)
        if len({said[member].call for member in members}) >= FEWEST_CALLS
    ]
    groups.sort(key=lambda group: -group.calls)
    return groups[:MOST_TOPICS]


def _common(encoder: TextEncoder) -> Floats:
    """What the vectors of all statements have in common and nothing can be told by."""
    shipped = shipped_topics()
    texts = [text for topic in shipped.topics for text in topic.examples]
    mean: Floats = example_vectors([*texts, *shipped.background], encoder).mean(axis=0)
    return mean


def _linked(vectors: Floats, cancelled: Callable[[], bool]) -> list[list[int]]:
    """Average linkage: the members of each group."""
    count = len(vectors)
    sums = vectors @ vectors.T
    sizes = np.ones(count)
    means = sums.copy()
    np.fill_diagonal(means, -1)
    members = [[index] for index in range(count)]
    while count > 1 and not cancelled():
        one, other = divmod(int(means.argmax()), len(vectors))
        if means[one, other] < NEAR:
            break
        members[one] += members[other]
        members[other] = []
        sums[one] += sums[other]
        sums[:, one] += sums[:, other]
        sizes[one] += sizes[other]
        means[one] = sums[one] / (sizes[one] * sizes)
        means[:, one] = means[one]
        means[one, one] = -1
        means[other] = means[:, other] = -1
        gone = [index for index, group in enumerate(members) if not group]
        means[one, gone] = means[gone, one] = -1
        count -= 1
    return [group for group in members if group]


def _group(
    members: Sequence[int], said: Sequence[Said], vectors: Floats, words: Counter[str]
) -> Group:
    own = vectors[list(members)]
    order = np.argsort(-(own @ own.mean(axis=0)))
    texts = list(dict.fromkeys(said[members[place]].text for place in order))
    calls = len({said[member].call for member in members})
    return Group(
        _name([said[m].text for m in members], words, len(said)), tuple(texts[:EXAMPLES]), calls
    )


def _name(texts: Sequence[str], words: Counter[str], total: int) -> str:
    inside = Counter(phrase for text in texts for phrase in set(_phrases(text)))
    scores = {
        phrase: count * math.log(total / words[phrase]) * (1 + 0.5 * phrase.count(" "))
        for phrase, count in inside.items()
        if count > 1
    }
    return max(scores, key=lambda phrase: scores[phrase]) if scores else texts[0][:40]


def _phrases(text: str) -> list[str]:
    """Runs of one to three words that neither begin nor end with a weak word."""
    words = " ".join(spelled_words(text)).split()
    return [
        " ".join(words[start : start + size])
        for size in range(1, LONGEST_NAME + 1)
        for start in range(len(words) - size + 1)
        if _strong(words[start]) and _strong(words[start + size - 1])
    ]


def _strong(word: str) -> bool:
    return word not in _WEAK and not word.isdigit()
