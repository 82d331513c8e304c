"""Choosing which personal data is hidden in calls, and checking the calls that are there already."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from callreview.config.language import _, ngettext
from callreview.services.personal_data import kind_name
from callreview.ui.review.labels import label
from callreview.ui.review.wording import button_text
from callreview.ui.settings.answer_box import answer_box
from callreview.ui.theme.spacing import LARGE, MEDIUM, SMALL, TARGET

SIZE = (540, 540)
Kind = tuple[str, bool, bool]
"""A kind of personal data, whether it is hidden, and whether that cannot be changed."""


class PersonalDataDialog(QDialog):
    """A switch for each kind; `saved` carries (kind, hidden) of those that were changed.

    `checkRequested` asks to check the calls that were processed before; it comes after `saved`.
    """

    saved = Signal(tuple)
    checkRequested = Signal()

    def __init__(self, kinds: Sequence[Kind], due: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Personal data"))
        self.resize(*SIZE)
        self._kinds = tuple(kinds)
        self.switches = {kind: self._switch(kind, on, locked) for kind, on, locked in self._kinds}
        self.check = QPushButton(_("Save and &check old calls"))
        self.check.setAutoDefault(False)
        self.check.clicked.connect(lambda _checked=False: self._save(check=True))
        self._lay_out(due)

    def _switch(self, kind: str, on: bool, locked: bool) -> QCheckBox:
        name = kind_name(kind)
        box = QCheckBox(button_text(name[:1].upper() + name[1:]))
        box.setChecked(on)
        box.setEnabled(not locked)
        box.setMinimumHeight(TARGET)
        return box

    def save(self) -> None:
        """Hand over what was changed."""
        self._save(check=False)

    def _save(self, *, check: bool) -> None:
        changed = tuple(
            (kind, self.switches[kind].isChecked())
            for kind, on, _locked in self._kinds
            if self.switches[kind].isChecked() != on
        )
        if changed:
            self.saved.emit(changed)
        self.accept()
        if check:
            self.checkRequested.emit()

    def _lay_out(self, due: int) -> None:
        text = _(
            "What is ticked is hidden before a call is stored: the text is masked and the sound is "
            "muted, when it is played and when it is handed out. Only the kind and the number are kept."
        )
        always = _(
            "Data of payment cards is always hidden: the rules of the card industry (PCI DSS) "
            "forbid keeping it, in sound too."
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(LARGE, LARGE, LARGE, LARGE)
        layout.setSpacing(MEDIUM)
        layout.addWidget(label(text, "muted", self, wrap=True))
        layout.addLayout(self._group(locked=True))
        layout.addWidget(label(always, "small", self, wrap=True))
        layout.addLayout(self._group(locked=False))
        layout.addWidget(label(due_text(due), "small", self, wrap=True))
        foot = QHBoxLayout()
        foot.setSpacing(SMALL)
        foot.addWidget(self.check)
        foot.addStretch(1)
        foot.addWidget(answer_box(self, _("Save"), self.save))
        layout.addStretch(1)
        layout.addLayout(foot)

    def _group(self, *, locked: bool) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        for kind, _on, fixed in self._kinds:
            if fixed == locked:
                column.addWidget(self.switches[kind])
        return column


def due_text(due: int) -> str:
    """How many calls were processed before the rules of now, and what checking them does."""
    if not due:
        return _("All calls were checked by these rules.")
    text = ngettext(
        "{count} call was processed before the rules of now for personal data. Checking it masks "
        "what is found, for good: it cannot be undone.",
        "{count} calls were processed before the rules of now for personal data. Checking them "
        "masks what is found, for good: it cannot be undone.",
        due,
    )
    return text.format(count=due)
