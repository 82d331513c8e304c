"""An encoder of half the layers that learns the states of a whole one: it costs half.

It starts from every second layer of its teacher and learns the teacher's states after each of
those (Jiao and others, TinyBERT, arXiv:1909.10351).
"""

from collections.abc import Sequence

import torch
from torch.nn import functional
from transformers import BertConfig, BertModel

States = Sequence[torch.Tensor]
"""Texts x pieces x width: after the embeddings and after each layer."""


def halved(teacher: BertModel) -> BertModel:
    """Return every second layer of the teacher, the last among them; embeddings stay as they are."""
    config = BertConfig.from_dict(teacher.config.to_dict())
    config.num_hidden_layers //= 2
    config._attn_implementation = "sdpa"
    student = BertModel(config, add_pooling_layer=False)
    student.embeddings.load_state_dict(teacher.embeddings.state_dict())
    kept = teacher.encoder.layer[1::2]
    for layer, given in zip(student.encoder.layer, kept, strict=True):
        layer.load_state_dict(given.state_dict())
    student.embeddings.requires_grad_(False)
    return student


def states_loss(states: States, goals: States, mask: torch.Tensor) -> torch.Tensor:
    """Return how far the student's states are from those of the teacher's layers it stands for.

    0 where they are the same but for scale and offset, 2 where they have nothing in common.
    """
    real = mask.bool()
    losses = [
        functional.mse_loss(_scaled(state[real]), _scaled(goal[real]))
        for state, goal in zip(states[1:], goals[2::2], strict=True)
    ]
    return torch.stack(losses).mean()


def _scaled(states: torch.Tensor) -> torch.Tensor:
    return functional.layer_norm(states.float(), states.shape[-1:])
