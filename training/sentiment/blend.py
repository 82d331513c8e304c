"""Writes the mean of two trained models' weights: what a last epoch taught, and half of what it cost.

Usage: python -m training.sentiment.blend TRAINED_FOLDER TRAINED_FOLDER OUT_FOLDER
"""

import sys
from pathlib import Path

import torch

from training.sentiment.model import load, save


def main(first: Path, second: Path, out: Path) -> None:
    """Read both, write their mean; they have the same vocabulary and layers."""
    (model, tokenizer), (other, _tokenizer) = load(first), load(second)
    others = other.state_dict()
    mean = {
        name: (value + others[name]) / 2 if value.is_floating_point() else value
        for name, value in model.state_dict().items()
    }
    with torch.no_grad():
        model.load_state_dict(mean)
    save(out, model, tokenizer)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
