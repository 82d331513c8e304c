"""Writes a trained encoder as the small ONNX encoder that topics are found with.

Matrices get 8 bits, embeddings keep the 4 bits they have in the wheel; the graph is optimised
beforehand, so that it loads in half the time.
Usage: python -m training.topics.export TRAINED_FOLDER TOKENIZER.json OUT_FOLDER
"""

import argparse
import json
import shutil
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import BertModel

from training.learning import mean_of
from training.onnx_graph import write_small

VERSION = "2.0.0"


class TextEncoder(nn.Module):
    """Vectors (texts x 384) from piece ids and mask (texts x pieces): the mean over the pieces."""

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        states = self.encoder(input_ids=input_ids, attention_mask=attention_mask)[0]
        return mean_of(states, attention_mask)


def main() -> None:
    """Export, quantise, write the configuration."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trained", type=Path)
    parser.add_argument("tokenizer", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(arguments.tokenizer, arguments.out / "tokenizer.json")
    tokenizer = Tokenizer.from_file(str(arguments.tokenizer))
    encoder = BertModel.from_pretrained(
        arguments.trained, add_pooling_layer=False, attn_implementation="eager"
    )
    ids = torch.tensor([tokenizer.encode("a sentence to trace the model with").ids] * 2)
    output = {"vectors": {0: "texts"}}
    write_small(TextEncoder(encoder), ids, output, arguments.out / "model.onnx")
    config = {
        "id": "callreview-topics-en-ko",
        "version": VERSION,
        "max_length": 64,
        "pad_id": 1,
    }
    (arguments.out / "config.json").write_text(json.dumps(config, indent=2) + "\n")


if __name__ == "__main__":
    main()
