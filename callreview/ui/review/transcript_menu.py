"""The context menu of the transcript."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from callreview.config.language import _
from callreview.domain.evaluation import Evidence
from callreview.domain.transcript import Turn
from callreview.ui.review.role_menu import add_role_choices

if TYPE_CHECKING:
    from callreview.ui.review.transcript_list import TranscriptList


def transcript_menu(turns: "TranscriptList", place: Evidence, turn: Turn | None) -> QMenu:
    """Offer what can be done with a piece of the call and a turn; deletes itself when closed."""
    menu = QMenu(turns)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.addAction(_("Play from here")).triggered.connect(
        lambda: turns.turnClicked.emit(place.start_s)
    )
    menu.addAction(_("Add comment")).triggered.connect(
        lambda: turns.commentRequested.emit(place.start_s, place.end_s)
    )
    menu.addAction(_("Use as evidence")).triggered.connect(
        lambda: turns.evidenceRequested.emit(place)
    )
    if turn is not None:
        add_role_choices(menu.addMenu(_("This speaker is…") + "\tR"), turns, turn)
    menu.addSeparator()
    menu.addAction(_("Copy")).triggered.connect(turns.copy)
    # What the window has to offer about the call as a whole.
    if turns.actions():
        menu.addSeparator()
        menu.addActions(turns.actions())
    return menu
