"""The models on this computer: listing and removing them."""

import shutil
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal

from callreview.config import paths
from callreview.config.language import _
from callreview.config.preferences import load_preferences, save_preferences
from callreview.domain.errors import CallReviewError, EnvironmentProblem, UserError
from callreview.speech.models.bundled import BUNDLED, prepare_bundled
from callreview.speech.models.bundled import FOLDER as BUNDLED_FOLDER
from callreview.speech.models.checksum import remembered_sha256, sha256
from callreview.speech.models.choosing import model_in_use, not_installed
from callreview.speech.models.names import (
    SPEAKERS,
    installed_folder,
    is_installed,
    unfinished_folder,
)
from callreview.speech.models.whisper_folder import WEIGHTS, is_multilingual

REMOVED = ".removed"


@dataclass(frozen=True)
class InstalledModel:
    """A model on this computer.

    `size` (bytes) and `sha256` are those of `model.bin`; of kind "speakers", which tells the speakers
    of a channel apart, those of its networks in the order of their names. `in_use` marks the model
    that the next transcription takes. `multilingual` is None where it cannot be said.
    """

    name: str
    path: Path
    size: int
    sha256: str
    in_use: bool
    kind: Literal["speech", "speakers"] = "speech"
    multilingual: bool | None = None
    bundled: bool = False


@dataclass(frozen=True)
class ModelList:
    """The models on this computer, the bundled one first, and what is wrong with others."""

    models: tuple[InstalledModel, ...]
    problems: tuple[str, ...] = ()


def list_models() -> ModelList:
    """What is installed; computes a checksum only where none is remembered."""
    in_use = model_in_use()
    problems: list[str] = []
    places: list[tuple[str, Callable[[], Path]]] = [(BUNDLED, prepare_bundled)]
    places += [(folder.name, partial(Path, folder)) for folder in _folders()]
    models = [_listed(name, place, in_use, problems) for name, place in places]
    found = tuple(model for model in (*models, _speakers()) if model is not None)
    if not any(model.in_use for model in found):
        text = _('The speech model in use, "{name}", cannot be found. Choose another one.')
        problems.append(text.format(name=in_use))
    return ModelList(found, tuple(problems))


def remove_model(name: str) -> None:
    """Remove an installed model, or what an unfinished download left of it.

    When it was in use, the bundled model is from now on. Raises UserError for the bundled model
    and for unknown names, EnvironmentProblem when the computer refuses.
    """
    if name in (BUNDLED, BUNDLED_FOLDER):
        raise UserError(_("The model base comes with CallReview and cannot be removed."))
    folder = _removable(name)
    if folder is None:
        raise not_installed(name)
    preferences = load_preferences()
    if preferences.speech_model == folder.name:
        save_preferences(replace(preferences, speech_model=None))
    _take_away(folder)


def _listed(
    name: str, place: Callable[[], Path], in_use: str, problems: list[str]
) -> InstalledModel | None:
    try:
        return _speech_model(name, place(), in_use)
    except (CallReviewError, OSError) as problem:
        problems.append(str(problem))
        return None


def _speech_model(name: str, folder: Path, in_use: str) -> InstalledModel:
    weights = folder / WEIGHTS
    return InstalledModel(
        name=name,
        path=folder,
        size=weights.stat().st_size,
        sha256=remembered_sha256(weights),
        in_use=name == in_use,
        multilingual=is_multilingual(folder),
        bundled=name == BUNDLED,
    )


def _speakers() -> InstalledModel | None:
    from callreview.speech.diarization.weights import speaker_models

    folder = speaker_models()
    if folder is None:
        return None
    networks = sorted(folder.glob("*.onnx"))
    size = sum(network.stat().st_size for network in networks)
    return InstalledModel(SPEAKERS, folder, size, sha256(*networks), False, "speakers")


def _folders() -> list[Path]:
    parent = paths.models_dir()
    found = parent.iterdir() if parent.is_dir() else ()
    return sorted(path for path in found if not path.name.startswith(".") and is_installed(path))


def _removable(name: str) -> Path | None:
    if name == SPEAKERS:
        folder = paths.models_dir() / SPEAKERS
        return folder if folder.is_dir() else None
    return installed_folder(name) or unfinished_folder(name)


def _take_away(folder: Path) -> None:
    """Gone in one step, so that what is seen under the name is whole; then deleted."""
    bin_folder = paths.models_dir() / REMOVED
    try:
        bin_folder.mkdir(exist_ok=True)
        folder.rename(bin_folder / uuid.uuid4().hex)
    except OSError as problem:
        text = _("{folder} cannot be removed: {problem}. Close programs that use it.")
        raise EnvironmentProblem(
            text.format(folder=folder, problem=problem.strerror or problem)
        ) from problem
    shutil.rmtree(bin_folder, ignore_errors=True)
