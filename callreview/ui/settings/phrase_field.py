"""A field for phrases, one a line, that says at once which of them cannot be looked for."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from callreview.config.language import _
from callreview.services.keywords import phrase_problem
from callreview.ui.review.labels import label
from callreview.ui.theme.spacing import TIGHT


class PhraseField(QWidget):
    """The lines to write in, and under them what is wrong with the first that cannot be used."""

    changed = Signal()

    def __init__(self, name: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = QPlainTextEdit(self)
        self.lines.setPlaceholderText(hint)
        self.lines.setAccessibleName(name)
        self.lines.setTabChangesFocus(True)
        self.problem: QLabel = label("", "problem", self, wrap=True)
        self.problem.hide()
        self.setFocusProxy(self.lines)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(TIGHT)
        layout.addWidget(self.lines, 1)
        layout.addWidget(self.problem)
        self.lines.textChanged.connect(self._check)
        self.lines.textChanged.connect(self.changed)

    @property
    def phrases(self) -> tuple[str, ...]:
        """The phrases, each once."""
        lines = (line.strip() for line in self.lines.toPlainText().splitlines())
        return tuple(dict.fromkeys(line for line in lines if line))

    @property
    def usable(self) -> tuple[str, ...]:
        """The phrases that can be looked for."""
        return tuple(phrase for phrase in self.phrases if not phrase_problem(phrase))

    def show_phrases(self, phrases: tuple[str, ...]) -> None:
        """Show other phrases."""
        self.lines.setPlainText("\n".join(phrases))

    def go_to_problem(self) -> bool:
        """Put the cursor on the first phrase that cannot be used; whether there is one."""
        wrong = self._wrong()
        if wrong:
            block = self.lines.document().findBlockByNumber(min(wrong))
            self.lines.setTextCursor(QTextCursor(block))
            self.lines.setFocus()
        return bool(wrong)

    def _wrong(self) -> dict[int, str]:
        """What is wrong with each line that cannot be used, by its number from 0."""
        lines = self.lines.toPlainText().split("\n")
        problems = (
            (n, phrase_problem(line.strip())) for n, line in enumerate(lines) if line.strip()
        )
        return {number: problem for number, problem in problems if problem}

    def _check(self) -> None:
        wrong = self._wrong()
        self.lines.setExtraSelections([self._underlined(number) for number in wrong])
        first = min(wrong, default=None)
        text = _("Line {line}: {problem}")
        shown = "" if first is None else text.format(line=first + 1, problem=wrong[first])
        self.problem.setText(shown)
        self.problem.setVisible(bool(shown))
        self.lines.setAccessibleDescription(shown)

    def _underlined(self, number: int) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.lines.document().findBlockByNumber(number))
        cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
        form = QTextCharFormat()
        form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        form.setUnderlineColor(self.problem.palette().windowText().color())
        selection.cursor, selection.format = cursor, form
        return selection
