"""Writing files so that a reader sees the old one or the whole new one, never half of it."""

import errno
import os
import uuid
from collections.abc import Callable
from pathlib import Path

from callreview.config.language import _
from callreview.domain.errors import EnvironmentProblem, UserError


def write_whole_file(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` fill a temporary file beside `path`, then put it in the place of `path`.

    The temporary file has the suffix of `path`. Raises UserError when the folder does not exist
    or `path` is a folder, EnvironmentProblem when the computer refuses (no permission, open
    elsewhere, disk full). Then an older file at `path` is as it was.
    """
    if not path.parent.is_dir():
        raise UserError(_("The folder {folder} does not exist.").format(folder=path.parent))
    if path.is_dir():
        raise UserError(_("{file} is a folder, not a file.").format(file=path))
    beside = path.with_name(f".{uuid.uuid4().hex}{path.suffix}")
    try:
        write(beside)
        _to_disk(beside)
        beside.replace(path)
    except OSError as problem:
        raise EnvironmentProblem(_why(path, problem)) from problem
    finally:
        beside.unlink(missing_ok=True)


def _to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _why(path: Path, problem: OSError) -> str:
    if isinstance(problem, PermissionError):
        text = _(
            "{file} cannot be written: there is no permission, or it is open in another program. "
            "Close it there or choose another place."
        )
    elif problem.errno in (errno.ENOSPC, errno.EDQUOT):
        text = _("{file} cannot be written: the disk is full. Make room or choose another disk.")
    else:
        text = _("{file} cannot be written: {problem}")
    return text.format(file=path, problem=problem.strerror or problem)
