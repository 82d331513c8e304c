"""Write a file so that it is there whole or not at all, also after a power cut."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from callreview.config.language import _
from callreview.domain.errors import EnvironmentProblem


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write; on success it replaces `path`, on any error nothing is left behind.

    Raises EnvironmentProblem when the disk is full or may not be written.
    """
    part: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        part = Path(name)
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise _write_problem(path, error) from error
    finally:
        if part is not None:
            part.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Make the new name durable, where folders can be synchronised (not on Windows)."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_problem(path: Path, error: OSError) -> EnvironmentProblem:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        message = _("The disk is full: {path} could not be written. Free some space and try again.")
    elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        message = _("{path} may not be written. Choose another folder or ask for permission.")
    else:
        message = _("{path} could not be written: {problem}.")
    return EnvironmentProblem(message.format(path=path, problem=error.strerror or error))
