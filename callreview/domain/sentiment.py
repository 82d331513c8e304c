"""Sentiment of turns and speakers: labels, scores and the course over a call.

Rules: docs/definitions.md, "Sentiment" (the label rule follows Amazon's open
post-call-analytics code).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from unicodedata import east_asian_width

SentimentLabel = Literal["negative", "neutral", "positive"]

DEFINITION = "sentiment-2"
"""The version of the rules here and of `sentiment_curve`; stored beside the model's name.

1 counted every character of a short text as one; 2 counts a syllable of Hangul as two.
"""

LABEL_THRESHOLD = 2.0
SCALE = 5.0
SHORTEST_TEXT = 8
"""A text under so many columns is neutral. Latin letters take one column each."""


@dataclass(frozen=True)
class SentimentProbabilities:
    """Probabilities of the three classes; they sum to 1."""

    negative: float
    neutral: float
    positive: float


NEUTRAL = SentimentProbabilities(0.0, 1.0, 0.0)


@dataclass(frozen=True)
class TurnSentiment:
    """The label of one turn and the probabilities it was made from."""

    label: SentimentLabel
    negative: float
    neutral: float
    positive: float

    @property
    def signed(self) -> float:
        """Strength of the label on the scale -5..+5; 0 for neutral."""
        if self.label == "negative":
            return -SCALE * self.negative
        return SCALE * self.positive if self.label == "positive" else 0.0


@dataclass(frozen=True)
class ScoredTurn:
    """A turn's place in time (seconds) and its sentiment: what the course is drawn from."""

    start_s: float
    end_s: float
    sentiment: TurnSentiment


@dataclass(frozen=True)
class SpeakerSentiment:
    """One speaker's sentiment over a call.

    `score` is -5..+5; `quarters` are the means per quarter of the call (None where the
    speaker has no turn); `shift` is the last quarter minus the first, None when either is.
    """

    score: float
    quarters: tuple[float | None, float | None, float | None, float | None]
    shift: float | None


def label_turn(text: str, probabilities: SentimentProbabilities) -> TurnSentiment:
    """Label a turn; texts under 8 columns are neutral."""
    p = probabilities
    label: SentimentLabel = "neutral"
    if columns(text.strip()) >= SHORTEST_TEXT:
        if p.negative * SCALE >= LABEL_THRESHOLD:
            label = "negative"
        elif p.positive * SCALE >= LABEL_THRESHOLD:
            label = "positive"
    return TurnSentiment(label, p.negative, p.neutral, p.positive)


def columns(text: str) -> int:
    """How wide a text is: one for each character, two for wide ones (Hangul, Han, kana, emoji).

    Wide are those with East Asian Width W or F (Unicode Standard Annex 11). One syllable of Hangul
    says about as much as two to three letters: "최악이에요" is no shorter than "terrible".
    """
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def speaker_sentiment(turns: Sequence[ScoredTurn], duration_s: float) -> SpeakerSentiment:
    """Sentiment of the speaker whose turns these are, in a call of `duration_s` seconds."""
    quarters: list[list[float]] = [[], [], [], []]
    for turn in turns:
        middle = (turn.start_s + turn.end_s) / 2
        place = 4 * middle / duration_s if duration_s > 0 else 0.0
        quarters[int(min(max(place, 0.0), 3.0))].append(turn.sentiment.signed)
    means = [_mean(values) for values in quarters]
    first, last = means[0], means[3]
    return SpeakerSentiment(
        score=_mean([turn.sentiment.signed for turn in turns]) or 0.0,
        quarters=(means[0], means[1], means[2], means[3]),
        shift=None if first is None or last is None else last - first,
    )


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
