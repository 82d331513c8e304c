"""A workspace: one folder with the database, the prepared audio and the reports of one team."""

import logging
from collections.abc import Callable, Collection
from concurrent.futures import Future
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from filelock import FileLock, Timeout

from callreview.config.language import _
from callreview.domain.changes import HISTORY, Changed
from callreview.domain.errors import EnvironmentProblem, UserError
from callreview.storage import journal, schema
from callreview.storage.operations.labels import action_label
from callreview.storage.processing import forget_interrupted
from callreview.storage.readers import Readers
from callreview.storage.recorder import Operation
from callreview.storage.writer import Writer

if TYPE_CHECKING:
    from sqlite_utils import Database

T = TypeVar("T")
Listener = Callable[[Changed], None]

_log = logging.getLogger(__name__)


class Workspace:
    """One team's calls on this computer, open for reading and usually for writing.

    Everything that changes the database goes through one thread and one connection; readers have
    a connection each. Open with `Workspace.open`, end with `close` or a `with` block.
    """

    DATABASE = "callreview.db"
    LOCK = "callreview.lock"

    def __init__(self, folder: Path, lock: FileLock | None) -> None:
        self.folder = folder
        self._lock = lock
        self._listeners: list[Listener] = []
        self._writer = None if lock is None else Writer(self.database_path, self._prepare)
        self._readers = Readers(self.database_path)

    @classmethod
    def open(cls, folder: Path, read_only: bool = False) -> "Workspace":
        """Open the workspace in `folder`; make it if it is new and to be written.

        Read-only takes no lock and works beside another CallReview. Raises EnvironmentProblem
        when the workspace is open elsewhere or its disk refuses, UserError when there is none or
        a newer program made it.
        """
        folder = folder.absolute()
        if read_only:
            return cls._open_read_only(folder)
        _make_folders(folder)
        lock = _locked(folder)
        try:
            return cls(folder, lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def require(cls, folder: Path) -> None:
        """Raise UserError when there is no workspace in `folder`."""
        if not (folder / cls.DATABASE).is_file():
            raise UserError(
                _("There is no CallReview workspace in {path}. Check the folder's name.").format(
                    path=folder
                )
            )

    @classmethod
    def _open_read_only(cls, folder: Path) -> "Workspace":
        cls.require(folder)
        workspace = cls(folder, None)
        try:
            with workspace.read() as db:
                schema.refuse_newer(db, folder)
                schema.refuse_older(db, folder)
        except BaseException:
            workspace.close()
            raise
        return workspace

    @property
    def database_path(self) -> Path:
        """The SQLite file."""
        return self.folder / self.DATABASE

    @property
    def audio_dir(self) -> Path:
        """Where prepared audio and peaks lie; recordings name files in here."""
        return self.folder / "audio"

    @property
    def reports_dir(self) -> Path:
        """Where reports are written when no other place is named."""
        return self.folder / "reports"

    @property
    def backups_dir(self) -> Path:
        """Where the program puts its own copies of the database."""
        return self.folder / "backups"

    @property
    def read_only(self) -> bool:
        """Whether this workspace refuses to be changed."""
        return self._writer is None

    def read(self) -> AbstractContextManager["Database"]:
        """A read-only connection of this thread, with one snapshot of the data for the block."""
        return self._readers.read()

    def write(
        self, work: Callable[["Database"], T], topics: Collection[str] = (), initiator: str = ""
    ) -> T:
        """Run `work(db)` in one transaction on the writer's thread and return its result.

        Everything is rolled back when it raises. After the commit the listeners hear of `topics`
        before this returns. Raises EnvironmentProblem when the disk refuses. For what the program
        does by itself; what a user does is an operation and goes through `apply`.
        """
        return self._open_writer().write(work, lambda _result: self._publish(topics, initiator))

    def submit(
        self, work: Callable[["Database"], T], topics: Collection[str] = (), initiator: str = ""
    ) -> "Future[T]":
        """Like `write`, without waiting."""
        return self._open_writer().submit(work, lambda _result: self._publish(topics, initiator))

    def empty_log(self) -> bool:
        """Empty the database's log, so that no overwritten text is left in it.

        False when another program that reads the workspace holds on to it.
        """
        return self._open_writer().empty_log()

    def apply(self, operation: Operation[T], initiator: str = "") -> T:
        """Do a user's action: its rows and its journal entry in one transaction."""

        def work(db: "Database") -> T:
            return journal.apply(db, operation, initiator)

        return self.write(work, operation.topics | {HISTORY}, initiator)

    def undo(self, initiator: str = "") -> str:
        """Take back the newest action; return its label.

        Raises UserError when there is nothing to undo or its rows have moved on.
        """
        return self._revert("undo", initiator)

    def redo(self, initiator: str = "") -> str:
        """Do again what was undone last; return its label. Raises UserError as `undo` does."""
        return self._revert("redo", initiator)

    def undo_label(self) -> str:
        """What `undo` would take back, in the user's language; "" when nothing."""
        return self._label("undo")

    def redo_label(self) -> str:
        """What `redo` would do again, in the user's language; "" when nothing."""
        return self._label("redo")

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` after every change; return what ends that.

        It is called on the writer's thread, before the call that made the change returns: it has
        to be quick and must neither write nor wait for another thread.
        """
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def close(self) -> None:
        """Finish what was submitted, close all connections, end the thread, give the lock back."""
        self._readers.close()
        if self._writer is not None:
            self._writer.close()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> "Workspace":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def _prepare(self, db: "Database") -> None:
        schema.upgrade(db, self.database_path, self.backups_dir)
        forget_interrupted(db)

    def _open_writer(self) -> Writer:
        if self._writer is None:
            raise UserError(
                _("The workspace {path} was opened for reading only.").format(path=self.folder)
            )
        return self._writer

    def _revert(self, stack: journal.Stack, initiator: str) -> str:
        def work(db: "Database") -> journal.Reverted:
            return journal.revert_newest(db, stack, initiator)

        def committed(reverted: journal.Reverted) -> None:
            self._publish(reverted.topics | {HISTORY}, initiator)

        return action_label(self._open_writer().write(work, committed).name)

    def _label(self, stack: journal.Stack) -> str:
        with self.read() as db:
            name = journal.newest_name(db, stack)
        return "" if name is None else action_label(name)

    def _publish(self, topics: Collection[str], initiator: str) -> None:
        if not topics:
            return
        event = Changed(frozenset(topics), initiator)
        for listener in tuple(self._listeners):
            try:
                listener(event)
            except Exception:
                _log.exception("a listener failed; the change is saved")


def _make_folders(folder: Path) -> None:
    try:
        for name in ("audio", "reports", "backups"):
            (folder / name).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EnvironmentProblem(
            _(
                "The workspace folder {path} cannot be made ({reason}). "
                "Choose another folder, or check that you may write there."
            ).format(path=folder, reason=error.strerror)
        ) from error


def _locked(folder: Path) -> FileLock:
    lock = FileLock(folder / Workspace.LOCK, timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise EnvironmentProblem(
            _(
                "The workspace {path} is open in another CallReview. "
                "Close that one first, or choose another workspace."
            ).format(path=folder)
        ) from error
    except OSError as error:
        raise EnvironmentProblem(
            _(
                "The workspace {path} cannot be locked ({reason}). "
                "Check that you may write to this folder."
            ).format(path=folder, reason=error.strerror)
        ) from error
    return lock
