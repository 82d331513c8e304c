"""What every training here does, however its model learns: batches, steps, the mean over pieces."""

import random
from collections.abc import Sequence

import torch
from torch import nn

SEED = 20
WARM_UP = 0.06
WEIGHT_DECAY = 0.01
LONGEST_GRADIENT = 1.0


class Descent:
    """AdamW with a rate that rises for the first steps and then falls linearly to nothing."""

    def __init__(self, model: nn.Module, steps: int, rate: float) -> None:
        self._trained = [p for p in model.parameters() if p.requires_grad]
        self._optimiser = torch.optim.AdamW(
            self._trained, lr=rate, weight_decay=WEIGHT_DECAY, fused=True
        )
        self._schedule = torch.optim.lr_scheduler.OneCycleLR(
            self._optimiser,
            rate,
            total_steps=steps + 1,
            pct_start=WARM_UP,
            anneal_strategy="linear",
            cycle_momentum=False,
        )

    def step(self, loss: torch.Tensor) -> None:
        """Move the model's weights to where the loss is less."""
        loss.backward()
        nn.utils.clip_grad_norm_(self._trained, LONGEST_GRADIENT)
        self._optimiser.step()
        self._schedule.step()
        self._optimiser.zero_grad()


def grouped(sizes: Sequence[int], batch: int, chance: random.Random) -> list[list[int]]:
    """Return the places of texts in batches of about the same size, in random order."""
    order = sorted(range(len(sizes)), key=lambda i: sizes[i] * chance.uniform(0.9, 1.1))
    groups = [order[i : i + batch] for i in range(0, len(order), batch)]
    chance.shuffle(groups)
    return groups


def mean_of(states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """Return the mean (texts x width) over the pieces of the states (texts x pieces x width)."""
    share = mask.unsqueeze(-1).to(states.dtype)
    mean: torch.Tensor = (states * share).sum(1) / share.sum(1)
    return mean
