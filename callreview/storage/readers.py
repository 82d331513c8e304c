"""Read-only connections, one for each thread that reads."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from callreview.storage.connection import connect_reader
from callreview.storage.problems import environment_problems

if TYPE_CHECKING:
    from sqlite_utils import Database


class Readers:
    """Gives each thread its own connection and keeps them until `close`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        self._lock = threading.Lock()
        self._open: list[Database] = []

    @contextmanager
    def read(self) -> Iterator["Database"]:
        """Give the thread's connection, with one snapshot of the data until the block ends."""
        db = self._connection()
        if db.conn.in_transaction:
            yield db
            return
        with environment_problems(self._path):
            db.execute("BEGIN")
            try:
                yield db
            finally:
                db.rollback()

    def close(self) -> None:
        """Close all connections; no thread may be reading."""
        with self._lock:
            for database in self._open:
                database.close()
            self._open.clear()

    def _connection(self) -> "Database":
        database: Database | None = getattr(self._local, "database", None)
        if database is None:
            with environment_problems(self._path):
                database = connect_reader(self._path)
            self._local.database = database
            with self._lock:
                self._open.append(database)
        return database
