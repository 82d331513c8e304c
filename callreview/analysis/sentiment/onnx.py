"""Sentiment by ONNX Runtime on one thread: the model that ships with CallReview, and others like it."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from tokenizers import Encoding, Tokenizer

from callreview.analysis.arrays import Floats
from callreview.analysis.sentiment.classifier import check_files
from callreview.analysis.text_model import BATCH, TextModel, encodable, read_tokenizer
from callreview.config.language import _
from callreview.domain.errors import UserError
from callreview.domain.sentiment import NEUTRAL, SentimentProbabilities

LABELS = ("negative", "neutral", "positive")
_HANGUL = re.compile("[가-힣ㄱ-ㅎㅏ-ㅣ]")
SPECIAL_PIECES = 2
"""A window starts with <s> and ends with </s>; one with nothing between says nothing."""


@dataclass(frozen=True)
class Calibration:
    """What makes probabilities mean what they say: logits are times `scale` plus `bias`.

    `bias` has one value for each of the model's outputs, in their order.
    """

    scale: float
    bias: tuple[float, ...]


@dataclass(frozen=True)
class OnnxConfig:
    """What config.json says of a model: its id and how to run it.

    `columns` are the places of negative, neutral and positive in the model's output; a text may
    have `max_length` pieces, more are cut into windows. Texts with Hangul in them have a
    calibration of their own. A model that is `optimised` is run as it is, which loads quicker.
    """

    id: str
    version: str
    columns: tuple[int, int, int]
    max_length: int
    pad_id: int
    optimised: bool
    hangul: Calibration
    other: Calibration


class OnnxSentiment:
    """Runs an ONNX sentiment model on one thread.

    The folder holds model.onnx (inputs `input_ids` and `attention_mask`, int64, texts x pieces;
    output logits, texts x 3), tokenizer.json and config.json. Raises UserError when one is
    missing or damaged.
    """

    def __init__(self, folder: Path) -> None:
        check_files(folder)
        self._config = read_config(folder / "config.json")
        self._tokenizer = _read_tokenizer(folder / "tokenizer.json", self._config)
        self._model = _read_model(folder / "model.onnx", self._config)

    @property
    def name(self) -> str:
        """The model's id."""
        return self._config.id

    @property
    def version(self) -> str:
        """The model's version."""
        return self._config.version

    def classify(self, texts: Sequence[str]) -> list[SentimentProbabilities]:
        """Return one result per text, in order; a text without any word is neutral.

        What is said again and again ("okay", "네") is judged once.
        """
        different = list(dict.fromkeys(texts))
        results = dict(zip(different, self._classify(different), strict=True))
        return [results[text] for text in texts]

    def _classify(self, texts: Sequence[str]) -> list[SentimentProbabilities]:
        windows = self._windows(texts)
        sums = np.zeros((len(texts), len(LABELS)))
        for start in range(0, len(windows), BATCH):
            batch = windows[start : start + BATCH]
            logits = self._model.run([window.ids for _index, window in batch])
            rows = self._probabilities(logits, [texts[index] for index, _window in batch])
            for (index, window), row in zip(batch, rows, strict=True):
                sums[index] += row * len(window.ids)
        return [_result(row) for row in sums]

    def _windows(self, texts: Sequence[str]) -> list[tuple[int, Encoding]]:
        """Cut the pieces of each text into windows of the model's length, short ones first.

        Windows of like length share a batch, so that little is spent on padding.
        """
        encodings = self._tokenizer.encode_batch([encodable(text) for text in texts])
        windows = [
            (index, window)
            for index, whole in enumerate(encodings)
            for window in (whole, *whole.overflowing)
            if len(window.ids) > SPECIAL_PIECES
        ]
        return sorted(windows, key=lambda item: len(item[1].ids))

    def _probabilities(self, logits: Floats, texts: Sequence[str]) -> Floats:
        """Probabilities of negative, neutral and positive; each text by its own calibration."""
        used = [
            self._config.hangul if _HANGUL.search(text) else self._config.other for text in texts
        ]
        scale = np.array([[one.scale] for one in used], np.float32)
        bias = np.array([one.bias for one in used], np.float32)
        return _softmax(logits * scale + bias)[:, list(self._config.columns)]


def read_config(path: Path) -> OnnxConfig:
    """Read config.json; raises UserError when a key is missing or has an impossible value."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        labels = [str(label).lower() for label in raw["labels"]]
        config = OnnxConfig(
            id=str(raw["id"]),
            version=str(raw["version"]),
            columns=(labels.index("negative"), labels.index("neutral"), labels.index("positive")),
            max_length=int(raw["max_length"]),
            pad_id=int(raw["pad_id"]),
            optimised=bool(raw.get("optimised", False)),
            hangul=_calibration(raw["calibration"]["hangul"], len(labels)),
            other=_calibration(raw["calibration"]["other"], len(labels)),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _damaged(path) from error
    if config.max_length < 3:
        raise _damaged(path)
    return config


def _calibration(raw: Mapping[str, Any], outputs: int) -> Calibration:
    made = Calibration(float(raw["scale"]), tuple(float(value) for value in raw["bias"]))
    if not made.scale > 0 or len(made.bias) != outputs:
        raise ValueError(raw)
    return made


def _read_tokenizer(path: Path, config: OnnxConfig) -> Tokenizer:
    try:
        return read_tokenizer(path, config.max_length)
    except Exception as error:  # tokenizers raises plain Exception for a damaged file
        raise _damaged(path) from error


def _read_model(path: Path, config: OnnxConfig) -> TextModel:
    try:
        return TextModel(path, config.pad_id, config.optimised)
    except Exception as error:  # onnxruntime's own errors share no public base class
        raise _damaged(path) from error


def _damaged(path: Path) -> UserError:
    return UserError(
        _(
            "{path} cannot be used as part of a sentiment model: it is damaged or of another "
            "kind. Install CallReview again, or choose another model in the settings."
        ).format(path=path)
    )


def _softmax(values: Floats) -> Floats:
    powers: Floats = np.exp(values - values.max(axis=1, keepdims=True))
    powers /= powers.sum(axis=1, keepdims=True)
    return powers


def _result(weighted: npt.NDArray[np.float64]) -> SentimentProbabilities:
    total = float(weighted.sum())
    if not total > 0:
        return NEUTRAL
    negative, neutral, positive = (float(value) / total for value in weighted)
    return SentimentProbabilities(negative, neutral, positive)
