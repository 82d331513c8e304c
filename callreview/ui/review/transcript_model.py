"""The turns of a call as a Qt list model."""

import re
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from callreview.config.language import _
from callreview.domain.figure_text import clock
from callreview.domain.transcript import Turn, join_words
from callreview.ui.review import certainty
from callreview.ui.review.spoken_index import Spoken, SpokenIndex
from callreview.ui.review.wording import role_name, sentiment_name

Index = QModelIndex | QPersistentModelIndex
NO_PARENT: Final = QModelIndex()


class TranscriptModel(QAbstractListModel):
    """One row for each turn; its accessible text reads who, when, how and what."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._turns: tuple[Turn, ...] = ()
        self._names: dict[str, str] = {}
        self._estimated: frozenset[str] = frozenset()
        self._spoken = SpokenIndex(())
        self.list_titles: Mapping[str, str] = {}

    @property
    def turns(self) -> tuple[Turn, ...]:
        """All turns in the order of the talk."""
        return self._turns

    @property
    def names(self) -> dict[str, str]:
        """The speakers' names by speaker id."""
        return self._names

    def show_turns(
        self,
        turns: tuple[Turn, ...],
        names: dict[str, str],
        estimated: frozenset[str] = frozenset(),
    ) -> None:
        """Show other turns; `names` are the speakers' names by speaker id.

        `estimated` are the ids of speakers who were told apart by voice.
        """
        self.beginResetModel()
        self._turns = turns
        self._names = names
        self._estimated = estimated
        self._spoken = SpokenIndex(turns)
        self.endResetModel()

    def name_of(self, turn: Turn) -> str:
        """The name of the one who speaks in a turn."""
        return self._names.get(turn.speaker) or role_name(turn.role)

    def is_estimated(self, turn: Turn) -> bool:
        """Whether the one who speaks was told apart by voice."""
        return turn.speaker in self._estimated

    def spoken_at(self, seconds: float) -> Spoken:
        """The turn and word at a time."""
        return self._spoken.at(seconds)

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Count the turns."""
        return 0 if parent.isValid() else len(self._turns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Give the text of a turn, alone or as a screen reader reads it."""
        if not index.isValid():
            return None
        turn = self._turns[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return turn.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._read_aloud(turn)
        return None

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """Every place of `text` as (row, first character, end), without regard to case."""
        if not text:
            return []
        pattern = re.compile(re.escape(text), re.IGNORECASE)
        return [
            (row, match.start(), match.end())
            for row, turn in enumerate(self._turns)
            for match in pattern.finditer(turn.text)
        ]

    def quote(self, start_s: float, end_s: float) -> str:
        """The words whose middle lies between two times, turn by turn."""
        pieces = []
        for turn in self._turns:
            if turn.end_s < start_s or turn.start_s > end_s:
                continue
            said = [w for w in turn.words if start_s <= (w.start_s + w.end_s) / 2 <= end_s]
            if said:
                pieces.append(join_words(tuple(said)))
        return " / ".join(pieces)

    def copy_text(self, row: int) -> str:
        """A turn as it is put on the clipboard."""
        turn = self._turns[row]
        return f"[{clock(turn.start_s)}] {self.name_of(turn)}: {turn.text}"

    def _read_aloud(self, turn: Turn) -> str:
        parts = [role_name(turn.role), self.name_of(turn), clock(turn.start_s)]
        if turn.sentiment is not None and turn.sentiment.label != "neutral":
            parts.append(sentiment_name(turn.sentiment.label))
        if turn.hits:
            titles = (self.list_titles.get(hit.list, hit.list) for hit in turn.hits)
            lists = ", ".join(dict.fromkeys(titles))
            parts.append(_("mentions {lists}").format(lists=lists))
        parts += certainty.read_aloud(turn, self.is_estimated(turn))
        return ", ".join(dict.fromkeys(parts)) + ": " + turn.text
