"""The peer of contact reasons: tf-idf of words with logistic regression, as everybody does it first.

scikit-learn does it where it can be imported; else the same in numpy (single words, L2 penalty 1/C),
which differs from it by less than a point.
"""

import importlib.util
import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

STEPS = 150
HAS_SKLEARN = importlib.util.find_spec("sklearn") is not None


def predict(
    texts: Sequence[str], labels: Sequence[int], others: Sequence[str], penalty: float
) -> np.ndarray:
    """The labels of `others`, learnt from `texts`; `penalty` is scikit-learn's C."""
    if HAS_SKLEARN:
        return _sklearn(texts, labels, others, penalty)
    learnt, asked = _tfidf(texts, others)
    return _regression(learnt, np.array(labels), asked, penalty)


def _sklearn(texts, labels, others, penalty) -> np.ndarray:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    vectors = TfidfVectorizer()
    model = LogisticRegression(C=penalty, max_iter=1000)
    model.fit(vectors.fit_transform(texts), labels)
    return model.predict(vectors.transform(others))


def _tfidf(texts: Sequence[str], others: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    words = [re.findall(r"\b\w\w+\b", text.lower()) for text in texts]
    counts = Counter(word for own in words for word in set(own))
    places = {word: place for place, word in enumerate(counts)}
    weights = np.log((1 + len(texts)) / (1 + np.array(list(counts.values())))) + 1
    return _vectors(words, places, weights), _vectors(
        [re.findall(r"\b\w\w+\b", text.lower()) for text in others], places, weights
    )


def _vectors(words, places, weights) -> np.ndarray:
    vectors = np.zeros((len(words), len(places)), np.float32)
    for row, own in enumerate(words):
        for word, count in Counter(own).items():
            if word in places:
                vectors[row, places[word]] = count * weights[places[word]]
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


def _regression(learnt, labels, asked, penalty) -> np.ndarray:
    classes = int(labels.max()) + 1
    wanted = np.eye(classes, dtype=np.float32)[labels]
    weights = np.zeros((learnt.shape[1] + 1, classes), np.float32)
    momentum = weights.copy()
    learnt = np.hstack([learnt, np.ones((len(learnt), 1), np.float32)])
    asked = np.hstack([asked, np.ones((len(asked), 1), np.float32)])
    rate = 1 / (0.5 * penalty * np.linalg.norm(learnt, 2) ** 2 + 1)
    for step in range(STEPS):
        before = weights
        logits = learnt @ momentum
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        error = powers / powers.sum(axis=1, keepdims=True) - wanted
        slope = penalty * learnt.T @ error + momentum
        slope[-1] -= momentum[-1]
        weights = momentum - rate * slope
        momentum = weights + step / (step + 3) * (weights - before)
    return (asked @ weights).argmax(axis=1)
