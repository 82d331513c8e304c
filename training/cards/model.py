"""The model that finds card data: the shipped encoder of topics with one linear layer for each word."""

from collections.abc import Iterator

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from tokenizers import Tokenizer
from torch import nn
from transformers import BertConfig, BertModel

from callreview.config.paths import resources_dir
from callreview.domain.personal_data import CARD_KINDS
from training.topics.encoder import pruned

TOPICS = resources_dir() / "models" / "topics"
LAYERS = 6
DROPOUT = 0.1


class CardModel(nn.Module):
    """Scores (texts x pieces x 1 + CARD_KINDS) from piece ids and mask (texts x pieces)."""

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(DROPOUT)
        self.head = nn.Linear(encoder.config.hidden_size, 1 + len(CARD_KINDS))

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        states = self.encoder(input_ids=input_ids, attention_mask=attention_mask)[0]
        scores: torch.Tensor = self.head(self.dropout(states))
        return scores


def tokenizer() -> Tokenizer:
    """The tokenizer of topics, which cuts and fills nothing."""
    made = Tokenizer.from_file(str(TOPICS / "tokenizer.json"))
    made.no_padding()
    made.no_truncation()
    return made


def untrained() -> CardModel:
    """A model that begins with the weights of the encoder that ships; embeddings stay as they are."""
    given = pruned(tokenizer())
    config = BertConfig.from_dict(given.config.to_dict())
    config.num_hidden_layers = LAYERS
    config._attn_implementation = "sdpa"
    encoder = BertModel(config, add_pooling_layer=False)
    encoder.embeddings.load_state_dict(given.embeddings.state_dict())
    left, unknown = encoder.load_state_dict(dict(_shipped_weights()), strict=False)
    if unknown or any(not name.startswith("embeddings.") for name in left):
        raise ValueError(f"{TOPICS} has another form: {unknown}, {left}")
    encoder.embeddings.requires_grad_(False)
    return CardModel(encoder)


def _shipped_weights() -> Iterator[tuple[str, torch.Tensor]]:
    """The weights of the ONNX file by their names in the encoder, from 8 bits to 32."""
    graph = onnx.load(str(TOPICS / "model.onnx")).graph
    stored = {
        one.name: numpy_helper.to_array(one)
        for one in graph.initializer
        if one.data_type in (onnx.TensorProto.FLOAT, onnx.TensorProto.INT8)
    }
    for name, values in stored.items():
        if name.startswith(("encoder.encoder.", "encoder.embeddings.LayerNorm")):
            yield name.removeprefix("encoder."), torch.tensor(values.copy())
    for node in graph.node:
        for name in node.input:
            if name.endswith("_quantized") and name in stored:
                scale = stored[name.replace("_quantized", "_scale")]
                weight = (stored[name].astype(np.float32) * scale).T
                layer = node.name.partition("/encoder/encoder/")[2].partition("/MatMul")[0]
                yield f"encoder.{layer.replace('/', '.')}.weight", torch.tensor(weight.copy())
