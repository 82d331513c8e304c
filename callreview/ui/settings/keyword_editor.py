"""Editing the keyword lists of the workspace."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from callreview.config.language import _, current_language
from callreview.domain.errors import UserError
from callreview.services.keywords import KeywordList, checked_list
from callreview.ui.settings.answer_box import answer_box
from callreview.ui.theme.spacing import LARGE, MEDIUM, SMALL

LIST_ROLE = Qt.ItemDataRole.UserRole


class KeywordEditor(QDialog):
    """All lists on the left, the phrases of one on the right; `saved` carries all of them."""

    saved = Signal(tuple)

    def __init__(self, lists: Sequence[KeywordList], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keyword lists"))
        self.resize(860, 600)
        self._shown: QListWidgetItem | None = None
        self.lists = QListWidget()
        self.lists.setAccessibleName(_("Keyword lists"))
        self.title = QLineEdit()
        self.language = QComboBox()
        self.language.addItem(_("English"), "en")
        self.language.addItem(_("Korean"), "ko")
        self.role = QComboBox()
        for role, name in (
            ("any", _("Anyone")),
            ("agent", _("Agent")),
            ("customer", _("Customer")),
        ):
            self.role.addItem(name, role)
        self.phrases = self._lines(_("One phrase a line"))
        self.exclusions = self._lines(_("One phrase a line; hits inside these do not count"))
        self.problem = QLabel()
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setProperty("tone", "problem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self._lay_out()
        for item in lists:
            self._add(item)
        self.lists.currentItemChanged.connect(self._change)
        self.lists.setCurrentRow(0)

    def _lines(self, hint: str) -> QPlainTextEdit:
        field = QPlainTextEdit()
        field.setPlaceholderText(hint)
        field.setTabChangesFocus(True)
        return field

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(SMALL)
        left.addWidget(self.lists, 1)
        for text, slot in ((_("New list"), self.add_list), (_("Delete list"), self.delete_list)):
            button = QPushButton(text)
            button.setAutoDefault(False)
            button.clicked.connect(slot)
            left.addWidget(button)
        form = QFormLayout()
        form.setSpacing(SMALL)
        form.addRow(_("Name"), self.title)
        form.addRow(_("Language"), self.language)
        form.addRow(_("Said by"), self.role)
        form.addRow(_("Phrases"), self.phrases)
        form.addRow(_("Except in"), self.exclusions)
        buttons = answer_box(self, _("Save"), self.save)
        right = QVBoxLayout()
        right.addLayout(form, 1)
        right.addWidget(self.problem)
        right.addWidget(buttons)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(LARGE, LARGE, LARGE, LARGE)
        layout.setSpacing(MEDIUM)
        layout.addLayout(left, 1)
        layout.addLayout(right, 2)

    def add_list(self) -> None:
        """Begin an empty list in the user's language."""
        name = self._free_name(_("New list"))
        language = current_language()
        self._add(KeywordList(name, {"en": name, language: name}, language, "any", ()))
        self.lists.setCurrentRow(self.lists.count() - 1)
        self.title.setFocus()
        self.title.selectAll()

    def delete_list(self) -> None:
        """Take the chosen list away; nothing is lost before Save."""
        row = self.lists.currentRow()
        if row >= 0:
            self._shown = None
            self.lists.takeItem(row)

    def save(self) -> None:
        """Hand over all lists if each can be used, else say what is wrong with which."""
        self._keep()
        lists = []
        for row in range(self.lists.count()):
            item = self.lists.item(row)
            try:
                lists.append(checked_list(item.data(LIST_ROLE)))
            except UserError as error:
                self.lists.setCurrentRow(row)
                self.problem.setText(f"{item.text()}: {error}")
                self.problem.show()
                return
        self.saved.emit(tuple(lists))
        self.accept()

    def _free_name(self, wanted: str) -> str:
        taken = {self.lists.item(row).data(LIST_ROLE).name for row in range(self.lists.count())}
        names = (wanted, *(f"{wanted} {number}" for number in range(2, len(taken) + 3)))
        return next(name for name in names if name not in taken)

    def _add(self, keyword_list: KeywordList) -> None:
        item = QListWidgetItem(_shown_title(keyword_list))
        item.setData(LIST_ROLE, keyword_list)
        self.lists.addItem(item)

    def _change(self, current: QListWidgetItem | None, _previous: QListWidgetItem | None) -> None:
        self._keep()
        self._shown = current
        for field in (self.title, self.language, self.role, self.phrases, self.exclusions):
            field.setEnabled(current is not None)
        if current is not None:
            self._show(current.data(LIST_ROLE))

    def _show(self, keyword_list: KeywordList) -> None:
        self.title.setText(_title(keyword_list))
        self.language.setCurrentIndex(max(self.language.findData(keyword_list.language), 0))
        self.role.setCurrentIndex(self.role.findData(keyword_list.role))
        self.phrases.setPlainText("\n".join(keyword_list.phrases))
        self.exclusions.setPlainText("\n".join(keyword_list.exclusions))

    def _keep(self) -> None:
        """Put what stands in the fields back into the list that is shown."""
        item = self._shown
        if item is None:
            return
        old: KeywordList = item.data(LIST_ROLE)
        new = replace(
            old,
            title={**old.title, current_language(): self.title.text().strip() or old.name},
            language=self.language.currentData(),
            role=self.role.currentData(),
            phrases=_phrases(self.phrases),
            exclusions=_phrases(self.exclusions),
        )
        item.setData(LIST_ROLE, new)
        item.setText(_shown_title(new))


def _title(keyword_list: KeywordList) -> str:
    titles = keyword_list.title
    return titles.get(current_language()) or titles.get("en") or keyword_list.name


def _shown_title(keyword_list: KeywordList) -> str:
    return f"{_title(keyword_list)}  ·  {keyword_list.language}"


def _phrases(field: QPlainTextEdit) -> tuple[str, ...]:
    lines = (line.strip() for line in field.toPlainText().splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))
