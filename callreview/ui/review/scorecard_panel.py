"""The scorecard beside the call: choose a form, answer it with evidence, finish it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QPushButton, QVBoxLayout, QWidget

from callreview.config.language import _, current_language, ngettext
from callreview.domain.evaluation import Evaluation, Evidence
from callreview.domain.scorecard import Scorecard, wording_in
from callreview.ui.review.labels import label
from callreview.ui.review.question_row import Places
from callreview.ui.review.roles_notice import RolesNotice
from callreview.ui.review.score_summary import ScoreSummary
from callreview.ui.review.scorecard_form import ScorecardForm
from callreview.ui.theme.spacing import LARGE, MEDIUM, SMALL


class ScorecardPanel(QWidget):
    """One evaluation of a call, or the way to start one.

    Values are 0..1 or None for "not applicable"; evidence is an `Evidence`; times are seconds.
    """

    scorecardChosen = Signal(str)
    startRequested = Signal(str)
    answered = Signal(str, object)
    answerCleared = Signal(str)
    noteChanged = Signal(str, str)
    evidenceAdded = Signal(str, object)
    evidenceRemoved = Signal(str, object)
    finishRequested = Signal()
    reopenRequested = Signal()
    checkRequested = Signal()
    playRequested = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._evaluation: Evaluation | None = None
        self._selection: Evidence | None = None
        self._anchors: Places = {}
        self._scorecards: dict[str, Scorecard] = {}
        self.form: ScorecardForm | None = None
        self._choice = QComboBox(self)
        self._choice.setAccessibleName(_("Scorecard"))
        self._choice.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.about = label("", "muted", self, wrap=True)
        self.summary = ScoreSummary(self)
        self.roles_notice = RolesNotice(self)
        self.hint = label("", "muted", self, wrap=True)
        self.start = QPushButton(_("Start evaluation"), self)
        self.start.setProperty("kind", "primary")
        self.finish = QPushButton(_("Finish evaluation"), self)
        self.finish.setProperty("kind", "primary")
        self.reopen = QPushButton(_("Reopen"), self)
        self._arrange()
        self._connect()
        self.show_evaluation(None)

    @property
    def evaluation(self) -> Evaluation | None:
        """What is shown."""
        return self._evaluation

    @property
    def scorecard_name(self) -> str:
        """The name of the chosen scorecard; "" when there is none."""
        return str(self._choice.currentData() or "")

    def set_scorecards(self, scorecards: tuple[Scorecard, ...]) -> None:
        """Offer these forms; the chosen one stays chosen."""
        chosen = self.scorecard_name
        self._choice.blockSignals(True)
        self._choice.clear()
        for scorecard in scorecards:
            title = wording_in(scorecard.title, current_language())
            self._choice.addItem(f"{title} · v{scorecard.version}", scorecard.name)
        self._choice.setCurrentIndex(max(self._choice.findData(chosen), 0 if scorecards else -1))
        self._choice.blockSignals(False)
        self._scorecards = {scorecard.name: scorecard for scorecard in scorecards}
        self.start.setEnabled(bool(scorecards))
        self._show_about()

    def choose(self, name: str) -> None:
        """Choose a form by its name, without telling anyone."""
        self._choice.blockSignals(True)
        self._choice.setCurrentIndex(self._choice.findData(name))
        self._choice.blockSignals(False)
        self._show_about()

    def set_selection(self, selection: Evidence | None) -> None:
        """Take what is selected in the call: it becomes evidence when asked for."""
        self._selection = selection
        if selection is not None:
            self._say("")

    def set_anchors(self, anchors: Places) -> None:
        """Say where evidence stands in the transcript; shown with the next evaluation."""
        self._anchors = anchors

    def show_evaluation(self, evaluation: Evaluation | None) -> None:
        """Show an evaluation; the same one again keeps focus, caret and scroll place."""
        self._leave(evaluation)
        self._evaluation = evaluation
        if evaluation is not None:
            if self.form is None:
                self._build_form(evaluation.scorecard)
            self._show_answers(evaluation)
        self._show_about()
        draft = evaluation is not None and evaluation.status == "draft"
        self.start.setVisible(evaluation is None)
        self.summary.setVisible(evaluation is not None)
        self.roles_notice.setVisible(evaluation is not None and evaluation.roles_changed)
        self.finish.setVisible(draft)
        self.reopen.setVisible(evaluation is not None and not draft)

    def commit_note(self) -> None:
        """Announce a note that is being typed now, while it is clear what it belongs to."""
        if self.form is not None:
            self.form.commit_note()

    def add_evidence(self, evidence: Evidence) -> None:
        """Give a piece of the call to the question that was worked on last."""
        draft = self._evaluation is not None and self._evaluation.status == "draft"
        if self.form is None or not draft:
            self._say(_("Start or reopen an evaluation to collect evidence."))
        elif self.form.current is None:
            self._say(_("Choose the question first that this is evidence for."))
        else:
            self.evidenceAdded.emit(self.form.current, evidence)

    def _leave(self, coming: Evaluation | None) -> None:
        """Put the evaluation shown aside; its form stays when the coming one uses it too."""
        if self.form is None:
            return
        if coming is None or coming.scorecard != self.form.scorecard:
            self._drop_form()
        elif self._evaluation is not None and self._evaluation.id != coming.id:
            self.form.start_over()

    def _show_answers(self, evaluation: Evaluation) -> None:
        self.summary.show_score(evaluation)
        if self.form is not None:
            self.form.show_answers(evaluation, self._anchors)
        if not evaluation.score.unanswered:
            self._say("")

    def _build_form(self, scorecard: Scorecard) -> None:
        form = self.form = ScorecardForm(scorecard, self)
        form.answered.connect(self.answered)
        form.cleared.connect(self.answerCleared)
        form.noteChanged.connect(self.noteChanged)
        form.evidenceWanted.connect(self._take_selection)
        form.evidenceRemoved.connect(self.evidenceRemoved)
        form.playRequested.connect(self.playRequested)
        self._body.insertWidget(2, form, 1)
        self.setTabOrder(self._choice, form)

    def _drop_form(self) -> None:
        if self.form is not None:
            self.form.commit_note()
            self.form.blockSignals(True)
            self._body.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None
        self._say("")

    def _take_selection(self, key: str) -> None:
        if self._selection is None:
            self._say(_("Select words in the transcript or a stretch of the waveform first."))
        else:
            self.evidenceAdded.emit(key, self._selection)

    def _finish(self) -> None:
        evaluation = self._evaluation
        if evaluation is None or self.form is None:
            return
        if evaluation.score.unanswered:
            self.form.go_to(evaluation.score.unanswered[0])
            self._say(_("Answer every question first; this one is still open."))
        else:
            self.finishRequested.emit()

    def _announce_choice(self) -> None:
        self._show_about()
        self.scorecardChosen.emit(self.scorecard_name)

    def _show_about(self) -> None:
        """Say what kind of form is in use: the one answered, or the one that would be started."""
        if self._evaluation is not None:
            scorecard: Scorecard | None = self._evaluation.scorecard
        else:
            scorecard = self._scorecards.get(self.scorecard_name)
        self.about.setText(_kind_of(scorecard) if scorecard else _("There are no scorecards."))

    def _say(self, text: str) -> None:
        self.hint.setText(text)
        self.hint.setVisible(bool(text))

    def _arrange(self) -> None:
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, LARGE, 0, MEDIUM)
        self._body.setSpacing(MEDIUM)
        top = QVBoxLayout()
        top.setContentsMargins(LARGE, 0, LARGE, 0)
        top.setSpacing(SMALL)
        top.addWidget(self._choice)
        top.addWidget(self.about)
        top.addWidget(self.summary)
        top.addWidget(self.roles_notice)
        top.addWidget(self.start, 0, Qt.AlignmentFlag.AlignLeft)
        foot = QVBoxLayout()
        foot.setContentsMargins(LARGE, 0, LARGE, 0)
        foot.setSpacing(SMALL)
        foot.addWidget(self.hint)
        foot.addWidget(self.finish)
        foot.addWidget(self.reopen)
        self._body.addLayout(top)
        self._body.addStretch(0)
        self._body.addLayout(foot)

    def _connect(self) -> None:
        self._choice.currentIndexChanged.connect(lambda _row: self._announce_choice())
        self.start.clicked.connect(lambda: self.startRequested.emit(self.scorecard_name))
        self.finish.clicked.connect(self._finish)
        self.reopen.clicked.connect(self.reopenRequested)
        self.roles_notice.checked.connect(self.checkRequested)


def _kind_of(scorecard: Scorecard) -> str:
    count = len(scorecard.questions)
    mode = _("scored by points") if scorecard.mode == "points" else _("normalised score")
    text = ngettext("{count} question, {mode}", "{count} questions, {mode}", count)
    return text.format(count=count, mode=mode)
