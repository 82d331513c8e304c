"""What SQLite says when the computer refuses, in words for the user."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from callreview.config.language import _
from callreview.domain.errors import EnvironmentProblem


@contextmanager
def environment_problems(path: Path) -> Iterator[None]:
    """Raise EnvironmentProblem, naming `path`, for errors that are the computer's and not ours."""
    try:
        yield
    except sqlite3.Error as error:
        message = _message(error)
        if message is None:
            raise
        raise EnvironmentProblem(message.format(path=path, reason=error)) from error


def _message(error: sqlite3.Error) -> str | None:
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else _messages().get(code & 0xFF)


def _messages() -> dict[int, str]:
    denied = _(
        "The workspace cannot be written: {path}. Nothing was changed. "
        "Check that you may write to this folder and that the disk is not read-only."
    )
    damaged = _(
        "The workspace database is damaged: {path} ({reason}). "
        "Restore it from a backup; the newest ones are in the folder “backups” beside it."
    )
    in_use = _(
        "Another program is using the workspace database: {path}. Nothing was changed. "
        "Close that program and try again."
    )
    return {
        sqlite3.SQLITE_FULL: _(
            "The disk is full: {path} could not be saved. Nothing was changed. "
            "Free some space and try again."
        ),
        sqlite3.SQLITE_IOERR: _(
            "The disk refused to read or write {path} ({reason}). Nothing was changed. "
            "Check the disk and its free space, then try again."
        ),
        sqlite3.SQLITE_CANTOPEN: _(
            "The workspace database cannot be opened: {path}. "
            "Check that the folder exists and that you may read and write it."
        ),
        sqlite3.SQLITE_READONLY: denied,
        sqlite3.SQLITE_PERM: denied,
        sqlite3.SQLITE_AUTH: denied,
        sqlite3.SQLITE_BUSY: in_use,
        sqlite3.SQLITE_LOCKED: in_use,
        sqlite3.SQLITE_CORRUPT: damaged,
        sqlite3.SQLITE_NOTADB: damaged,
    }
