"""Which topic a statement is about by examples: how near it is to those of each topic.

A statement is compared by meaning (vectors of the encoder, their common part taken away) and by
letters. With each topic counts how near its middle and its two nearest examples are, against the
nearest of the statements that are about nothing. Nothing is trained, so topics can be changed at
any time and need few examples; what it is worth: tests/perf/measure_contact_reason.py.
"""

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from callreview.analysis.arrays import Floats
from callreview.analysis.topics.character_grams import CharacterGrams
from callreview.analysis.topics.shipped import shipped_topics
from callreview.analysis.topics.text_encoder import SIZE, TextEncoder, shipped_encoder, unit
from callreview.config.paths import resources_dir
from callreview.domain.topic import Topic

LETTERS = 0.5
"""What likeness by letters counts beside that by meaning."""

NEAREST = 2

# Logistic regression of "the best topic is the right one" on its lead over the background, over
# the statements of tests/data/understanding/topics.tsv.
STEEPNESS = 8.0
MIDDLE = 0.4


@dataclass(frozen=True)
class NearestTopic:
    """Of a statement: the place of the best topic, its nearest example, and how sure it is (0..1)."""

    topic: int
    example: str
    confidence: float


@dataclass(frozen=True)
class _Nearness:
    """How near statements (rows) are to topics, to the background, and to each example."""

    topics: Floats
    background: Floats
    examples: Floats

    def plus(self, other: "_Nearness", weight: float) -> "_Nearness":
        return _Nearness(
            self.topics + weight * other.topics,
            self.background + weight * other.background,
            self.examples + weight * other.examples,
        )


class _Side:
    """One way to compare: vectors of the examples, each owned by a topic, then of the background."""

    def __init__(self, vectors: Floats, owned: Sequence[npt.NDArray[np.intp]]) -> None:
        count = sum(map(len, owned))
        self._examples, self._background = vectors[:count], vectors[count:]
        self._owned = owned
        self._middles = unit(np.stack([self._examples[own].mean(axis=0) for own in owned]))

    def nearness(self, vectors: Floats) -> _Nearness:
        examples = vectors @ self._examples.T
        nearest = np.stack([_nearest(examples[:, own]) for own in self._owned], axis=1)
        background = _nearest(vectors @ self._background.T)
        return _Nearness(vectors @ self._middles.T + nearest, background, examples)


class TopicScores:
    """Compares statements with the examples of topics."""

    def __init__(
        self, topics: Sequence[Topic], background: Sequence[str], encoder: TextEncoder
    ) -> None:
        examples = [text for topic in topics for text in topic.examples]
        edges = np.cumsum([len(topic.examples) for topic in topics])
        self._owned = np.split(np.arange(len(examples)), edges[:-1])
        self._examples = examples
        self._encoder = encoder
        self._grams = CharacterGrams([*examples, *background])
        vectors = example_vectors([*examples, *background], encoder)
        self._common = vectors.mean(axis=0)
        self._meaning = _Side(unit(vectors - self._common), self._owned)
        self._letters = _Side(self._grams.vectors([*examples, *background]), self._owned)

    def best(self, statements: Sequence[str]) -> list[NearestTopic]:
        """The best topic of each statement."""
        near = self._nearness(statements)
        found = []
        for row, topic in enumerate(near.topics.argmax(axis=1).tolist()):
            own = self._owned[topic]
            example = self._examples[own[near.examples[row, own].argmax()]]
            lead = float(near.topics[row, topic] - near.background[row])
            sure = 1 / (1 + math.exp(-STEEPNESS * (lead - MIDDLE)))
            found.append(NearestTopic(topic, example, sure))
        return found

    def scores(self, statements: Sequence[str]) -> Floats:
        """How near each statement is to each topic (statements x topics)."""
        return self._nearness(statements).topics

    def _nearness(self, statements: Sequence[str]) -> _Nearness:
        meaning = unit(self._encoder.embed(statements) - self._common)
        letters = self._letters.nearness(self._grams.vectors(statements))
        return self._meaning.nearness(meaning).plus(letters, LETTERS)


def _nearest(likeness: Floats) -> Floats:
    """The mean of the highest NEAREST values of each row; 0 without any."""
    if likeness.shape[1] == 0:
        return np.zeros(len(likeness), np.float32)
    highest: Floats = np.sort(likeness, axis=1)[:, -NEAREST:].mean(axis=1)
    return highest


@lru_cache(maxsize=2)
def scores_of(topics: tuple[Topic, ...]) -> TopicScores:
    """The comparison for these topics, made once for each process."""
    return TopicScores(topics, shipped_topics().background, shipped_encoder())


def example_vectors(texts: Sequence[str], encoder: TextEncoder) -> Floats:
    """The vectors of texts; those of shipped examples are read from a file, which is quicker."""
    known = _shipped_vectors(encoder.version)
    keys = [key_of(text) for text in texts]
    vectors = np.zeros((len(texts), SIZE), np.float32)
    missing = [index for index, key in enumerate(keys) if key not in known]
    if missing:
        vectors[missing] = encoder.embed([texts[index] for index in missing])
    for index, key in enumerate(keys):
        if key in known:
            vectors[index] = known[key]
    return vectors


def key_of(text: str) -> str:
    """By what the vector of a shipped example is found."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def vectors_file() -> Path:
    """The file with the vectors of the shipped examples."""
    return resources_dir() / "topics" / "vectors.npz"


@cache
def _shipped_vectors(version: str) -> Mapping[str, Floats]:
    """The vectors by key; empty when they were made with another version of the encoder."""
    with np.load(vectors_file()) as stored:
        if str(stored["version"]) != version:
            return {}
        keys = json.loads(str(stored["keys"]))
        return dict(zip(keys, stored["vectors"].astype(np.float32), strict=True))
