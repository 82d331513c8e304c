"""Trains the classifiers of `callreview.analysis.findings.signs` on turns; a few CPU-minutes.

Usage: python -m training.findings.train [OUT.npz]   (default: resources/findings/signs.npz)
Logistic regression over letters and meaning, one sign against all else, both classes weighing the
same. Thresholds were chosen on the dialogues of tests/data/understanding/dialogues.*.tsv.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from callreview.analysis.findings.signs import signs_file
from callreview.analysis.topics.text_encoder import shipped_encoder
from training.classifiers import Weights, fitted, letters, write
from training.findings.examples import SignExamples, all_examples

PENALTIES = 1e-3, 3e-4
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


def main() -> None:
    """Train all signs and write them."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else signs_file()
    torch.set_num_threads(1)
    examples = all_examples()
    vectors = embedded(sorted({text for one in examples for text in one.texts}))
    trained, lifts = zip(*(train(one, vectors) for one in examples), strict=True)
    together = Weights(
        torch.cat([one.vectors for one in trained], dim=1),
        torch.cat([one.grams for one in trained], dim=1),
        torch.cat([one.bias for one in trained]),
    )
    write(out, [one.sign for one in examples], together, np.array(lifts))


def embedded(texts: Sequence[str]) -> dict[str, np.ndarray]:
    """The vector of each text."""
    return dict(zip(texts, shipped_encoder().embed(texts), strict=True))


def train(examples: SignExamples, vectors: dict[str, np.ndarray]) -> tuple[Weights, float]:
    """The classifier of one sign, its threshold moved to 0, and its lift."""
    meaning = torch.tensor(np.stack([vectors[text] for text in examples.texts]))
    known = letters(examples.texts)
    truth = torch.tensor(examples.shown, dtype=torch.float32)
    share = truth.mean()
    weights = torch.where(truth > 0, 0.5 / share, 0.5 / (1 - share))

    def loss(scores: torch.Tensor) -> torch.Tensor:
        each = functional.binary_cross_entropy_with_logits(scores[:, 0], truth, reduction="none")
        return (weights * each).mean()

    found = fitted(meaning, known, 1, PENALTIES, loss)
    threshold = THRESHOLDS.get(examples.sign.partition(":")[0], 0.5)
    moved = found.bias - float(np.log(threshold / (1 - threshold)))
    by_letters = torch.sparse.mm(known, found.grams)[:, 0] + moved
    lift = ALWAYS if examples.sign.startswith("reason:") else _lift(-by_letters[truth > 0])
    print(f"{examples.sign:24} {int(truth.sum()):5} of {len(truth):5}  lift {lift:.2f}", flush=True)
    return Weights(found.vectors, found.grams, moved), lift


def _lift(needed: torch.Tensor) -> float:
    return float(np.quantile(needed.numpy(), LIFT_SHARE))


if __name__ == "__main__":
    main()
