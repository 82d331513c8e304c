"""The one thread that owns the one read-write connection of a workspace."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import get_ident
from typing import TYPE_CHECKING, TypeVar

from callreview.storage.connection import connect_writer
from callreview.storage.problems import environment_problems

if TYPE_CHECKING:
    from sqlite_utils import Database

T = TypeVar("T")


class Writer:
    """Runs work one after the other on its own thread, each in one transaction."""

    def __init__(self, path: Path, prepare: Callable[["Database"], None]) -> None:
        self._path = path
        self._thread: int | None = None
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="callreview-writer")
        try:
            self._database = self._executor.submit(self._connect, prepare).result()
        except BaseException:
            self._executor.shutdown()
            raise

    def submit(
        self, work: Callable[["Database"], T], committed: Callable[[T], None]
    ) -> "Future[T]":
        """Queue `work`; after its commit `committed` gets the result, on the writer's thread."""
        return self._executor.submit(self._transact, work, committed)

    def write(self, work: Callable[["Database"], T], committed: Callable[[T], None]) -> T:
        """Like `submit`, and wait for the result. Not to be called from inside `work`."""
        if get_ident() == self._thread:
            raise RuntimeError("write() inside a write would wait for itself")
        return self.submit(work, committed).result()

    def empty_log(self) -> bool:
        """Fold the log into the database and empty it; False when a reader holds on to it."""
        return self._executor.submit(self._empty_log).result()

    def close(self) -> None:
        """Finish what is queued, fold the log into the database, end the thread."""
        if self._thread is not None:
            self._executor.submit(self._disconnect).result()
        self._executor.shutdown()

    def _connect(self, prepare: Callable[["Database"], None]) -> "Database":
        with environment_problems(self._path):
            database = connect_writer(self._path)
            try:
                prepare(database)
            except BaseException:
                database.close()
                raise
        self._thread = get_ident()
        return database

    def _empty_log(self) -> bool:
        with environment_problems(self._path):
            (busy, _pages, _moved) = self._database.execute(
                "PRAGMA wal_checkpoint(TRUNCATE)"
            ).fetchone()
        return not busy

    def _disconnect(self) -> None:
        try:
            self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        except sqlite3.Error:
            # Everything confirmed is safe in the log; the next start folds it in.
            pass
        finally:
            self._database.close()
            self._thread = None

    def _transact(self, work: Callable[["Database"], T], committed: Callable[[T], None]) -> T:
        db = self._database
        with environment_problems(self._path):
            db.execute("BEGIN IMMEDIATE")
            try:
                result = work(db)
                db.conn.execute("COMMIT")
            except BaseException:
                db.rollback()
                raise
        committed(result)
        return result
