"""Running one command: exit code 0 done, 1 some items failed, 2 wrong use."""

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from callreview.cli.parser import build_parser
from callreview.config.language import _, use_language
from callreview.config.logs import start_logging
from callreview.config.paths import log_path
from callreview.domain.errors import Cancelled, EnvironmentProblem, UserError

DONE, SOME_FAILED, WRONG_USE, INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    _write_utf8()
    use_language()
    parsed = build_parser().parse_args(arguments)
    start_logging(log_path())
    # Only now: what `--help` does not need stays off its start path.
    from callreview.cli.commands import run

    try:
        failed = run(parsed)
        sys.stdout.flush()
        return SOME_FAILED if failed else DONE
    except UserError as error:
        return _fail(str(error), WRONG_USE)
    except EnvironmentProblem as error:
        return _fail(str(error), SOME_FAILED)
    except (Cancelled, KeyboardInterrupt):
        return _fail(_("Interrupted; what was finished before is kept."), INTERRUPTED)
    except BrokenPipeError:
        # The reader of a pipe such as `| head` has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def _write_utf8() -> None:
    """Windows writes files and pipes in the computer's code page, which lacks most languages."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


def _fail(message: str, code: int) -> int:
    print(f"callreview: {message}", file=sys.stderr)
    return code
