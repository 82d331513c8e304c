"""A place that a search found."""

from dataclasses import dataclass
from typing import Literal

HitKind = Literal["turn", "comment", "note"]


@dataclass(frozen=True)
class SearchHit:
    """A turn, comment or answer's note that holds all words of a search.

    Times are seconds; both are None for a note without evidence. `ranges` are the half-open
    character ranges of `text` that matched.
    """

    call_id: int
    reference: str
    kind: HitKind
    start_s: float | None
    end_s: float | None
    text: str
    ranges: tuple[tuple[int, int], ...]
