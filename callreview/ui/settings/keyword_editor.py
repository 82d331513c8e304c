"""Editing the keyword lists of the workspace."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from callreview.config.language import _, current_language
from callreview.domain.errors import CallReviewError
from callreview.services.keyword_count import PhraseCount
from callreview.services.keyword_files import read_list, write_list
from callreview.services.keywords import KeywordList, checked_list
from callreview.ui.review.labels import label
from callreview.ui.settings.answer_box import answer_box
from callreview.ui.settings.keyword_form import KeywordForm, list_title
from callreview.ui.theme.spacing import LARGE, MEDIUM, SMALL

LIST_ROLE = Qt.ItemDataRole.UserRole
PAUSE_MS = 250
"""The library is counted when nothing was typed for so long."""


class KeywordEditor(QDialog):
    """All lists on the left, one of them on the right; `saved` carries all of them.

    `countWanted` carries the list whose hits in the library `show_count` then gets.
    """

    saved = Signal(tuple)
    countWanted = Signal(object)

    def __init__(self, lists: Sequence[KeywordList], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keyword lists"))
        self.resize(980, 760)
        self._shown: QListWidgetItem | None = None
        self.lists = QListWidget()
        self.lists.setAccessibleName(_("Keyword lists"))
        self.form = KeywordForm()
        self.problem = label("", "problem", self, wrap=True)
        self.problem.hide()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._ask_count)
        self._lay_out()
        for item in lists:
            self._add(item)
        self.lists.currentItemChanged.connect(self._change)
        self.form.changed.connect(self._edited)
        self.form.show_list(None)
        self.lists.setCurrentRow(0)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(SMALL)
        left.addWidget(self.lists, 1)
        for text, slot in (
            (_("Ne&w list"), self.add_list),
            (_("&Delete list"), self.delete_list),
            (_("&Read a file…"), self.read_file),
            (_("Write a &file…"), self.write_file),
        ):
            left.addWidget(_button(text, slot))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.form)
        right = QVBoxLayout()
        right.addWidget(scroll, 1)
        right.addWidget(self.problem)
        right.addWidget(answer_box(self, _("Save"), self.save))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(LARGE, LARGE, LARGE, LARGE)
        layout.setSpacing(MEDIUM)
        layout.addLayout(left, 1)
        layout.addLayout(right, 2)

    def add_list(self) -> None:
        """Begin an empty list in the user's language."""
        name = self._free_name(_("New list"), current_language())
        language = current_language()
        self._add(KeywordList(name, {"en": name, language: name}, language, "any", ()))
        self.lists.setCurrentRow(self.lists.count() - 1)
        self.form.title.setFocus()
        self.form.title.selectAll()

    def delete_list(self) -> None:
        """Take the chosen list away; nothing is lost before Save."""
        row = self.lists.currentRow()
        if row >= 0:
            self._shown = None
            self.lists.takeItem(row)

    def read_file(self) -> None:
        """Add the list of a file; nothing is saved yet."""
        name, _kind = QFileDialog.getOpenFileName(self, _("Read a keyword list"), "", _kinds())
        if not name:
            return
        try:
            read = read_list(Path(name))
        except CallReviewError as problem:
            self._warn(str(problem))
            return
        self._add(replace(read, name=self._free_name(read.name, read.language)))
        self.lists.setCurrentRow(self.lists.count() - 1)

    def write_file(self) -> None:
        """Write the chosen list, as it stands, to a file."""
        value = self.form.value
        if value is None:
            return
        suggested = f"{value.name}.{value.language}.toml"
        name, _kind = QFileDialog.getSaveFileName(
            self, _("Write the keyword list"), suggested, _kinds()
        )
        if name:
            try:
                write_list(checked_list(value), Path(name))
            except CallReviewError as problem:
                self._warn(str(problem))

    def save(self) -> None:
        """Hand over all lists if each can be used, else say what is wrong with which."""
        self._keep()
        lists = []
        for row in range(self.lists.count()):
            item = self.lists.item(row)
            try:
                lists.append(checked_list(item.data(LIST_ROLE)))
            except CallReviewError as error:
                self.lists.setCurrentRow(row)
                self._warn(f"{item.text()}: {error}")
                _found = self.form.phrases.go_to_problem() or self.form.exclusions.go_to_problem()
                return
        self.saved.emit(tuple(lists))
        self.accept()

    def show_count(self, counted: KeywordList, count: PhraseCount) -> None:
        """Show the hits in the library, unless the list was changed meanwhile."""
        if counted == self.form.countable:
            self.form.show_count(count)

    def _ask_count(self) -> None:
        wanted = self.form.countable
        if wanted is not None:
            self.countWanted.emit(wanted)

    def _edited(self) -> None:
        self.problem.hide()
        self.form.show_count(None)
        self._pause.start()

    def _warn(self, message: str) -> None:
        self.problem.setText(message)
        self.problem.show()

    def _free_name(self, wanted: str, language: str) -> str:
        """The name, with a number where a list of this language has it."""
        every = (self.lists.item(row).data(LIST_ROLE) for row in range(self.lists.count()))
        taken = {one.name for one in every if one.language == language}
        names = (wanted, *(f"{wanted} {number}" for number in range(2, len(taken) + 3)))
        return next(name for name in names if name not in taken)

    def _add(self, keyword_list: KeywordList) -> None:
        item = QListWidgetItem(_shown_title(keyword_list))
        item.setData(LIST_ROLE, keyword_list)
        self.lists.addItem(item)

    def _change(self, current: QListWidgetItem | None, _previous: QListWidgetItem | None) -> None:
        self._keep()
        self._shown = current
        self.form.show_list(current.data(LIST_ROLE) if current is not None else None)

    def _keep(self) -> None:
        """Put what stands in the fields back into the list that is shown."""
        value = self.form.value
        if self._shown is not None and value is not None:
            self._shown.setData(LIST_ROLE, value)
            self._shown.setText(_shown_title(value))


def _shown_title(keyword_list: KeywordList) -> str:
    return f"{list_title(keyword_list)}  ·  {keyword_list.language}"


def _kinds() -> str:
    return f"{_('Keyword lists')} (*.toml)"


def _button(text: str, slot: Callable[[], None]) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    button.clicked.connect(lambda _checked=False: slot())
    return button
