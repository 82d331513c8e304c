"""Vectors of texts that are close where texts mean the like, in English and Korean.

Half of multilingual-e5-small, trained to give its vectors (resources/models/topics/MODEL_CARD.md).
"""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from callreview.analysis.arrays import Floats
from callreview.analysis.text_model import BATCH, TextModel, encodable, read_tokenizer
from callreview.config.paths import resources_dir

SIZE = 384
"""How many numbers a vector has."""

_REMEMBERED = 1000
"""Vectors of so many texts, 1.5 MB."""


class TextEncoder:
    """Runs the encoder of a folder (model.onnx, tokenizer.json, config.json) on one thread."""

    def __init__(self, folder: Path) -> None:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self.version = f"{config['id']} {config['version']}"
        self._tokenizer = read_tokenizer(folder / "tokenizer.json", int(config["max_length"]))
        self._model = TextModel(folder / "model.onnx", int(config["pad_id"]), optimised=True)
        self._known: dict[str, Floats] = {}

    def embed(self, texts: Sequence[str]) -> Floats:
        """The vectors (texts x SIZE, length 1) of the beginnings (about 40 words) of the texts.

        Topics and signs ask for the same statements: the last vectors are remembered.
        """
        known = self._known
        found = {text: known[text] for text in dict.fromkeys(texts) if text in known}
        missing = [text for text in dict.fromkeys(texts) if text not in found]
        found |= dict(zip(missing, self._embedded(missing), strict=True))
        self._known = dict([*known.items(), *found.items()][-_REMEMBERED:])
        return np.array([found[text] for text in texts], np.float32).reshape(len(texts), SIZE)

    def _embedded(self, texts: Sequence[str]) -> Floats:
        pieces = [self._tokenizer.encode(encodable(text)).ids for text in texts]
        # Texts of like length share a batch, so that little is spent on padding.
        order = sorted(range(len(pieces)), key=lambda index: len(pieces[index]))
        vectors = np.zeros((len(texts), SIZE), np.float32)
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            vectors[batch] = self._model.run([pieces[index] for index in batch])
        return unit(vectors)


@cache
def shipped_encoder() -> TextEncoder:
    """The encoder that comes with CallReview; loaded once for each process."""
    return TextEncoder(resources_dir() / "models" / "topics")


def unit(vectors: Floats) -> Floats:
    """The vectors with length 1; a zero vector stays zero."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Floats = vectors / np.maximum(lengths, 1e-9)
    return scaled
