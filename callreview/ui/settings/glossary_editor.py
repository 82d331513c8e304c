"""Editing the glossary of the workspace: names of products and people, one a line."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from callreview.config.language import _
from callreview.domain.errors import CallReviewError
from callreview.services.glossary import checked_terms, read_glossary, write_glossary
from callreview.ui.review.labels import label
from callreview.ui.settings.answer_box import answer_box
from callreview.ui.settings.choice_list import ChoiceList
from callreview.ui.theme.spacing import LARGE, MEDIUM, SMALL

SIZE = (720, 560)


class GlossaryEditor(QDialog):
    """The terms on the left, names that calls carry on the right; `saved` carries the terms."""

    saved = Signal(tuple)

    def __init__(
        self, terms: Sequence[str], suggestions: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Glossary"))
        self.resize(*SIZE)
        self.terms = QPlainTextEdit("\n".join(terms))
        self.terms.setPlaceholderText(_("One name a line, as it is written"))
        self.terms.setAccessibleName(_("Glossary"))
        self.terms.setTabChangesFocus(True)
        self.suggestions = ChoiceList()
        self.suggestions.setAccessibleName(_("Names in your calls"))
        self.suggestions.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.suggestions.addItems(list(suggestions))
        self.suggestions.itemActivated.connect(lambda _item: self.add_suggestions())
        self.add = _button(_("&Add to the glossary"), self.add_suggestions)
        self.add.setEnabled(bool(suggestions))
        self.problem = label("", "problem", self, wrap=True)
        self.problem.hide()
        self._lay_out()

    def add_suggestions(self) -> None:
        """Add the chosen names at the end of the terms."""
        for item in self.suggestions.selectedItems():
            self._append((item.text(),))
            self.suggestions.takeItem(self.suggestions.row(item))

    def save(self) -> None:
        """Hand over the terms if each can be used, else say which cannot."""
        try:
            self.saved.emit(checked_terms(self.terms.toPlainText().splitlines()))
        except CallReviewError as problem:
            self._warn(str(problem))
        else:
            self.accept()

    def read_file(self) -> None:
        """Add the terms of a text file; nothing is saved yet."""
        kinds = f"{_('Text files')} (*.txt);;{_('All files')} (*)"
        name, _kind = QFileDialog.getOpenFileName(self, _("Read a glossary"), "", kinds)
        if name:
            try:
                self._append(read_glossary(Path(name)))
            except CallReviewError as problem:
                self._warn(str(problem))

    def write_file(self) -> None:
        """Write the terms as they stand to a text file."""
        kinds = f"{_('Text files')} (*.txt)"
        name, _kind = QFileDialog.getSaveFileName(
            self, _("Write the glossary"), "glossary.txt", kinds
        )
        if name:
            try:
                lines = self.terms.toPlainText().splitlines()
                write_glossary(checked_terms(lines), Path(name))
            except CallReviewError as problem:
                self._warn(str(problem))

    def _append(self, terms: Sequence[str]) -> None:
        lines = [line.strip() for line in self.terms.toPlainText().splitlines() if line.strip()]
        known = {line.casefold() for line in lines}
        lines += [term for term in terms if term.casefold() not in known]
        self.terms.setPlainText("\n".join(lines))
        self.problem.hide()

    def _warn(self, message: str) -> None:
        self.problem.setText(message)
        self.problem.show()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(SMALL)
        left.addWidget(label(_("Names of products and people"), "strong", self))
        left.addWidget(self.terms, 1)
        right = QVBoxLayout()
        right.setSpacing(SMALL)
        right.addWidget(label(_("Names in your calls"), "strong", self))
        right.addWidget(self.suggestions, 1)
        right.addWidget(self.add)
        columns = QHBoxLayout()
        columns.setSpacing(MEDIUM)
        columns.addLayout(left, 3)
        columns.addLayout(right, 2)
        text = _(
            "The recogniser listens for these names, and what it nearly heard is written as here. "
            "It counts for calls that are transcribed from now on; the first names count most."
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(LARGE, LARGE, LARGE, LARGE)
        layout.setSpacing(MEDIUM)
        layout.addWidget(label(text, "muted", self, wrap=True))
        layout.addLayout(columns, 1)
        layout.addWidget(self.problem)
        layout.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        buttons = answer_box(self, _("Save"), self.save)
        foot = QHBoxLayout()
        foot.setSpacing(SMALL)
        foot.addWidget(_button(_("&Read a file…"), self.read_file))
        foot.addWidget(_button(_("&Write a file…"), self.write_file))
        foot.addStretch(1)
        foot.addWidget(buttons)
        return foot


def _button(text: str, slot: Callable[[], None]) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    button.clicked.connect(lambda _checked=False: slot())
    return button
