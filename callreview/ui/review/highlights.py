"""What is marked in a transcript besides its own text."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from callreview.domain.evaluation import Evidence
from callreview.domain.transcript import Turn, join_words
from callreview.ui.review.spoken_index import NOTHING, Spoken


@dataclass
class Highlights:
    """The spoken word, the selected words and the places of the text that is looked for.

    `selection` is the first and last selected word; `found` are character ranges by row and
    `current` is (row, first character, end).
    """

    spoken: Spoken = NOTHING
    selection: tuple[Spoken, Spoken] | None = None
    found: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    current: tuple[int, int, int] | None = None

    def selected_words(self, row: int, count: int) -> tuple[int, int] | None:
        """The first and last selected word of a row with `count` words."""
        if self.selection is None or count == 0:
            return None
        first, last = self.selection
        if not first.row <= row <= last.row:
            return None
        return (
            first.word if row == first.row else 0,
            last.word if row == last.row else count - 1,
        )

    def selected(self, turns: Sequence[Turn]) -> Evidence | None:
        """The selected words of these turns and when they are said."""
        if self.selection is None:
            return None
        pieces = []
        for row in range(self.selection[0].row, self.selection[1].row + 1):
            words = turns[row].words
            span = self.selected_words(row, len(words))
            if span is not None:
                pieces.append(words[span[0] : span[1] + 1])
        said = [word for piece in pieces for word in piece]
        start_s, end_s = min(w.start_s for w in said), max(w.end_s for w in said)
        return Evidence(start_s, end_s, " / ".join(join_words(piece) for piece in pieces))

    def extended(self, start: Spoken, step: int, count: int) -> tuple[Spoken, Spoken]:
        """The selection grown or shrunk by `step` words within a turn of `count` words.

        Without a selection it begins at `start`.
        """
        if self.selection is None:
            return start, start
        first, last = self.selection
        word = min(max(last.word + step, 0), count - 1)
        return first, max(Spoken(last.row, word), first)
