"""Progress on standard error: one line that is rewritten on a terminal, lines elsewhere."""

import sys
import time
from types import TracebackType
from typing import Self

from callreview.services.progress import Progress

QUIET_S = 5.0
"""Where lines stay, as in a log file, one is written at most this often (seconds)."""


class ProgressLine:
    """Shows where a batch is; call it with each `Progress`."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._last = ""
        self._item = 0
        self._written_at = 0.0

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
        line = f"[{progress.item}/{progress.total}] {progress.name}: {progress.stage} {percent} %"
        if line != self._last and (self._terminal or self._is_due(progress)):
            self._last = line
            self._write(line)

    def _is_due(self, progress: Progress) -> bool:
        now = time.monotonic()
        due = progress.item != self._item or now - self._written_at >= QUIET_S
        if due:
            self._item, self._written_at = progress.item, now
        return due

    def _write(self, line: str) -> None:
        if self._terminal:
            print(f"\r\x1b[2K{line}", end="", file=sys.stderr, flush=True)
        else:
            print(line, file=sys.stderr, flush=True)
