"""Any Hugging Face sequence-classification model in place of the shipped sentiment model.

Needs the `transformers` package, which CallReview installs, and `torch`, which it does not.
"""

import json
import os
import re
from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from callreview.config.language import _
from callreview.domain.errors import EnvironmentProblem, UserError
from callreview.domain.sentiment import NEUTRAL, SentimentProbabilities

BATCH = 16
LONGEST = 512
_TRUE = {"1", "ON", "YES", "TRUE"}
_NEGATIVE_NAMES = re.compile(r"^(very )?neg(ative)?$|^[12] stars?$|^부정$")
_NEUTRAL_NAMES = re.compile(r"^neu(tral)?$|^mixed$|^3 stars?$|^중립$")
_POSITIVE_NAMES = re.compile(r"^(very )?pos(itive)?$|^[45] stars?$|^긍정$")


class HuggingFaceSentiment:
    """Runs a sequence-classification model by its folder or by its name on the hub.

    A name that is not in the local cache is fetched, unless HF_HUB_OFFLINE is set. Code that a
    model brings along is never run. Labels are matched by name (negative, neutral, positive; very
    negative ...; 1 star ... 5 stars); a model without neutral gives it probability 0.
    Raises UserError when torch is missing, the files are not there, or labels match nothing.
    """

    def __init__(self, folder_or_name: str) -> None:
        _require_torch(folder_or_name)
        self._name = folder_or_name
        self._tokenizer, self._model = _load(folder_or_name)
        self._columns = sentiment_columns(folder_or_name, self._model.config.id2label)
        self._version = str(getattr(self._model.config, "_commit_hash", None) or "local")

    @property
    def name(self) -> str:
        """The folder's name or the model's name on the hub."""
        folder = Path(self._name)
        return folder.name if folder.is_dir() else self._name

    @property
    def version(self) -> str:
        """The commit of the files in the cache, "local" for a folder."""
        return self._version

    def classify(self, texts: Sequence[str]) -> list[SentimentProbabilities]:
        """Return one result per text, in order; blank texts are neutral, long ones cut."""
        results = [NEUTRAL] * len(texts)
        spoken = [index for index, text in enumerate(texts) if text.strip()]
        spoken.sort(key=lambda index: len(texts[index]))
        for start in range(0, len(spoken), BATCH):
            batch = spoken[start : start + BATCH]
            rows = self._probabilities([texts[index] for index in batch])
            for index, row in zip(batch, rows, strict=True):
                results[index] = _grouped(row, self._columns)
        return results

    def _probabilities(self, texts: Sequence[str]) -> list[list[float]]:
        torch = import_module("torch")
        longest = min(LONGEST, self._tokenizer.model_max_length)
        inputs = self._tokenizer(
            list(texts), padding=True, truncation=True, max_length=longest, return_tensors="pt"
        )
        with torch.inference_mode():
            logits = self._model(**inputs).logits
        rows: list[list[float]] = logits.float().softmax(dim=-1).tolist()
        return rows


def check_hugging_face(folder_or_name: str) -> None:
    """Raise the UserError of a model that cannot be used, as far as its config.json tells."""
    _require_torch(folder_or_name)
    folder = Path(folder_or_name)
    if folder.is_dir():
        try:
            labels = json.loads((folder / "config.json").read_text("utf-8")).get("id2label", {})
            named = {int(index): str(label) for index, label in labels.items()}
        except (OSError, ValueError, AttributeError) as error:
            raise _not_loaded(folder_or_name) from error
        sentiment_columns(folder_or_name, named)


def _require_torch(folder_or_name: str) -> None:
    if find_spec("torch") is None:
        raise UserError(
            _(
                "The sentiment model {model} needs PyTorch, which is not installed. Install "
                "the package “torch”, or go back to the model that comes with CallReview."
            ).format(model=folder_or_name)
        )


def sentiment_columns(model: str, labels: Mapping[int, str]) -> tuple[str, ...]:
    """Return "negative", "neutral" or "positive" for each of the model's outputs.

    Raises UserError when a label is none of these, or negative or positive is missing.
    """
    columns = tuple(_class_of(str(labels[index])) for index in sorted(labels))
    if not {"negative", "positive"} <= set(columns) or "" in columns:
        raise UserError(
            _(
                "The labels of the model {model} ({labels}) cannot be read as negative, neutral "
                "and positive. Choose a model for sentiment with labels of these names."
            ).format(model=model, labels=", ".join(str(labels[i]) for i in sorted(labels)))
        )
    return columns


def _class_of(label: str) -> str:
    plain = label.lower().replace("_", " ").strip()
    for name, pattern in (
        ("negative", _NEGATIVE_NAMES),
        ("neutral", _NEUTRAL_NAMES),
        ("positive", _POSITIVE_NAMES),
    ):
        if pattern.match(plain):
            return name
    return ""


def _grouped(row: Sequence[float], columns: Sequence[str]) -> SentimentProbabilities:
    sums = {"negative": 0.0, "neutral": 0.0, "positive": 0.0}
    for value, column in zip(row, columns, strict=True):
        sums[column] += value
    return SentimentProbabilities(**sums)


def _load(folder_or_name: str) -> tuple[Any, Any]:
    """Return the tokenizer and the model; `Any` since transformers builds both at run time."""
    from transformers import AutoModelForSequenceClassification, AutoTokenizer
    from transformers.utils import logging

    # Its bars would write over our own progress, and leave a thread behind.
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    local_only = Path(folder_or_name).is_dir() or _is_offline()
    try:
        tokenizer = AutoTokenizer.from_pretrained(
            folder_or_name, local_files_only=local_only, trust_remote_code=False
        )
        model = AutoModelForSequenceClassification.from_pretrained(
            folder_or_name, local_files_only=local_only, trust_remote_code=False
        )
    except MemoryError as error:
        raise EnvironmentProblem(
            _("There is not enough memory for the sentiment model {model}.").format(
                model=folder_or_name
            )
        ) from error
    except Exception as error:  # files, hub and weights each have errors of their own
        raise _not_loaded(folder_or_name) from error
    model.eval()
    return tokenizer, model


def _not_loaded(folder_or_name: str) -> UserError:
    return UserError(
        _(
            "The sentiment model {model} cannot be loaded. It must be a folder with config.json, "
            "weights and tokenizer files of a Hugging Face sequence-classification model, or the "
            "name of such a model that is already in the local cache or may be fetched."
        ).format(model=folder_or_name)
    )


def _is_offline() -> bool:
    return os.environ.get("HF_HUB_OFFLINE", "").upper() in _TRUE
