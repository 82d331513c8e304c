"""The possible answers of a question as buttons, of which one can be chosen."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QPushButton, QWidget

from callreview.config.language import _, current_language
from callreview.domain.evaluation import Answer
from callreview.domain.scorecard import Question, wording_in
from callreview.ui.review.flow_layout import FlowLayout
from callreview.ui.review.wording import button_text

NOT_APPLICABLE = 99


class AnswerButtons(QWidget):
    """One button for each option and one for "not applicable".

    `chosen` gives the value, None for "not applicable".
    """

    chosen = Signal(object)

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question = question
        self._group = QButtonGroup(self)
        layout = FlowLayout(self)
        for number, option in enumerate(question.options):
            text = wording_in(option.label, current_language())
            layout.addWidget(self._button(number, text, str(number + 1)))
        if question.allows_na:
            layout.addWidget(self._button(NOT_APPLICABLE, _("N/A"), _("0 or N")))
        self._group.idClicked.connect(self._announce)

    @property
    def buttons(self) -> list[QAbstractButton]:
        """The buttons of all answers in their order."""
        return self._group.buttons()

    def show_answer(self, answer: Answer | None, *, editable: bool) -> None:
        """Show what is answered, without telling anyone."""
        wanted = self._number_of(answer) if answer is not None and answer.answered else None
        self._group.setExclusive(False)
        for button in self._group.buttons():
            button.setChecked(self._group.id(button) == wanted)
            button.setEnabled(editable)
        self._group.setExclusive(True)

    def choose(self, number: int) -> bool:
        """Choose an answer by its number (from 0); tell whether there is one."""
        button = self._group.button(number)
        if button is None or not button.isEnabled():
            return False
        button.setChecked(True)
        self._announce(number)
        return True

    def _number_of(self, answer: Answer) -> int | None:
        if answer.value is None:
            return NOT_APPLICABLE
        values = [option.value for option in self._question.options]
        return values.index(answer.value) if answer.value in values else None

    def _announce(self, number: int) -> None:
        value = None if number == NOT_APPLICABLE else self._question.options[number].value
        self.chosen.emit(value)

    def _button(self, number: int, text: str, keys: str) -> QPushButton:
        button = QPushButton(button_text(text), self)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(text)
        button.setToolTip(_("Key {keys}").format(keys=keys))
        self._group.addButton(button, number)
        return button
