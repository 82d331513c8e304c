"""Work in a process of its own: it can be ended at any moment, and its end takes nothing down."""

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import TypeVar, cast

from callreview.config.language import _, current_language, use_language
from callreview.domain.errors import CallReviewError, Cancelled, EnvironmentProblem

T = TypeVar("T")

# A cancel is answered within this time, and the time it takes to kill a process.
_POLL_S = 0.1


def run_in_child(
    work: Callable[[], T],
    *,
    died: str,
    cancelled: Callable[[], bool] = lambda: False,
    meanwhile: Callable[[], None] = lambda: None,
) -> T:
    """Do `work` (a function of a module, or a partial of one) in a child process; its result.

    `meanwhile` is called in this thread, some times a second. Raises what the work raises,
    Cancelled within a second after `cancelled()` says so, and EnvironmentProblem with the message
    `died` when the child ends without an answer. The child, and what it started, is killed then.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(
        target=_serve, args=(theirs, work, current_language()), name="callreview-work", daemon=True
    )
    child.start()
    # Only the child may hold its end: then a dead child ends the connection.
    theirs.close()
    try:
        while not ours.poll(_POLL_S):
            if cancelled():
                raise Cancelled(_("Cancelled."))
            meanwhile()
        answer = ours.recv()
    except (EOFError, ConnectionError) as problem:
        raise EnvironmentProblem(died) from problem
    finally:
        _end(child)
        ours.close()
    if isinstance(answer, Exception):
        raise answer
    return cast(T, answer)


def end_with_parent() -> None:
    """End this child process at once when its parent is gone, even in the middle of work."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _end(child: BaseProcess) -> None:
    if hasattr(os, "killpg") and child.pid is not None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
    child.kill()
    child.join()
    child.close()


def _serve(connection: Connection, work: Callable[[], object], language: str) -> None:
    if hasattr(os, "setpgrp"):
        # A group of its own: killed with all that the work starts, and deaf to Ctrl-C, which the
        # parent answers.
        os.setpgrp()
    end_with_parent()
    use_language(language)
    with contextlib.suppress(BrokenPipeError):
        connection.send(_answer(work))


def _answer(work: Callable[[], object]) -> object:
    try:
        return work()
    except MemoryError:
        return EnvironmentProblem(
            _("There is not enough memory. Close other programs and try again.")
        )
    except CallReviewError as problem:
        return problem
    except OSError as problem:
        return EnvironmentProblem(str(problem))
    except Exception as problem:
        # A bug: its class may not be known to the parent, its words are.
        return RuntimeError(f"{type(problem).__name__}: {problem}")
