"""Writing the files of a model: whole files, and `model.bin` out of its parts."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from callreview.config.language import _
from callreview.domain.errors import EnvironmentProblem
from callreview.domain.file_size import size_text

_BLOCK_BYTES = 1 << 20
# A disk that is filled to the last byte stops the whole computer.
_LEFT_FREE_BYTES = 100_000_000


def join(parts: Sequence[Path], path: Path) -> None:
    """Write the bytes of `parts`, one after the other, to `path` and onto the disk."""
    with path.open("wb") as target:
        for part in parts:
            with part.open("rb") as source:
                shutil.copyfileobj(source, target, _BLOCK_BYTES)
        target.flush()
        os.fsync(target.fileno())


def check_room(folder: Path, needed: int) -> None:
    """Raise EnvironmentProblem when the disk of `folder` has no room for `needed` more bytes."""
    free = shutil.disk_usage(folder).free
    if needed + _LEFT_FREE_BYTES > free:
        raise EnvironmentProblem(
            _(
                "The disk of {folder} has {free} free and the model needs {needed}. Make room and "
                "try again."
            ).format(
                folder=folder, free=size_text(free), needed=size_text(needed + _LEFT_FREE_BYTES)
            )
        )


def files_size(folder: Path) -> int:
    """The bytes in all files under a folder; 0 when there is none."""
    size = 0
    for root, _folders, names in os.walk(folder):
        for name in names:
            # A file may go away while it is looked at.
            try:
                size += (Path(root) / name).stat().st_size
            except OSError:
                continue
    return size
