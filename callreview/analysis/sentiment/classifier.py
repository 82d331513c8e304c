"""Sentiment of texts: the classifier's contract and which classifier a setting names.

Texts go in as the recogniser or a person wrote them; what comes out are calibrated
probabilities of negative, neutral and positive.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from callreview.config.language import _
from callreview.config.paths import resources_dir
from callreview.domain.errors import UserError
from callreview.domain.sentiment import SentimentProbabilities

if TYPE_CHECKING:
    # Its libraries are loaded when the first text is classified.
    from callreview.analysis.sentiment.onnx import OnnxSentiment

MODEL_FILES = ("model.onnx", "tokenizer.json", "config.json")
"""What the folder of a model for ONNX Runtime holds; the first one tells it from others."""
_HUB_NAME = re.compile(r"[\w.-]*\w(/[\w.-]+)?")


class SentimentClassifier(Protocol):
    """Gives each text its probabilities; `name` and `version` are stored with the results."""

    @property
    def name(self) -> str:
        """Id of the model."""
        ...

    @property
    def version(self) -> str:
        """Version of the model."""
        ...

    def classify(self, texts: Sequence[str]) -> list[SentimentProbabilities]:
        """Return one result per text, in the order of the texts."""
        ...


def load_sentiment(setting: str | None) -> SentimentClassifier:
    """Return the classifier that a setting names.

    None is the shipped model; a folder with model.onnx, tokenizer.json and config.json runs by
    ONNX Runtime; any other folder or name goes to transformers. Raises UserError when it cannot
    be used.
    """
    folder = _onnx_folder(setting)
    if folder is not None:
        return _onnx(folder)
    from callreview.analysis.sentiment.huggingface import HuggingFaceSentiment

    return HuggingFaceSentiment(_checked_name(setting or ""))


def check_sentiment(setting: str | None) -> None:
    """Raise the UserError of `load_sentiment` where it can be told without loading the model."""
    folder = _onnx_folder(setting)
    if folder is not None:
        check_files(folder)
        return
    from callreview.analysis.sentiment.huggingface import check_hugging_face

    check_hugging_face(_checked_name(setting or ""))


def shipped_model_dir() -> Path:
    """Return the folder of the English and Korean model that comes with CallReview."""
    return resources_dir() / "models" / "sentiment"


def check_files(folder: Path) -> None:
    """Raise UserError that names what a folder of a model for ONNX Runtime lacks."""
    missing = [name for name in MODEL_FILES if not (folder / name).is_file()]
    if missing:
        raise UserError(
            _(
                "The sentiment model in {folder} is not complete: {files} missing. "
                "Choose a folder that holds model.onnx, tokenizer.json and config.json."
            ).format(folder=folder, files=", ".join(missing))
        )


def _onnx(folder: Path) -> "OnnxSentiment":
    from callreview.analysis.sentiment.onnx import OnnxSentiment

    return OnnxSentiment(folder)


def _onnx_folder(setting: str | None) -> Path | None:
    if not setting:
        return shipped_model_dir()
    folder = Path(setting).expanduser()
    return folder if (folder / MODEL_FILES[0]).is_file() else None


def _checked_name(setting: str) -> str:
    """The folder, or the name of the hub; UserError when it can be neither."""
    folder = Path(setting).expanduser()
    if folder.is_dir():
        return str(folder)
    if not _HUB_NAME.fullmatch(setting):
        raise UserError(
            _(
                "There is no folder {folder}. Choose the folder of a sentiment model, or give "
                "the name of a Hugging Face model such as owner/model."
            ).format(folder=setting)
        )
    return setting
