"""Two lexicon classifiers for English, to see what the model is worth."""

import numpy as np

from training.sentiment.metrics import Matrix

CLEAR = 0.05
"""VADER's own limit for a positive or negative compound score."""


def vader(texts: list[str]) -> Matrix:
    """Return one-hot classes of VADER."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer  # type: ignore[import-untyped]

    analyser = SentimentIntensityAnalyzer()
    return _one_hot([analyser.polarity_scores(text)["compound"] for text in texts])


def textblob(texts: list[str]) -> Matrix:
    """Return one-hot classes of TextBlob."""
    from textblob import TextBlob  # type: ignore[import-untyped]

    return _one_hot([TextBlob(text).sentiment.polarity for text in texts])


def _one_hot(scores: list[float]) -> Matrix:
    classes = [0 if s <= -CLEAR else 2 if s >= CLEAR else 1 for s in scores]
    return np.eye(3)[classes]
