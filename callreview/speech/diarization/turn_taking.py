"""Whose piece it is, from how it sounds and from how people take turns.

A hidden Markov model in the manner of VBx (Landini et al., "Bayesian HMM clustering of x-vector
sequences in speaker diarization", Computer Speech & Language 71, 2022), reduced to what telephone
calls need: a voice is a direction, a piece points more or less its way (von Mises-Fisher), and who
spoke before is likely to go on where there is no pause.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from callreview.speech.diarization.clustering import Floats, centroids_of
from callreview.speech.diarization.pieces import Piece
from callreview.speech.diarization.segmentation import FRAME_S

Doubles = npt.NDArray[np.float64]

# How much a difference in cosine says about a piece of one second; more speech says more.
_CONCENTRATION = 45.0
_MOST_S = 1.5
_ROUNDS = 15
_SETTLED = 1e-4

# How likely the same voice goes on after a pause of less than so many seconds, where segmentation
# hears the same voice and where it hears another. Counted on sample calls and a real call, rounded
# towards even because segmentation does not notice like voices.
_GOES_ON = ((0.12, 0.95), (0.4, 0.85), (0.6, 0.7), (float("inf"), 0.6))
_GOES_ON_THOUGH_OTHER = ((0.12, 0.6), (float("inf"), 0.3))


@dataclass(frozen=True)
class Shares:
    """How likely each piece is of each voice (pieces, voices), and how well all of it fits."""

    shares: Doubles
    centroids: Floats
    fit: float


def same_voice_chances(pieces: Sequence[Piece]) -> Doubles:
    """How likely each piece is of the voice of the one before, before listening: (pieces,)."""
    chances = np.full(len(pieces), 0.5)
    for index, (before, piece) in enumerate(pairwise(pieces), 1):
        pause_s = (piece.start - before.end) * FRAME_S
        table = _GOES_ON if piece.slot == before.slot else _GOES_ON_THOUGH_OTHER
        chances[index] = next(chance for longest_s, chance in table if pause_s < longest_s)
    return chances


def share_out(embeddings: Floats, weights: Floats, chances: Doubles, centroids: Floats) -> Shares:
    """Give pieces to voices and move the voices to their pieces, by turns, until it settles."""
    shares, fit = _listened(embeddings, weights, chances, centroids)
    for _ in range(_ROUNDS):
        weighted = (shares * weights[:, None]).astype(np.float32)
        moved = centroids_of(embeddings, weighted)
        change = float(np.abs(moved - centroids).max())
        centroids = moved
        shares, fit = _listened(embeddings, weights, chances, centroids)
        if change < _SETTLED:
            break
    return Shares(shares, centroids, fit)


def _listened(
    embeddings: Floats, weights: Floats, chances: Doubles, centroids: Floats
) -> tuple[Doubles, float]:
    strength = _CONCENTRATION * np.minimum(weights, _MOST_S)[:, None]
    return forward_backward((strength * (embeddings @ centroids.T)).astype(np.float64), chances)


def forward_backward(evidence: Doubles, chances: Doubles) -> tuple[Doubles, float]:
    """Chances of each state at each step, (steps, states), and the log-likelihood of it all.

    `evidence` are log-likelihoods (steps, states). `chances` say how likely a state is that of the
    step before; what is left is shared by the other states.
    """
    steps, states = evidence.shape
    top = evidence.max(axis=1)
    likely = np.exp(evidence - top[:, None])
    others = (1 - chances) / max(states - 1, 1)
    forward = np.empty((steps, states))
    scale = np.empty(steps)
    before = np.full(states, 1 / states)
    for step in range(steps):
        moved = others[step] * before.sum() + (chances[step] - others[step]) * before
        forward[step] = likely[step] * (moved if step and states > 1 else before)
        scale[step] = forward[step].sum()
        forward[step] /= scale[step]
        before = forward[step]
    backward = np.ones((steps, states))
    for step in range(steps - 2, -1, -1):
        after = likely[step + 1] * backward[step + 1] / scale[step + 1]
        stays, leaves = chances[step + 1], others[step + 1]
        backward[step] = leaves * after.sum() + (stays - leaves) * after if states > 1 else after
    both = forward * backward
    return both / both.sum(axis=1, keepdims=True), float(np.log(scale).sum() + top.sum())
