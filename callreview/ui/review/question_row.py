"""One question of a scorecard: its answers, note and evidence."""

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from callreview.config.language import _, current_language
from callreview.domain.anchors import Anchor
from callreview.domain.evaluation import Answer, Evidence
from callreview.domain.scorecard import Question, wording_in
from callreview.ui.review.answer_buttons import NOT_APPLICABLE, AnswerButtons
from callreview.ui.review.evidence_chip import EvidenceChip
from callreview.ui.review.flow_layout import FlowLayout
from callreview.ui.review.labels import label
from callreview.ui.review.note_field import NoteField
from callreview.ui.theme.icons import IconButton
from callreview.ui.theme.spacing import SMALL, TIGHT

Places = Mapping[Evidence, Anchor | None]
"""Where evidence stands in the transcript of now; None: its words are not there any more."""


class QuestionRow(QFrame):
    """A question that can be answered without the mouse.

    Keys: 1 to 9 choose an answer, 0 or N "not applicable", Delete clears, E adds the selection as
    evidence, M opens the note, Up and Down go to the neighbours.
    """

    answered = Signal(object)
    cleared = Signal()
    noteChanged = Signal(str)
    evidenceWanted = Signal()
    evidenceRemoved = Signal(object)
    playRequested = Signal(float, float)
    moveRequested = Signal(int)

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.question = question
        self._evidence: tuple[Evidence, ...] = ()
        self._anchors: list[Anchor | None] = []
        self._editable = True
        self.setObjectName("question")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.text = wording_in(question.text, current_language())
        self.help_text = label(
            wording_in(question.help, current_language()), "small", self, wrap=True
        )
        self.help_text.hide()
        self.answers = AnswerButtons(question, self)
        self.note = NoteField(self)
        self.note.setPlaceholderText(_("Note"))
        self.note.setAccessibleName(_("Note on: {question}").format(question=self.text))
        self.clear = IconButton("clear", _("Clear the answer"), self, keys=_("Delete"))
        self.add_evidence = _quiet(_("Add evidence"), _("Key E"), self)
        self.add_note = _quiet(_("Add note"), _("Key M"), self)
        self._chips = QVBoxLayout()
        self.setAccessibleName(self.text)
        self._arrange()
        self._connect()
        self.show_answer(None, editable=True)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The evidence shown."""
        return self._evidence

    def show_answer(
        self, answer: Answer | None, *, editable: bool, anchors: Places = MappingProxyType({})
    ) -> None:
        """Show the answer, note and evidence; focus and what is being typed stay.

        `anchors` say where evidence stands in the transcript, None where it does not any more.
        """
        was_editable, self._editable = self._editable, editable
        self.answers.show_answer(answer, editable=editable)
        self.clear.setVisible(editable and answer is not None and answer.answered)
        self.note.show_text(answer.note if answer else "")
        self.note.setReadOnly(not editable)
        self._show_note(bool(self.note.toPlainText()) or self.note.hasFocus())
        evidence = answer.evidence if answer else ()
        now = [anchors.get(piece, _as_marked(piece)) for piece in evidence]
        again = was_editable != editable or now != self._anchors
        self._anchors = now
        self._show_evidence(evidence, again)
        self.add_evidence.setVisible(editable)
        self.setAccessibleDescription(self._describe(answer))

    def set_current(self, current: bool) -> None:
        """Show that evidence goes to this question."""
        self.setProperty("current", current)
        self.style().unpolish(self)
        self.style().polish(self)

    def open_note(self) -> None:
        """Let the reviewer write a note."""
        if self._editable:
            self._show_note(True)
            self.note.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer by keyboard; leave every other key to the screen."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or not self._take(event.key()):
            event.ignore()

    def _take(self, key: int) -> bool:
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moveRequested.emit(1 if key == Qt.Key.Key_Down else -1)
            return True
        if not self._editable:
            return False
        if Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            return self.answers.choose(key - Qt.Key.Key_1)
        if key in (Qt.Key.Key_0, Qt.Key.Key_N):
            return self.answers.choose(NOT_APPLICABLE)
        return self._take_action(key)

    def _take_action(self, key: int) -> bool:
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.cleared.emit()
        elif key == Qt.Key.Key_E:
            self.evidenceWanted.emit()
        elif key == Qt.Key.Key_M:
            self.open_note()
        else:
            return False
        return True

    def _show_note(self, shown: bool) -> None:
        self.note.setVisible(shown)
        self.add_note.setVisible(self._editable and not shown)

    def _show_evidence(self, evidence: tuple[Evidence, ...], again: bool) -> None:
        if evidence == self._evidence and not again:
            return
        focused = any(chip.isAncestorOf(self.focusWidget() or self) for chip in self._all_chips())
        for chip in self._all_chips():
            self._chips.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._evidence = evidence
        for piece, anchor in zip(evidence, self._anchors, strict=True):
            chip = EvidenceChip(piece, anchor, self, removable=self._editable)
            chip.playRequested.connect(self.playRequested)
            chip.removeRequested.connect(self.evidenceRemoved)
            self._chips.addWidget(chip)
        if focused:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _all_chips(self) -> list[EvidenceChip]:
        items = [self._chips.itemAt(number) for number in range(self._chips.count())]
        widgets = [item.widget() for item in items if item is not None]
        return [widget for widget in widgets if isinstance(widget, EvidenceChip)]

    def _describe(self, answer: Answer | None) -> str:
        if answer is None or not answer.answered:
            return _("Not answered")
        if answer.value is None:
            return _("N/A")
        for option in self.question.options:
            if option.value == answer.value:
                return wording_in(option.label, current_language())
        return f"{answer.value:g}"

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SMALL, SMALL, SMALL, SMALL)
        layout.setSpacing(SMALL - 2)
        top = QHBoxLayout()
        top.addWidget(label(self.text, "", self, wrap=True), 1)
        if self.help_text.text():
            top.addWidget(self._help_button(), 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(top)
        layout.addWidget(self.help_text)
        badges = [label(text, "badge", self) for text in _badges(self.question)]
        if badges:
            flow = FlowLayout()
            for badge in badges:
                flow.addWidget(badge)
            layout.addLayout(flow)
        layout.addWidget(self.answers)
        self._chips.setSpacing(0)
        layout.addLayout(self._chips)
        layout.addWidget(self.note)
        actions = QHBoxLayout()
        actions.setSpacing(TIGHT)
        actions.addWidget(self.add_evidence)
        actions.addWidget(self.add_note)
        actions.addStretch(1)
        actions.addWidget(self.clear)
        layout.addLayout(actions)

    def _help_button(self) -> IconButton:
        button = IconButton("help", _("How to answer"), self)
        button.setCheckable(True)
        button.toggled.connect(self.help_text.setVisible)
        return button

    def _connect(self) -> None:
        self.answers.chosen.connect(self.answered)
        self.clear.clicked.connect(self.cleared)
        self.note.committed.connect(self.noteChanged)
        self.add_evidence.clicked.connect(self.evidenceWanted)
        self.add_note.clicked.connect(self.open_note)


def _as_marked(piece: Evidence) -> Anchor:
    """A place that nobody has looked for yet, as for evidence that was just added."""
    return Anchor(piece.start_s, piece.end_s, None, piece.quote)


def _badges(question: Question) -> list[str]:
    badges = []
    if question.auto_fail == "form":
        badges.append(_("Fails the form"))
    elif question.auto_fail == "section":
        badges.append(_("Fails the section"))
    if question.critical:
        badges.append(_("Critical"))
    if question.bonus:
        badges.append(_("Bonus"))
    return badges


def _quiet(text: str, tip: str, parent: QWidget) -> QPushButton:
    button = QPushButton(text, parent)
    button.setProperty("kind", "quiet")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setToolTip(tip)
    return button
