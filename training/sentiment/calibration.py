"""Finds the scale and bias of logits at which probabilities mean what they say on the dev split."""

import numpy as np
import torch

from training.sentiment.corpora import Example
from training.sentiment.metrics import Matrix, corpus_name, groups, labels_of

BIAS_PENALTY = 1e-3
WITHOUT_NEUTRAL = frozenset({"nsmc"})
"""Corpora that know only good and bad would teach that nothing is neutral: no bias from them."""


def calibrations(dev: list[Example], logits: Matrix) -> dict[str, dict[str, object]]:
    """Return what config.json says under "calibration", for Korean ("hangul") and all else."""
    return {
        name: _calibration(
            [i for i, e in enumerate(dev) if (e.language == "ko") == korean], dev, logits
        )
        for name, korean in (("hangul", True), ("other", False))
    }


def _calibration(rows: list[int], dev: list[Example], logits: Matrix) -> dict[str, object]:
    part, given = [dev[i] for i in rows], torch.tensor(logits[rows]).float()
    bias = torch.zeros(3)
    scale = torch.ones(1)
    for_bias = [i for i, e in enumerate(part) if e.source not in WITHOUT_NEUTRAL]
    _fit(given[for_bias], [part[i] for i in for_bias], scale, bias, (scale, bias))
    _fit(given, part, scale, bias, (scale,))
    return {
        "scale": round(float(scale), 4),
        "bias": [round(float(value), 4) for value in bias - bias.mean()],
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
        return float(total)

    optimiser.step(loss)
    for value in free:
        value.requires_grad_(False)
