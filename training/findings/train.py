"""Trains the classifiers of `callreview.analysis.findings.signs` on turns; a few CPU-minutes.

Usage: python -m training.findings.train [OUT.npz]   (default: resources/findings/signs.npz)
Logistic regression over letters and meaning, one sign against all else, both classes weighing the
same. Thresholds were chosen on the dialogues of tests/data/understanding/dialogues.*.tsv.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from callreview.analysis.findings.sign_grams import PLACES, text_grams
from callreview.analysis.findings.signs import signs_file
from callreview.analysis.topics.text_encoder import shipped_encoder
from training.findings.examples import SignExamples, all_examples

VECTOR_PENALTY, GRAM_PENALTY = 1e-3, 3e-4
THRESHOLDS = {
    "promise": 0.65,
    "complaint": 0.575,
    "decline": 0.5,
    "offer": 0.5,
    "accept": 0.6,
    "reason": 0.3,
}
"""Probabilities from which on a sign is shown; 0.5 for questions."""

LIFT_SHARE = 0.98
"""So much of the examples that show a sign go on to the encoder."""


ALWAYS = 99.0
"""Reasons are asked of few texts, which all go to the encoder."""


@dataclass(frozen=True)
class Classifier:
    """Weights of one sign."""

    vector: np.ndarray
    grams: np.ndarray
    bias: float
    lift: float


def main() -> None:
    """Train all signs and write them."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else signs_file()
    torch.set_num_threads(1)
    examples = all_examples()
    vectors = embedded(sorted({text for one in examples for text in one.texts}))
    trained = {one.sign: train(one, vectors) for one in examples}
    grams = np.stack([one.grams for one in trained.values()])
    scales = np.abs(grams).max(axis=1) / 127
    np.savez_compressed(
        out,
        names=np.array(list(trained)),
        grams=np.round(grams / scales[:, np.newaxis]).astype(np.int8),
        scales=scales.astype(np.float32),
        vectors=np.stack([one.vector for one in trained.values()]).astype(np.float16),
        bias=np.array([one.bias for one in trained.values()], np.float32),
        lift=np.array([one.lift for one in trained.values()], np.float32),
        encoder=np.array(shipped_encoder().version),
    )


def embedded(texts: Sequence[str]) -> dict[str, np.ndarray]:
    """The vector of each text."""
    return dict(zip(texts, shipped_encoder().embed(texts), strict=True))


def train(examples: SignExamples, vectors: dict[str, np.ndarray]) -> Classifier:
    """The classifier of one sign, its threshold moved to 0."""
    meaning = torch.tensor(np.stack([vectors[text] for text in examples.texts]))
    letters = sparse(examples.texts)
    truth = torch.tensor(examples.shown, dtype=torch.float32)
    vector, grams, bias = fit(meaning, letters, truth)
    by_letters = torch.sparse.mm(letters, grams[:, None])[:, 0]
    threshold = THRESHOLDS.get(examples.sign.partition(":")[0], 0.5)
    moved = float(bias) - float(np.log(threshold / (1 - threshold)))
    needed = -(by_letters + moved)[truth > 0].numpy()
    lift = ALWAYS if examples.sign.startswith("reason:") else np.quantile(needed, LIFT_SHARE)
    print(f"{examples.sign:24} {int(truth.sum()):5} of {len(truth):5}  lift {lift:.2f}", flush=True)
    return Classifier(vector.numpy(), grams.numpy(), moved, float(lift))


def fit(
    meaning: torch.Tensor, letters: torch.Tensor, truth: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Weights of meaning and letters, and the bias, with the least log loss and small weights."""
    vector = torch.zeros(meaning.shape[1], requires_grad=True)
    grams = torch.zeros(PLACES, requires_grad=True)
    bias = torch.zeros(1, requires_grad=True)
    share = truth.mean()
    weights = torch.where(truth > 0, 0.5 / share, 0.5 / (1 - share))
    optimiser = torch.optim.LBFGS(
        [vector, grams, bias], max_iter=100, line_search_fn="strong_wolfe"
    )

    def loss() -> float:
        optimiser.zero_grad()
        scores = meaning @ vector + torch.sparse.mm(letters, grams[:, None])[:, 0] + bias
        each = torch.nn.functional.binary_cross_entropy_with_logits(scores, truth, reduction="none")
        penalty = VECTOR_PENALTY * (vector**2).sum() + GRAM_PENALTY * (grams**2).sum()
        total = (weights * each).mean() + penalty / 2
        total.backward()
        return total.item()

    optimiser.step(loss)
    return vector.detach(), grams.detach(), bias.detach()


def sparse(texts: Sequence[str]) -> torch.Tensor:
    """The letters of the texts (texts x PLACES)."""
    found = [text_grams(text) for text in texts]
    rows = np.repeat(np.arange(len(texts)), [len(places) for places, _weights in found])
    places = np.concatenate([places for places, _weights in found])
    weights = np.concatenate([weights for _places, weights in found])
    return torch.sparse_coo_tensor(
        torch.tensor(np.stack([rows, places])), torch.tensor(weights), (len(texts), PLACES)
    ).coalesce()


if __name__ == "__main__":
    main()
