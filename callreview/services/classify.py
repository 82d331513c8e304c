"""Sentiment of turns that are given as text, without a call or a workspace."""

from collections.abc import Sequence
from dataclasses import dataclass

from callreview.domain.sentiment import SentimentLabel, label_turn
from callreview.domain.text_language import language_of
from callreview.services.sentiment_model import sentiment_model


@dataclass(frozen=True)
class ClassifiedText:
    """A text's label, the probabilities of the three classes, and the language ("" unknown)."""

    label: SentimentLabel
    negative: float
    neutral: float
    positive: float
    language: str


def classify_texts(texts: Sequence[str], sentiment: str | None = None) -> list[ClassifiedText]:
    """Classify each text; blank ones are neutral.

    `sentiment` is as in `analysis.sentiment.load_sentiment`, whose errors this raises; None is the
    model that was chosen on this computer.
    """
    from callreview.analysis.sentiment.classifier import load_sentiment

    results = load_sentiment(sentiment or sentiment_model()).classify(texts)
    turns = (label_turn(text, row) for text, row in zip(texts, results, strict=True))
    return [
        ClassifiedText(turn.label, turn.negative, turn.neutral, turn.positive, language_of(text))
        for turn, text in zip(turns, texts, strict=True)
    ]
