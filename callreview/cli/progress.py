"""Progress on standard error: one line that is rewritten on a terminal, lines elsewhere."""

import sys
from types import TracebackType
from typing import Self

from callreview.services.progress import Progress

STEP_PERCENT = 10


class ProgressLine:
    """Shows where a batch is; call it with each `Progress`."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._last = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self._terminal and self._last:
            print(file=sys.stderr)

    def __call__(self, progress: Progress) -> None:
        """Show this progress if it reads differently from the last."""
        percent = int(100 * progress.fraction)
        percent -= 0 if self._terminal else percent % STEP_PERCENT
        line = f"[{progress.item}/{progress.total}] {progress.name}: {progress.stage} {percent} %"
        if line == self._last:
            return
        self._last = line
        if self._terminal:
            print(f"\r\x1b[2K{line}", end="", file=sys.stderr, flush=True)
        else:
            print(line, file=sys.stderr, flush=True)
