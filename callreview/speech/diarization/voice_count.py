"""How many voices there are, and which piece of speech is of which."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from callreview.speech.diarization.clustering import (
    Floats,
    Labels,
    candidates,
    centroids_of,
    linkage_labels,
    shares_of,
)
from callreview.speech.diarization.pieces import Piece
from callreview.speech.diarization.turn_taking import (
    Doubles,
    Shares,
    same_voice_chances,
    share_out,
)

# Groups of pieces are one voice when their mean cosine is at least this. Telephone speech of one
# voice has 0.55 to 0.75 within a call, of two voices 0.1 to 0.4.
_ONE_VOICE = 0.41
# A smaller group is laughter, noise or a tune, not a speaker.
_LEAST_SPEECH_S, _LEAST_SHARE = 3.0, 0.05
_STRONG_S = 1.0
_MOST_LINKED = 500
# Two groups are two voices when pieces are this many standard deviations nearer to their own group
# than to the other. One voice that is cut in two stays under 2.5; different voices have 6 to 13.
_APART = 3.0
# Above this ratio of likeness across voices to that within one, voices are mixed up at times.
_ALIKE = 0.68


@dataclass(frozen=True)
class Grouping:
    """How likely each piece is of each voice (pieces, voices); whether voices are hard to tell."""

    shares: Doubles
    alike: bool

    @property
    def count(self) -> int:
        """How many voices there are."""
        return int(self.shares.shape[1])

    @property
    def labels(self) -> Labels:
        """The likeliest voice of each piece: (pieces,)."""
        labels: Labels = self.shares.argmax(axis=1)
        return labels


def group_by_voice(embeddings: Floats, pieces: Sequence[Piece], speakers: int | None) -> Grouping:
    """Find the voice of each piece; without `speakers` the number of voices is found too."""
    speech = _Speech(embeddings, pieces)
    if speakers is not None:
        shares = speech.shared_by(min(speakers, len(pieces)))
    else:
        shares = speech.shared_by_found()
    return Grouping(shares.shares, speech.are_alike(shares))


class _Speech:
    """All pieces of a call with their embeddings; the strong ones are long enough to rely on."""

    def __init__(self, embeddings: Floats, pieces: Sequence[Piece]) -> None:
        self._embeddings = embeddings
        self._weights = np.array([piece.speech_s for piece in pieces], np.float32)
        self._chances = same_voice_chances(pieces)
        self._strong = self._weights >= min(_STRONG_S, float(np.median(self._weights)))

    def shared_by(self, count: int) -> Shares:
        """The pieces given to this many voices, in the way that fits best."""
        starts = candidates(self._embeddings[self._strong], self._weights[self._strong], count)
        return max((self._share(start) for start in starts), key=lambda shares: shares.fit)

    def shared_by_found(self) -> Shares:
        """The pieces given to as many voices as are heard."""
        groups = self._groups()
        if len(groups) == 1:
            two = self.shared_by(2) if len(self._weights) > 1 else None
            apart = two is not None and self._apart(two, 0, 1) >= _APART
            return two if two and apart else self._share(groups)
        shares = self._joined(self._share(groups))
        return shares if shares.shares.shape[1] > 2 else self.shared_by(2)

    def are_alike(self, shares: Shares) -> bool:
        """Whether any two voices are nearly as like each other as each is like itself."""
        labels = shares.shares.argmax(axis=1)[self._strong]
        weights = shares_of(labels, self._weights[self._strong], shares.shares.shape[1])
        sums = weights.T @ self._embeddings[self._strong]
        mass = weights.sum(axis=0)
        products, pairs = sums @ sums.T, np.outer(mass, mass)
        # A piece is no evidence for being like itself.
        own = (weights**2).sum(axis=0)
        within = (products.diagonal() - own) / np.maximum(pairs.diagonal() - own, 1e-9)
        across = products / np.maximum(pairs, 1e-9)
        ratios = across / np.maximum((within[:, None] + within) / 2, 1e-9)
        heard = (mass > 0)[:, None] & (mass > 0) & ~np.eye(len(mass), dtype=bool)
        return bool((ratios[heard] > _ALIKE).any())

    def _share(self, centroids: Floats) -> Shares:
        return share_out(self._embeddings, self._weights, self._chances, centroids)

    def _groups(self) -> Floats:
        """The centroids of the groups that are large enough to be speakers."""
        strong = np.flatnonzero(self._strong)
        chosen = strong[np.linspace(0, len(strong) - 1, min(len(strong), _MOST_LINKED)).astype(int)]
        embeddings, weights = self._embeddings[chosen], self._weights[chosen]
        labels = linkage_labels(embeddings, weights, _ONE_VOICE)
        shares = shares_of(labels, weights, int(labels.max()) + 1)
        speech_s = shares.sum(axis=0)
        share_s = _LEAST_SHARE * float(speech_s.sum())
        least_s = min(max(_LEAST_SPEECH_S, share_s), float(speech_s.max()))
        centroids: Floats = centroids_of(embeddings, shares)[speech_s >= least_s]
        return centroids

    def _apart(self, shares: Shares, one: int, other: int) -> float:
        """How clearly two voices differ, 0 when one of them hardly speaks.

        By how many standard deviations pieces are nearer to the rest of their own voice than to
        the other voice.
        """
        labels = shares.shares.argmax(axis=1)
        if min(self._weights[labels == voice].sum() for voice in (one, other)) < _LEAST_SPEECH_S:
            return 0.0
        weighted = (shares.shares[:, [one, other]] * self._weights[:, None]).astype(np.float32)
        sums = weighted.T @ self._embeddings
        margins = []
        for index in np.flatnonzero(self._strong & np.isin(labels, (one, other))):
            without = sums - np.outer(weighted[index], self._embeddings[index])
            directions = without / np.maximum(np.linalg.norm(without, axis=1, keepdims=True), 1e-9)
            likeness = directions @ self._embeddings[index]
            own = 0 if labels[index] == one else 1
            margins.append(likeness[own] - likeness[1 - own])
        return float(np.mean(margins) / max(np.std(margins), 1e-9))

    def _joined(self, shares: Shares) -> Shares:
        """Fewer voices, where some turn out to be one that speaks in different ways."""
        while (count := shares.shares.shape[1]) > 2:
            pairs = {pair: self._apart(shares, *pair) for pair in combinations(range(count), 2)}
            nearest = min(pairs, key=lambda pair: pairs[pair])
            if pairs[nearest] >= _APART:
                break
            merged = shares.shares.copy()
            merged[:, nearest[0]] += merged[:, nearest[1]]
            weighted = (np.delete(merged, nearest[1], axis=1) * self._weights[:, None]).astype(
                np.float32
            )
            shares = self._share(centroids_of(self._embeddings, weighted))
        return shares
