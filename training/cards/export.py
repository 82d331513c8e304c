"""Writes the trained model as the small ONNX model that finds card data.

Usage: python -m training.cards.export TRAINED.pt OUT_FOLDER
"""

import json
import sys
from pathlib import Path

import torch
from torch import nn

from training.cards.model import CardModel, tokenizer, untrained
from training.onnx_graph import write_small

VERSION = "1.2.0"
PAD = 1


class Likelihoods(nn.Module):
    """How likely each piece is none or one of the kinds (texts x pieces x 1 + CARD_KINDS)."""

    def __init__(self, model: CardModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        return torch.softmax(self.model(input_ids, attention_mask), -1)


def main() -> None:
    """Export, quantise, write the configuration."""
    trained, out = Path(sys.argv[1]), Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    model = untrained()
    model.load_state_dict(torch.load(trained, weights_only=True))
    model.encoder.config._attn_implementation = "eager"
    ids = torch.tensor([tokenizer().encode("a sentence to trace the model with").ids] * 2)
    output = {"likelihoods": {0: "texts", 1: "pieces"}}
    write_small(Likelihoods(model), ids, output, out / "model.onnx")
    config = {"id": "callreview-cards-en-ko", "version": VERSION, "pad_id": PAD}
    (out / "config.json").write_text(json.dumps(config, indent=2) + "\n")


if __name__ == "__main__":
    main()
