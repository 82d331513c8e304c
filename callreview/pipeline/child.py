"""The child process: waits for jobs, does them, and ends when its parent does."""

import contextlib
import os
import pickle
import signal
import threading
import traceback
from multiprocessing.connection import Connection

from callreview.config.language import _, use_language
from callreview.domain.errors import CallReviewError, EnvironmentProblem
from callreview.pipeline.heap import share_one_heap
from callreview.pipeline.jobs import ProcessResult, StageProgress, WindowsDone
from callreview.pipeline.work import Models, do
from callreview.speech.child_process import end_with_parent

Message = StageProgress | WindowsDone | ProcessResult | Exception
"""What the child sends: any number of reports, then a result or an error."""

_NICENESS = 5


def serve(connection: Connection, language: str) -> None:
    """Do the jobs that come over `connection` until it closes; messages are in `language`."""
    # Ctrl-C reaches every process of the terminal; the parent decides what becomes of the child.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    share_one_heap()
    end_with_parent()
    if hasattr(os, "nice"):
        # Recognition takes every core; the window and the sound come first.
        os.nice(_NICENESS)
    use_language(language)
    _keep_progress_bars_local()
    models = Models()
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            job = connection.recv()
            try:
                connection.send(do(job, models, connection.send))
            except BrokenPipeError:
                raise
            except Exception as problem:
                connection.send(_sendable(_explained(problem)))


def _keep_progress_bars_local() -> None:
    """Give faster-whisper's progress bars a lock of this process alone.

    Theirs is shared between processes: a child that is killed leaves it behind, and Python
    complains of it when the program ends.
    """
    from tqdm import tqdm  # type: ignore[import-untyped]

    tqdm.set_lock(threading.RLock())


def _explained(problem: Exception) -> Exception:
    if isinstance(problem, MemoryError):
        return EnvironmentProblem(
            _(
                "There is not enough memory to process this call. Close other programs and try again."
            )
        )
    if isinstance(problem, OSError):
        return EnvironmentProblem(
            _("A file needed to process this call cannot be read: {problem}").format(
                problem=problem
            )
        )
    return problem


def _sendable(problem: Exception) -> Exception:
    """The problem as it can cross processes; a bug brings its traceback (no text of calls)."""
    if not isinstance(problem, CallReviewError):
        problem.add_note("".join(traceback.format_exception(problem)))
    try:
        pickle.loads(pickle.dumps(problem))  # noqa: S301 (our own bytes)
    except Exception:
        return RuntimeError("".join(traceback.format_exception_only(problem)))
    return problem
