"""Writes the trained model as the small ONNX model that finds card data.

Usage: python -m training.cards.export TRAINED.pt OUT_FOLDER
"""

import json
import sys
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from training.cards.model import CardModel, tokenizer, untrained
from training.onnx_graph import four_bit_embeddings, optimise

VERSION = "1.0.0"
OPSET = 17
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
    with tempfile.TemporaryDirectory() as folder:
        full, eight = Path(folder) / "full.onnx", Path(folder) / "eight.onnx"
        _export(Likelihoods(model).eval(), full)
        quantize_dynamic(
            full,
            eight,
            per_channel=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul"],
        )
        optimise(four_bit_embeddings(eight), out / "model.onnx")
    config = {"id": "callreview-cards-en-ko", "version": VERSION, "pad_id": PAD}
    (out / "config.json").write_text(json.dumps(config, indent=2) + "\n")


def _export(model: nn.Module, out: Path) -> None:
    ids = torch.tensor([tokenizer().encode("a sentence to trace the model with").ids] * 2)
    axes = {0: "texts", 1: "pieces"}
    torch.onnx.export(
        model,
        (ids, torch.ones_like(ids)),
        str(out),
        input_names=["input_ids", "attention_mask"],
        output_names=["likelihoods"],
        dynamic_axes={"input_ids": axes, "attention_mask": axes, "likelihoods": axes},
        opset_version=OPSET,
        dynamo=False,
    )


if __name__ == "__main__":
    main()
