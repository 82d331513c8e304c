"""Connections to the workspace database: one that writes, and many that only read."""

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database as Database

BUSY_TIMEOUT_MS = 5000
READER_CACHE_KIB = 16_384
"""Holds the list of 10,000 calls; with SQLite's 2 MB it takes 1.6 times as long."""


def connect_writer(path: Path) -> "Database":
    """The read-write connection, made if the file is new. Usable on the calling thread only.

    WAL with synchronous=FULL: with NORMAL a power cut loses commits that were confirmed.
    secure_delete overwrites what is deleted. There must be only one such connection to a
    database: SQLite before 3.51.3 can damage the file when two of them reset the log at once.
    """
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        _set(connection, "busy_timeout", str(BUSY_TIMEOUT_MS))
        _set(connection, "journal_mode", "WAL")
        _set(connection, "synchronous", "FULL")
        _set(connection, "foreign_keys", "ON")
        _set(connection, "secure_delete", "ON")
        return _database(connection)
    except BaseException:
        connection.close()
        raise


def connect_reader(path: Path) -> "Database":
    """A connection that can only read; any thread may close it."""
    address = f"{path.absolute().as_uri()}?mode=ro"
    connection = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)
    try:
        _set(connection, "busy_timeout", str(BUSY_TIMEOUT_MS))
        _set(connection, "cache_size", str(-READER_CACHE_KIB))
        return _database(connection)
    except BaseException:
        connection.close()
        raise


def _set(connection: sqlite3.Connection, name: str, value: str) -> None:
    connection.execute(f"PRAGMA {name} = {value}").fetchall()


def _database(connection: sqlite3.Connection) -> "Database":
    from sqlite_utils import Database as Database

    return Database(connection, execute_plugins=False)
