"""How many voices there are, and which piece of speech is of which."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from callreview.speech.diarization.clustering import (
    Floats,
    Labels,
    best_centroids,
    centroids_of,
    linkage_labels,
    refined,
)
from callreview.speech.diarization.pieces import Piece

# Two groups of pieces are one voice when their mean cosine is at least this. Telephone speech of one
# voice has 0.55 to 0.75 within a call, of two voices 0.1 to 0.4.
_ONE_VOICE = 0.42
# A smaller group is laughter, noise or a tune, not a speaker.
_LEAST_SPEECH_S, _LEAST_SHARE = 3.0, 0.04
_STRONG_S = 0.8
_MOST_LINKED = 500
# Above this ratio of alikeness across voices to that within one, voices are mixed up at times.
_ALIKE = 0.68


@dataclass(frozen=True)
class Grouping:
    """The voice of each piece (pieces,), how like each voice it is (pieces, voices), a warning."""

    labels: Labels
    likeness: Floats
    alike: bool

    @property
    def count(self) -> int:
        """How many voices there are."""
        return int(self.likeness.shape[1])


def group_by_voice(embeddings: Floats, pieces: Sequence[Piece], speakers: int | None) -> Grouping:
    """Give each piece its voice; without `speakers` the number of voices is found."""
    weights = np.array([piece.length_s for piece in pieces], np.float32)
    strong = weights >= min(_STRONG_S, float(np.median(weights)))
    chosen, their_weights = embeddings[strong], weights[strong]
    centroids = _centroids(chosen, their_weights, speakers)
    likeness = embeddings @ centroids.T
    return Grouping(likeness.argmax(axis=1), likeness, _are_alike(chosen, their_weights, centroids))


def _centroids(embeddings: Floats, weights: Floats, speakers: int | None) -> Floats:
    if speakers is not None:
        return best_centroids(embeddings, weights, min(speakers, len(embeddings)))
    linked = np.linspace(0, len(embeddings) - 1, min(len(embeddings), _MOST_LINKED)).astype(int)
    labels = linkage_labels(embeddings[linked], weights[linked], _ONE_VOICE)
    speech_s = np.bincount(labels, weights=weights[linked])
    least_s = max(min(_LEAST_SPEECH_S, 0.5 * speech_s.max()), _LEAST_SHARE * speech_s.sum())
    count = int((speech_s >= least_s).sum())
    if count == 2:
        return best_centroids(embeddings, weights, 2)
    largest = np.argsort(-speech_s, kind="stable")[:count]
    groups = centroids_of(embeddings[linked], weights[linked], labels, len(speech_s))
    return refined(embeddings, weights, groups[largest])


def _are_alike(embeddings: Floats, weights: Floats, centroids: Floats) -> bool:
    """Whether any two voices are nearly as like each other as each is like itself."""
    labels = (embeddings @ centroids.T).argmax(axis=1)
    voices = [
        _Voice.of(embeddings[labels == label], weights[labels == label])
        for label in range(len(centroids))
    ]
    pairs = [(one, other) for at, one in enumerate(voices) for other in voices[at + 1 :]]
    return any(one.ratio(other) > _ALIKE for one, other in pairs)


@dataclass(frozen=True)
class _Voice:
    """Sum of weighted embeddings of a voice, and the mean cosine of two of them."""

    total: Floats
    weight: float
    within: float

    @classmethod
    def of(cls, embeddings: Floats, weights: Floats) -> "_Voice":
        total = (embeddings * weights[:, None]).sum(axis=0)
        weight, own = float(weights.sum()), float((weights**2).sum())
        pairs = max(weight**2 - own, 1e-9)
        return cls(total, weight, (float(total @ total) - own) / pairs)

    def ratio(self, other: "_Voice") -> float:
        across = float(self.total @ other.total) / max(self.weight * other.weight, 1e-9)
        return across / max((self.within + other.within) / 2, 1e-9)
