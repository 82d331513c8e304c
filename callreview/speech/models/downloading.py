"""Downloading a model by name: asked for first, with its size; then fetched in a child process."""

from collections.abc import Callable
from functools import partial

from callreview.speech.child_process import run_in_child
from callreview.speech.models.hub import HubModel, fetch, look_up
from callreview.speech.models.installing import OnBytes, ended_unexpectedly
from callreview.speech.models.joining import files_size
from callreview.speech.models.names import free_folder, repository


def find_on_hub(name: str, cancelled: Callable[[], bool] = lambda: False) -> HubModel:
    """What the hub has under this name, and how large it is; nothing is fetched.

    Raises UserError when the name is wrong, taken on this computer or unknown to the hub,
    EnvironmentProblem when the hub cannot be reached, Cancelled.
    """
    repository(name)
    free_folder(name)
    return run_in_child(partial(look_up, name), died=ended_unexpectedly(name), cancelled=cancelled)


def download_model(model: HubModel, progress: OnBytes, cancelled: Callable[[], bool]) -> str:
    """Fetch and install a model; return the name it has from now on.

    What an interrupted download left is continued. Raises EnvironmentProblem when the connection,
    a checksum or the disk fails, UserError when the model cannot be used, Cancelled. The model is
    installed whole or not at all.
    """
    name = free_folder(model.name).name
    run_in_child(
        partial(fetch, model),
        died=ended_unexpectedly(model.name),
        cancelled=cancelled,
        meanwhile=lambda: progress(min(files_size(model.folder), model.size), model.size),
    )
    return name
