"""Which topic a statement is about: how near it is to the examples of each topic.

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

from callreview.analysis.text_model import Floats
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
class ScoredTopic:
    """The name of the best topic of a statement, and how sure (0..1) it is about it."""

    name: str
    confidence: float


@dataclass(frozen=True)
class _Side:
    """One way to compare: vectors of the examples, of the background, middles of the topics."""

    examples: Floats
    background: Floats
    middles: Floats


class TopicScores:
    """Compares statements with the examples of topics."""

    def __init__(
        self, topics: Sequence[Topic], background: Sequence[str], encoder: TextEncoder
    ) -> None:
        texts = [text for topic in topics for text in topic.examples] + list(background)
        self._names = [topic.name for topic in topics]
        self._owner = np.repeat(np.arange(len(topics)), [len(topic.examples) for topic in topics])
        self._encoder = encoder
        self._grams = CharacterGrams(texts)
        vectors = example_vectors(texts, encoder)
        self._common = vectors.mean(axis=0)
        self._meaning = self._side(unit(vectors - self._common))
        self._letters = self._side(self._grams.vectors(texts))

    def best(self, statements: Sequence[str]) -> list[ScoredTopic]:
        """The best topic of each statement."""
        scores, nothing = self.scores(statements)
        leads = scores.max(axis=1) - nothing
        return [
            ScoredTopic(self._names[best], 1 / (1 + math.exp(-STEEPNESS * (lead - MIDDLE))))
            for best, lead in zip(scores.argmax(axis=1), leads.tolist(), strict=True)
        ]

    def scores(self, statements: Sequence[str]) -> tuple[Floats, Floats]:
        """How near each statement is to each topic (statements x topics), and to the background."""
        meaning = unit(self._encoder.embed(statements) - self._common)
        by_meaning = self._compare(self._meaning, meaning)
        by_letters = self._compare(self._letters, self._grams.vectors(statements))
        return by_meaning[0] + LETTERS * by_letters[0], by_meaning[1] + LETTERS * by_letters[1]

    def _side(self, vectors: Floats) -> _Side:
        count = len(self._owner)
        examples = vectors[:count]
        middles = [examples[self._owner == topic].mean(axis=0) for topic in range(len(self._names))]
        return _Side(examples, vectors[count:], unit(np.stack(middles)))

    def _compare(self, side: _Side, vectors: Floats) -> tuple[Floats, Floats]:
        likeness = vectors @ side.examples.T
        nearest = [_nearest(likeness[:, self._owner == topic]) for topic in range(len(self._names))]
        scores: Floats = vectors @ side.middles.T + np.stack(nearest, axis=1)
        return scores, _nearest(vectors @ side.background.T)


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
