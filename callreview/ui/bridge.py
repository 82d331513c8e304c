"""The one way into Qt from other threads: results, progress and changes arrive on the main thread."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from callreview.domain.errors import CallReviewError, Cancelled

T = TypeVar("T")

_log = logging.getLogger(__name__)


class Bridge(QObject):
    """Runs work beside the main thread and brings what comes back onto it.

    Reads, actions and long jobs have threads of their own, so that opening a call never waits for
    an import. Actions are done one after the other, in the order in which the user did them.
    """

    failed = Signal(str)
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._quick = ThreadPoolExecutor(2, thread_name_prefix="quick")
        self._actions = ThreadPoolExecutor(1, thread_name_prefix="action")
        self._long = ThreadPoolExecutor(1, thread_name_prefix="long")
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

    def act(self, action: Callable[[], T], then: Callable[[T], None] | None = None) -> None:
        """Do a user's action after those before it; an expected error goes to `failed`."""
        self._submit(self._actions, action, then or _nothing, self.failed.emit)

    def start(self, title: str, work: Callable[["Job"], T], then: Callable[[T], None]) -> "Job":
        """Start long work that reports progress through its job and can be cancelled."""
        job = Job(title, self)
        self._jobs.add(job)

        def finish(result: T) -> None:
            self._close(job)
            then(result)

        def fail(message: str) -> None:
            self._close(job)
            if message:
                self.failed.emit(message)

        self._submit(self._long, lambda: work(job), finish, fail)
        return job

    def post(self, call: Callable[[], None]) -> None:
        """Call `call` on the main thread, soon; may be called from any thread."""
        self._arrived.emit(call)

    def close(self) -> None:
        """Finish the actions, cancel the rest, and wait for the threads."""
        self._closed = True
        for job in self._jobs:
            job.cancel()
        self._actions.shutdown(wait=True)
        self._quick.shutdown(wait=True, cancel_futures=True)
        self._long.shutdown(wait=True, cancel_futures=True)

    def _submit(
        self,
        pool: ThreadPoolExecutor,
        work: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[str], None],
    ) -> None:
        # What still arrives while the window closes has nobody left to show it to.
        if not self._closed:
            pool.submit(self._do, work, then, failed)

    def _close(self, job: "Job") -> None:
        self._jobs.discard(job)
        job.ended.emit()

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
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._cancelled.set()

    def is_cancelled(self) -> bool:
        """Whether the user asked to stop; may be called from any thread."""
        return self._cancelled.is_set()
