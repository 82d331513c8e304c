"""How long work tells where it is, and hears that it should stop."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """Where a batch is: `item` of `total` (1-based), its name, its stage and fraction 0..1."""

    item: int
    total: int
    name: str
    stage: str
    fraction: float


OnProgress = Callable[[Progress], None]
IsCancelled = Callable[[], bool]


def ignore_progress(progress: Progress) -> None:
    """Report nothing."""


def never() -> bool:
    """Never cancel."""
    return False
