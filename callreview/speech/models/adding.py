"""Adding a folder of the user to the models: copied whole and tried, or not at all."""

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

from callreview.config import paths
from callreview.speech.child_process import run_in_child
from callreview.speech.models.installing import (
    ADDING,
    OnBytes,
    copy_model,
    ended_unexpectedly,
)
from callreview.speech.models.joining import files_size
from callreview.speech.models.names import free_folder
from callreview.speech.models.whisper_folder import model_files


def add_model(folder: Path, progress: OnBytes, cancelled: Callable[[], bool]) -> str:
    """Copy a folder with a Whisper model for CTranslate2; return the name it has from now on.

    The name is that of the folder. Raises UserError when it holds no usable model or the name is
    taken, EnvironmentProblem when the disk has no room or refuses, Cancelled; then nothing is kept.
    """
    source = folder.expanduser().resolve()
    contents = model_files(source)
    name = free_folder(source.name).name
    total = sum(file.stat().st_size for files in contents.values() for file in files)
    staging = paths.models_dir() / ADDING / name
    try:
        run_in_child(
            partial(copy_model, source, name),
            died=ended_unexpectedly(str(source)),
            cancelled=cancelled,
            meanwhile=lambda: progress(min(files_size(staging), total), total),
        )
    finally:
        # A child that was killed cannot tidy up.
        shutil.rmtree(staging, ignore_errors=True)
    return name
