"""What the full-text search found: places in calls, each of which opens the call there."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from callreview.config.language import _
from callreview.domain.figure_text import clock
from callreview.domain.transcript import Role
from callreview.ui.review.wording import plain_tooltip, role_name
from callreview.ui.theme.spacing import TIGHT

CONTEXT = 24
"""Characters that stand before what was found."""
PLACE_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class FoundPlace:
    """A place in a call where the words stand; `text` is what stands there.

    `found_at` is the character of `text` where the first of the words begins, `role` who said it;
    None where it was written.
    """

    call_id: int
    reference: str
    start_s: float
    text: str
    found_at: int = 0
    role: Role | None = None

    @property
    def head(self) -> str:
        """Which call, when, and who said it or that somebody noted it."""
        who = _("noted") if self.role is None else role_name(self.role)
        return f"{self.reference} · {clock(self.start_s)} · {who}"

    @property
    def snippet(self) -> str:
        """The text on one line, cut at its beginning so that the words found can be seen."""
        text = " ".join(self.text.split())
        cut = text.rfind(" ", 0, self.found_at - CONTEXT) if self.found_at > CONTEXT else -1
        return text if cut < 0 else "…" + text[cut:]


class FoundList(QListWidget):
    """The places, one a line; Enter or a click asks to open one."""

    placeChosen = Signal(int, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Found in what was said and noted"))
        self.setUniformItemSizes(True)
        self.setSpacing(TIGHT)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.itemActivated.connect(self._choose)
        self.itemClicked.connect(self._choose)

    def show_places(self, places: Sequence[FoundPlace]) -> None:
        """Show these places; hidden when there are none."""
        self.clear()
        for place in places:
            item = QListWidgetItem(f"{place.head}\n{place.snippet}")
            item.setData(PLACE_ROLE, place)
            item.setToolTip(plain_tooltip(place.text))
            self.addItem(item)
        self.setVisible(bool(places))

    def _choose(self, item: QListWidgetItem) -> None:
        place: FoundPlace = item.data(PLACE_ROLE)
        self.placeChosen.emit(place.call_id, place.start_s)
