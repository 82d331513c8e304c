"""A place that a search found."""

from dataclasses import dataclass
from typing import Literal

from callreview.domain.transcript import Role

HitKind = Literal["turn", "comment", "note"]


@dataclass(frozen=True)
class SearchHit:
    """A turn, comment or answer's note that holds all words of a search.

    Times are seconds; both are None for a note without evidence. `ranges` are the half-open
    character ranges of `text` that matched. `role` is who said a turn, None for what was written.
    """

    call_id: int
    reference: str
    kind: HitKind
    start_s: float | None
    end_s: float | None
    text: str
    ranges: tuple[tuple[int, int], ...]
    role: Role | None = None
