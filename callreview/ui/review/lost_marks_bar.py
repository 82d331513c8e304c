"""Marks whose words are not in the transcript any more: said above the call, each can be heard."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from callreview.config.language import _, ngettext
from callreview.domain.figure_text import clock
from callreview.services.marks import LostMark
from callreview.ui.review.labels import label
from callreview.ui.review.wording import plain_tooltip
from callreview.ui.theme.spacing import LARGE, SMALL

MARK_ROLE = Qt.ItemDataRole.UserRole
LINES_SHOWN = 4


class LostMarksBar(QWidget):
    """Says how many marks are lost and lists them; Enter or a click plays one by its time (s)."""

    playRequested = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._marks: tuple[LostMark, ...] = ()
        self.text = label("", "", self, wrap=True)
        self.show_list = QPushButton(_("Show them"), self)
        self.show_list.setCheckable(True)
        self.show_list.toggled.connect(self._toggle)
        self.list = QListWidget(self)
        self.list.setAccessibleName(_("Marks without their words"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(self._play)
        self.list.itemClicked.connect(self._play)
        head = QHBoxLayout()
        head.addWidget(self.text, 1)
        head.addWidget(self.show_list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(LARGE, SMALL, LARGE, SMALL)
        layout.setSpacing(SMALL)
        layout.addLayout(head)
        layout.addWidget(self.list)
        self.list.hide()
        self.hide()

    def show_marks(self, marks: Sequence[LostMark]) -> None:
        """Show these marks; nothing when there are none. The same ones stay as they are."""
        if tuple(marks) == self._marks:
            return
        self._marks = tuple(marks)
        text = ngettext(
            "The words of {count} mark are not in this version of the transcript. "
            "It still plays by its time.",
            "The words of {count} marks are not in this version of the transcript. "
            "They still play by their time.",
            len(marks),
        )
        self.text.setText(text.format(count=len(marks)))
        self.list.clear()
        for mark in marks:
            self._add(mark)
        rows = min(len(marks), LINES_SHOWN)
        self.list.setFixedHeight(rows * max(self.list.sizeHintForRow(0), 1) + SMALL)
        self.show_list.setChecked(False)
        self.setVisible(bool(marks))

    def _add(self, mark: LostMark) -> None:
        quote = f"  “{mark.text}”" if mark.text else ""
        item = QListWidgetItem(f"{clock(mark.start_s)}  {mark.about}{quote}")
        item.setData(MARK_ROLE, mark)
        item.setToolTip(plain_tooltip(f"{mark.about}\n{mark.text}"))
        self.list.addItem(item)

    def _toggle(self, shown: bool) -> None:
        self.list.setVisible(shown)
        self.show_list.setText(_("Hide them") if shown else _("Show them"))
        if shown:
            self.list.setCurrentRow(0)

    def _play(self, item: QListWidgetItem) -> None:
        mark: LostMark = item.data(MARK_ROLE)
        self.playRequested.emit(mark.start_s, mark.end_s)
