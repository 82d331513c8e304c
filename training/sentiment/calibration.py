"""Finds the scale and bias of logits at which probabilities mean what they say on the dev split."""

import numpy as np
import torch

from training.sentiment.corpora import LABELS, Example
from training.sentiment.metrics import Matrix, corpus_name, groups, labels_of

BIAS_PENALTY = 1e-3
LEAST_SCALE = 0.1
SCALE_ONLY = "ko"
"""Korean gets no bias: film reviews know only good and bad, and would teach that nothing is neutral."""


def calibrations(dev: list[Example], logits: Matrix) -> dict[str, dict[str, object]]:
    """Return what config.json says under "calibration": for Korean ("hangul") and all else."""
    korean = [i for i, example in enumerate(dev) if example.language == SCALE_ONLY]
    other = [i for i, example in enumerate(dev) if example.language != SCALE_ONLY]
    return {
        "hangul": _calibration([dev[i] for i in korean], logits[korean], with_bias=False),
        "other": _calibration([dev[i] for i in other], logits[other], with_bias=True),
    }


def _calibration(examples: list[Example], logits: Matrix, with_bias: bool) -> dict[str, object]:
    scale, bias = torch.ones(1), torch.zeros(len(LABELS))
    given = torch.tensor(logits).float()
    _fit(given, examples, scale, bias, (scale, bias) if with_bias else (scale,))
    return {
        "scale": round(max(scale.item(), LEAST_SCALE), 4),
        "bias": [round(value, 4) for value in (bias - bias.mean()).tolist()],
    }


def _fit(
    given: torch.Tensor,
    examples: list[Example],
    scale: torch.Tensor,
    bias: torch.Tensor,
    free: tuple[torch.Tensor, ...],
) -> None:
    """Find the free values with the least log loss; a corpus counts by the root of its size."""
    truth = torch.tensor(labels_of(examples))
    weights = np.zeros(len(examples))
    for places in groups(examples, corpus_name).values():
        weights[places] = len(places) ** -0.5
    share = torch.tensor(weights / weights.sum()).float()
    for value in free:
        value.requires_grad_(True)
    optimiser = torch.optim.LBFGS(free, max_iter=200)

    def loss() -> float:
        optimiser.zero_grad()
        each = torch.nn.functional.cross_entropy(given * scale + bias, truth, reduction="none")
        total = (share * each).sum() + BIAS_PENALTY * (bias**2).sum()
        total.backward()
        return total.item()

    optimiser.step(loss)
    for value in free:
        value.requires_grad_(False)
