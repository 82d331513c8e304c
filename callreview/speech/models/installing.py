"""The last step of every model that comes: loaded once, then put in its place in one step.

All of it is done in a child process: a damaged model can end a process, and a cancel need not wait.
"""

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from callreview.config import paths
from callreview.config.language import _
from callreview.domain.errors import EnvironmentProblem, UserError
from callreview.speech.models.checksum import remember_sha256, sha256
from callreview.speech.models.joining import check_room, join
from callreview.speech.models.names import free_folder
from callreview.speech.models.whisper_folder import WEIGHTS, check_loads, model_files

ADDING = ".adding"
OnBytes = Callable[[int, int], None]
"""Is told how many bytes are done, and of how many."""

# As long as a process that is being ended may hold on.
_LOCK_WAIT_S = 3.0


def ended_unexpectedly(name: str) -> str:
    """What to say when the child that tries a model dies."""
    return _(
        "The speech model {name} cannot be used: the process that tried it ended. The files are "
        "damaged, or the model is too large for the memory of this computer."
    ).format(name=name)


def copy_model(source: Path, name: str) -> None:
    """Copy the model in `source` into the models folder under `name`, checked; in a child."""
    contents = model_files(source)
    with working_folder(paths.models_dir() / ADDING / name, fresh=True) as folder:
        check_room(
            folder, sum(file.stat().st_size for files in contents.values() for file in files)
        )
        for target, files in contents.items():
            join(files, folder / target)
        put_in_place(folder, name, str(source))


def put_in_place(folder: Path, name: str, said: str) -> None:
    """Try the finished folder of a model and give it its name; messages call it `said`.

    Parts of `model.bin` are joined first. Raises UserError when the model cannot be used.
    """
    _join_parts(folder)
    check_loads(folder, said)
    remember_sha256(folder / WEIGHTS, sha256(folder / WEIGHTS))
    folder.rename(free_folder(name))
    _to_disk(paths.models_dir())


@contextmanager
def working_folder(folder: Path, *, fresh: bool = False) -> Iterator[Path]:
    """The folder in which a model grows, made when missing and empty when `fresh`.

    One process at a time: raises UserError when another one is at work there.
    """
    import filelock

    folder.parent.mkdir(parents=True, exist_ok=True)
    lock = filelock.FileLock(folder.with_name(f"{folder.name}.lock"), timeout=_LOCK_WAIT_S)
    try:
        lock.acquire()
    except filelock.Timeout as problem:
        text = _("Another CallReview is bringing the model {name} in. Wait until it has finished.")
        raise UserError(text.format(name=folder.name)) from problem
    try:
        if fresh:
            shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(exist_ok=True)
        yield folder
    except OSError as problem:
        text = _("The model cannot be written to {folder}: {problem}.")
        raise EnvironmentProblem(
            text.format(folder=folder, problem=problem.strerror or problem)
        ) from problem
    finally:
        lock.release()


def _join_parts(folder: Path) -> None:
    parts = model_files(folder)[WEIGHTS]
    if parts == [folder / WEIGHTS]:
        return
    check_room(folder, sum(part.stat().st_size for part in parts))
    whole = folder / f"{WEIGHTS}.joined"
    join(parts, whole)
    whole.rename(folder / WEIGHTS)
    for part in parts:
        part.unlink()


def _to_disk(folder: Path) -> None:
    """Keep a new name in a folder through a power cut, where the system can."""
    with contextlib.suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
