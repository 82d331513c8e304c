"""The questions of a scorecard, section by section."""

from types import MappingProxyType

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from callreview.config.language import _, current_language
from callreview.domain.evaluation import Evaluation
from callreview.domain.scorecard import Question, Scorecard, Section, wording_in
from callreview.ui.review.labels import label
from callreview.ui.review.question_row import Places, QuestionRow
from callreview.ui.review.wording import percent
from callreview.ui.theme.spacing import LARGE, SMALL, TIGHT, WIDE


class ScorecardForm(QScrollArea):
    """A scrollable form; signals carry the key of the question they are about."""

    answered = Signal(str, object)
    cleared = Signal(str)
    noteChanged = Signal(str, str)
    evidenceWanted = Signal(str)
    evidenceRemoved = Signal(str, object)
    playRequested = Signal(float, float)

    def __init__(self, scorecard: Scorecard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scorecard = scorecard
        self.rows: dict[str, QuestionRow] = {}
        self._section_scores: dict[str, QLabel] = {}
        self._current: str | None = None
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        sheet = QWidget()
        sheet.setObjectName("sheet")
        layout = QVBoxLayout(sheet)
        layout.setContentsMargins(SMALL, SMALL, SMALL, LARGE)
        layout.setSpacing(TIGHT)
        for section in scorecard.sections:
            layout.addLayout(self._section_header(section))
            for question in section.questions:
                layout.addWidget(self._row(question))
        layout.addStretch(1)
        self.setWidget(sheet)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._notice_focus)

    @property
    def current(self) -> str | None:
        """The key of the question that was worked on last."""
        return self._current

    def show_answers(self, evaluation: Evaluation, anchors: Places = MappingProxyType({})) -> None:
        """Show the answers and section scores; focus, caret and scroll place stay."""
        answers = {answer.question: answer for answer in evaluation.answers}
        editable = evaluation.status == "draft"
        for key, row in self.rows.items():
            row.show_answer(answers.get(key), editable=editable, anchors=anchors)
        for section in evaluation.score.sections:
            score = self._section_scores.get(section.key)
            if score is not None:
                score.setText(percent(section.final))

    def commit_note(self) -> None:
        """Announce the note that is being typed, if there is one."""
        for row in self.rows.values():
            if row.note.hasFocus():
                row.note.commit()

    def start_over(self) -> None:
        """Leave the evaluation that was worked on: the same form is used for another."""
        self.commit_note()
        self._set_current(None)
        self.verticalScrollBar().setValue(0)

    def go_to(self, key: str) -> None:
        """Put the keyboard on a question."""
        row = self.rows[key]
        row.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(row, 0, WIDE)

    def _section_header(self, section: Section) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(SMALL, LARGE, SMALL, TIGHT)
        title = wording_in(section.title, current_language())
        row.addWidget(label(title, "section", wrap=True), 1)
        score = label("–", "muted")
        score.setAccessibleName(_("Score of {section}").format(section=title))
        row.addWidget(score)
        self._section_scores[section.key] = score
        return row

    def _row(self, question: Question) -> QuestionRow:
        row, key = QuestionRow(question), question.key
        row.answered.connect(lambda value: self.answered.emit(key, value))
        row.cleared.connect(lambda: self.cleared.emit(key))
        row.noteChanged.connect(lambda text: self.noteChanged.emit(key, text))
        row.evidenceWanted.connect(lambda: self.evidenceWanted.emit(key))
        row.evidenceRemoved.connect(lambda piece: self.evidenceRemoved.emit(key, piece))
        row.playRequested.connect(self.playRequested)
        row.moveRequested.connect(lambda step: self._move(key, step))
        self.rows[key] = row
        return row

    def _move(self, key: str, step: int) -> None:
        keys = list(self.rows)
        self.go_to(keys[min(max(keys.index(key) + step, 0), len(keys) - 1)])

    def _notice_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        for key, row in self.rows.items():
            if now is not None and (now is row or row.isAncestorOf(now)):
                self._set_current(key)
                return

    def _set_current(self, key: str | None) -> None:
        if key == self._current:
            return
        if self._current is not None:
            self.rows[self._current].set_current(False)
        self._current = key
        if key is not None:
            self.rows[key].set_current(True)
