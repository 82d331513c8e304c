"""The one way into Qt from other threads: results, progress and changes arrive on the main thread."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from callreview.domain.errors import CallReviewError, Cancelled

T = TypeVar("T")

_log = logging.getLogger(__name__)


class Bridge(QObject):
    """Runs work beside the main thread and brings what comes back onto it.

    Reads, actions and each kind of long job have threads of their own: opening a call never waits
    for an import, nor an export for hours of transcribing. Actions are done one after the other,
    in the order in which the user did them.
    """

    failed = Signal(str)
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._quick = ThreadPoolExecutor(2, thread_name_prefix="quick")
        self._actions = ThreadPoolExecutor(1, thread_name_prefix="action")
        self._long: dict[str, ThreadPoolExecutor] = {}
        self._newest: dict[str, int] = {}
        self._arrived.connect(self._call, Qt.ConnectionType.QueuedConnection)
        self._jobs: set[Job] = set()
        self._closed = False

    def run(
        self,
        work: Callable[[], T],
        then: Callable[[T], None] | None = None,
        failed: Callable[[str], None] | None = None,
    ) -> None:
        """Do `work` on a thread, then call `then` with its result on the main thread.

        An expected error's message goes to `failed` or, without it, to the signal `failed`.
        """
        self._submit(self._quick, work, then or _nothing, failed or self.failed.emit)

    def run_newest(self, what: str, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Like `run`; a result that a newer read of the same `what` has overtaken is dropped."""
        number = self._newest[what] = self._newest.get(what, 0) + 1

        def show(result: T) -> None:
            if self._newest[what] == number:
                then(result)

        self.run(work, show)

    def act(self, action: Callable[[], T], then: Callable[[T], None] | None = None) -> None:
        """Do a user's action after those before it; an expected error goes to `failed`."""
        self._submit(self._actions, action, then or _nothing, self.failed.emit)

    def start(
        self,
        kind: str,
        title: str,
        work: Callable[["Job"], T],
        then: Callable[[T], None],
        failed: Callable[[str], None] | None = None,
    ) -> "Job":
        """Start long work that reports progress through its job and can be cancelled.

        Jobs of one `kind` wait for each other, those of different kinds do not. An expected error's
        message goes to `failed` or, without it, to the signal `failed`.
        """
        job = Job(title, self)
        self._jobs.add(job)
        job.ended.connect(lambda: self._jobs.discard(job))

        def finish(result: T) -> None:
            job.ended.emit()
            then(result)

        def fail(message: str) -> None:
            job.ended.emit()
            if message:
                (failed or self.failed.emit)(message)

        pool = self._long.setdefault(kind, ThreadPoolExecutor(1, thread_name_prefix=kind))
        job.waiting = self._submit(pool, lambda: work(job), finish, fail)
        return job

    def post(self, call: Callable[[], None]) -> None:
        """Call `call` on the main thread, soon; may be called from any thread."""
        self._arrived.emit(call)

    def close(self) -> None:
        """Finish the actions, cancel the rest, and wait for the threads."""
        self._closed = True
        for job in tuple(self._jobs):
            job.cancel()
        self._actions.shutdown(wait=True)
        for pool in (self._quick, *self._long.values()):
            pool.shutdown(wait=True, cancel_futures=True)

    def _submit(
        self,
        pool: ThreadPoolExecutor,
        work: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[str], None],
    ) -> "Future[None] | None":
        # What still arrives while the window closes has nobody left to show it to.
        return None if self._closed else pool.submit(self._do, work, then, failed)

    def _do(
        self, work: Callable[[], T], then: Callable[[T], None], failed: Callable[[str], None]
    ) -> None:
        try:
            result = work()
        except Cancelled:
            self.post(lambda: failed(""))
        except CallReviewError as error:
            message = str(error)
            self.post(lambda: failed(message))
        except Exception as error:
            _log.exception("unexpected error")
            message = f"{type(error).__name__}: {error}"
            self.post(lambda: failed(message))
        else:
            self.post(lambda: then(result))

    def _call(self, call: Callable[[], None]) -> None:
        # What waited while the window closed would speak to widgets that go.
        if not self._closed:
            call()


def _nothing(_result: object) -> None:
    """Do nothing more with a result."""


class Job(QObject):
    """Long work under way; `progressed` carries a text and a fraction 0..1."""

    progressed = Signal(str, float)
    ended = Signal()

    def __init__(self, title: str, parent: QObject) -> None:
        super().__init__(parent)
        self.title = title
        self.waiting: Future[None] | None = None
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next step; work that has not begun never does."""
        self._cancelled.set()
        if self.waiting is not None and self.waiting.cancel():
            self.ended.emit()

    def is_cancelled(self) -> bool:
        """Whether the user asked to stop; may be called from any thread."""
        return self._cancelled.is_set()
