"""Models of texts by ONNX Runtime on one thread: pieces of texts in, numbers for each text out."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from callreview.analysis.arrays import Floats

BATCH = 32
"""Texts that are run at once."""

INPUTS = {"input_ids", "attention_mask"}


class TextModel:
    """Runs a model.onnx with the inputs `input_ids` and `attention_mask` (int64, texts x pieces).

    A graph that is `optimised` is run as it is, which loads quicker. Raises ValueError for other
    inputs, and what ONNX Runtime raises for a damaged file.
    """

    def __init__(self, path: Path, pad_id: int, optimised: bool) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        if optimised:
            options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        self._pad_id = pad_id
        self._session = onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"]
        )
        if {entry.name for entry in self._session.get_inputs()} != INPUTS:
            raise ValueError(path)

    def run(self, batch: Sequence[Sequence[int]]) -> Floats:
        """The first output of the model, a row for each text of the batch."""
        longest = max(map(len, batch))
        ids = np.full((len(batch), longest), self._pad_id, np.int64)
        mask = np.zeros_like(ids)
        for row, pieces in enumerate(batch):
            ids[row, : len(pieces)] = pieces
            mask[row, : len(pieces)] = 1
        rows: Floats = self._session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
        return rows


def read_tokenizer(path: Path, max_length: int) -> Tokenizer:
    """The tokenizer, without padding, of texts cut to `max_length` pieces."""
    return _tokenizer(path.read_bytes(), max_length)


@lru_cache(maxsize=1)
def _tokenizer(content: bytes, max_length: int) -> Tokenizer:
    """Kept, as the models that come with CallReview have the same one in both folders."""
    tokenizer = Tokenizer.from_buffer(content)
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_length)
    return tokenizer


def encodable(text: str) -> str:
    """The text without lone surrogates, which tokenizers refuse."""
    return text.encode("utf-8", "ignore").decode("utf-8")
