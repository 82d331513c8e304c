"""The worker: one child process that holds the models and does one job after the other."""

import multiprocessing
import threading
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Self

from callreview.config.language import _, current_language
from callreview.domain.errors import Cancelled, EnvironmentProblem
from callreview.pipeline.child import Message, serve
from callreview.pipeline.jobs import (
    AnalyseJob,
    Job,
    ProcessJob,
    ProcessResult,
    StageProgress,
    WindowsDone,
)
from callreview.speech.recognised import WindowWords

# A cancel is answered within this time, and the time it takes to kill a process.
_POLL_S = 0.1
_TRIES = 2


class _ChildDiedError(Exception):
    """The child process is gone and has not answered."""


class Worker:
    """Does jobs in a child process, which starts with the first job and is reused.

    The child dies with its parent. Use it as a context manager or `close` it. One job at a time:
    a second thread waits. `close` may be called from any thread and cancels
    the running job.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._closed = False
        self._child: BaseProcess | None = None
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def child_pid(self) -> int | None:
        """The process id of the child, None while there is none."""
        return self._child.pid if self._child is not None else None

    def process(
        self,
        job: ProcessJob | AnalyseJob,
        on_progress: Callable[[StageProgress], None],
        cancelled: Callable[[], bool],
    ) -> ProcessResult:
        """Do a job and return its result; `on_progress` is called in this thread.

        Raises Cancelled within a second after `cancelled()` says so or the worker is closed (the
        child is killed then), UserError and EnvironmentProblem as the child found them. When the
        child dies, a new one goes on after the last finished window; when two in a row die without
        finishing any, it is an EnvironmentProblem.
        """
        with self._lock:
            tries = _TRIES
            while tries:
                finished: dict[int, WindowWords] = {}
                try:
                    answer = self._ask(job, finished, on_progress, cancelled)
                except _ChildDiedError:
                    self._stop()
                    tries = _TRIES if finished else tries - 1
                    job = _without(job, finished)
                    continue
                except BaseException:
                    # Cancelled, interrupted: what the child is doing is no longer wanted.
                    self._stop()
                    raise
                if isinstance(answer, Exception):
                    raise answer
                return answer
            raise EnvironmentProblem(
                _(
                    "The process that transcribes ended unexpectedly, twice. The computer may be "
                    "short of memory: close other programs and process the call again."
                )
            )

    def close(self) -> None:
        """End the child; a running job ends as cancelled, further ones are refused as cancelled."""
        self._closed = True
        with self._lock:
            self._stop()

    def _ask(
        self,
        job: Job,
        finished: dict[int, WindowWords],
        on_progress: Callable[[StageProgress], None],
        cancelled: Callable[[], bool],
    ) -> ProcessResult | Exception:
        """Have a job done; `finished` collects its windows as they are done."""
        connection = self._connected()
        try:
            connection.send(job)
            while True:
                if self._closed or cancelled():
                    raise Cancelled(_("Processing was cancelled."))
                if not connection.poll(_POLL_S):
                    continue
                message: Message = connection.recv()
                if isinstance(message, StageProgress):
                    on_progress(message)
                elif isinstance(message, WindowsDone):
                    finished.update(message.windows)
                else:
                    return message
        except (EOFError, ConnectionError) as problem:
            raise _ChildDiedError from problem

    def _connected(self) -> Connection:
        """The connection to a living child, started when there is none."""
        if self._connection is not None and self._child is not None and self._child.is_alive():
            return self._connection
        self._stop()
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._child = context.Process(
            target=serve, args=(theirs, current_language()), name="callreview-worker", daemon=True
        )
        self._child.start()
        # Only the child may hold its end: then a dead child ends the connection.
        theirs.close()
        return self._connection

    def _stop(self) -> None:
        child, connection = self._child, self._connection
        self._child = self._connection = None
        if child is not None:
            child.kill()
            child.join()
            child.close()
        if connection is not None:
            connection.close()


def _without(job: Job, finished: dict[int, WindowWords]) -> Job:
    """The job without the windows that are done."""
    if isinstance(job, ProcessJob):
        return replace(job, finished={**job.finished, **finished})
    return job
