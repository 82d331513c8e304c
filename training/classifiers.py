"""What the trainings of linear classifiers share: letters as tensors, descent, the file they ship in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from callreview.analysis.text_grams import PLACES, text_grams
from callreview.analysis.topics.text_encoder import SIZE, shipped_encoder

STEPS = 120


@dataclass(frozen=True)
class Weights:
    """Weights of meaning (SIZE x classes) and of letters (PLACES x classes), and biases (classes)."""

    vectors: torch.Tensor
    grams: torch.Tensor
    bias: torch.Tensor


def letters(texts: Sequence[str]) -> torch.Tensor:
    """Return the letters of the texts (texts x PLACES, sparse)."""
    found = [text_grams(text) for text in texts]
    rows = np.repeat(np.arange(len(texts)), [len(places) for places, _weights in found])
    places = np.concatenate([places for places, _weights in found])
    weights = np.concatenate([weights for _places, weights in found])
    return torch.sparse_coo_tensor(
        torch.tensor(np.stack([rows, places])), torch.tensor(weights), (len(texts), PLACES)
    ).coalesce()


def fitted(
    meaning: torch.Tensor,
    letters: torch.Tensor,
    classes: int,
    penalties: tuple[float, float],
    loss: Callable[[torch.Tensor], torch.Tensor],
) -> Weights:
    """Return the weights with the least loss of scores (texts x classes), and small themselves.

    The penalties are those of the weights of meaning and of letters.
    """
    vectors = torch.zeros(SIZE, classes, requires_grad=True)
    grams = torch.zeros(PLACES, classes, requires_grad=True)
    bias = torch.zeros(classes, requires_grad=True)
    optimiser = torch.optim.LBFGS(
        [vectors, grams, bias], max_iter=STEPS, line_search_fn="strong_wolfe"
    )

    def total() -> float:
        optimiser.zero_grad()
        lost = loss(meaning @ vectors + torch.sparse.mm(letters, grams) + bias)
        lost = lost + (penalties[0] * (vectors**2).sum() + penalties[1] * (grams**2).sum()) / 2
        lost.backward()
        return lost.item()

    optimiser.step(total)
    return Weights(vectors.detach(), grams.detach(), bias.detach())


def write(out: Path, names: Sequence[str], trained: Weights, lift: np.ndarray) -> None:
    """Write the classifiers as `callreview.analysis.text_classifiers` reads them, letters in 8 bits."""
    grams = trained.grams.T.numpy()
    scales = np.maximum(np.abs(grams).max(axis=1), 1e-9) / 127
    np.savez_compressed(
        out,
        names=np.array(names),
        grams=np.round(grams / scales[:, np.newaxis]).astype(np.int8),
        scales=scales.astype(np.float32),
        vectors=trained.vectors.T.numpy().astype(np.float16),
        bias=trained.bias.numpy().astype(np.float32),
        lift=lift.astype(np.float32),
        encoder=np.array(shipped_encoder().version),
    )
