"""Saying who a speaker is: the choices, in the context menu and by a key of their own."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from callreview.config.language import _
from callreview.domain.transcript import Role, Turn
from callreview.ui.review.wording import button_text

if TYPE_CHECKING:
    from callreview.ui.review.transcript_list import TranscriptList


def role_menu(turns: "TranscriptList", turn: Turn) -> QMenu:
    """A menu that says who the speaker of a turn is; it deletes itself when closed."""
    menu = QMenu(turns)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    title = _("{name} is…").format(name=turns.transcript_model.name_of(turn))
    menu.addAction(button_text(title)).setEnabled(False)
    menu.addSeparator()
    add_role_choices(menu, turns, turn)
    return menu


def add_role_choices(menu: QMenu, turns: "TranscriptList", turn: Turn) -> None:
    """Add an item for each role, the present one ticked; `roleChosen` carries the choice."""
    for role, text in _choices():
        action = menu.addAction(text)
        action.setCheckable(True)
        action.setChecked(role == turn.role)
        action.triggered.connect(partial(_choose, turns, turn.speaker, role))


def _choose(turns: "TranscriptList", speaker: str, role: Role, _checked: bool = False) -> None:
    turns.roleChosen.emit(speaker, role)


def _choices() -> tuple[tuple[Role, str], ...]:
    return (
        ("agent", _("the &agent")),
        ("customer", _("the &customer")),
        ("supervisor", _("a &supervisor or second agent")),
        ("ivr", _("an a&nnouncement")),
        ("unknown", _("somebody &else")),
    )
