"""Editing the topics of the workspace: what customers call about, told by examples."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from callreview.config.language import _, ngettext
from callreview.domain.errors import UserError
from callreview.services.topics import SuggestedTopic, Topic, checked_topics, topic_title
from callreview.ui.review.labels import label
from callreview.ui.settings.answer_box import answer_box
from callreview.ui.settings.suggestion_box import SuggestionBox
from callreview.ui.theme.spacing import LARGE, MEDIUM, SMALL

SIZE = (860, 620)
TOPIC_ROLE = Qt.ItemDataRole.UserRole


class TopicEditor(QDialog):
    """All topics on the left, the examples of one on the right; `saved` carries all of them.

    `suggestions` asks for topics found in the calls; what was found is added, not saved yet.
    """

    saved = Signal(tuple)

    def __init__(self, topics: Sequence[Topic], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Topics"))
        self.resize(*SIZE)
        self._shown: QListWidgetItem | None = None
        self.topics = QListWidget()
        self.topics.setAccessibleName(_("Topics"))
        self.name = QLineEdit()
        self.examples = QPlainTextEdit()
        self.examples.setTabChangesFocus(True)
        self.examples.setPlaceholderText(
            _("What customers say when they call about this, one statement a line, in any language")
        )
        self.suggestions = SuggestionBox(self)
        self.suggestions.chosen.connect(self.add_suggested)
        self.problem = label("", "problem", self, wrap=True)
        self.problem.hide()
        self._lay_out()
        for topic in topics:
            self._add(topic)
        self.topics.currentItemChanged.connect(self._change)
        self.topics.setCurrentRow(0)
        self.topics.setFocus()
        self._offer_fields(self._shown is not None)

    def add_topic(self) -> None:
        """Begin a topic without examples."""
        self._add(Topic(self._free_name(_("New topic")), ()))
        self.topics.setCurrentRow(self.topics.count() - 1)
        self.name.setFocus()
        self.name.selectAll()

    def add_suggested(self, suggested: SuggestedTopic) -> None:
        """Add a topic that was found in the calls; nothing is saved yet."""
        topic = suggested.topic
        self._add(Topic(self._free_name(topic.name), topic.examples))
        self.topics.setCurrentRow(self.topics.count() - 1)

    def delete_topic(self) -> None:
        """Take the chosen topic away; nothing is lost before Save."""
        row = self.topics.currentRow()
        if row >= 0:
            self._shown = None
            self.topics.takeItem(row)
            self._change(self.topics.currentItem(), None)

    def save(self) -> None:
        """Hand over all topics if each can be used, else say what is wrong with which."""
        self._keep()
        rows = range(self.topics.count())
        try:
            topics = checked_topics([self.topics.item(row).data(TOPIC_ROLE) for row in rows])
        except UserError as error:
            self.warn(str(error))
            return
        self.saved.emit(tuple(topics))
        self.accept()

    def warn(self, message: str) -> None:
        """Say what cannot be used, or what could not be done."""
        self.problem.setText(message)
        self.problem.show()

    def _free_name(self, wanted: str) -> str:
        taken = {self.topics.item(row).data(TOPIC_ROLE).name for row in range(self.topics.count())}
        names = (wanted, *(f"{wanted} {number}" for number in range(2, len(taken) + 3)))
        return next(name for name in names if name not in taken)

    def _add(self, topic: Topic) -> None:
        item = QListWidgetItem()
        self.topics.addItem(item)
        _put(item, topic)

    def _change(self, current: QListWidgetItem | None, _previous: QListWidgetItem | None) -> None:
        self._keep()
        self._shown = current
        self._offer_fields(current is not None)
        topic: Topic = current.data(TOPIC_ROLE) if current is not None else Topic("", ())
        self.name.setText(topic_title(topic.name))
        self.examples.setPlainText("\n".join(topic.examples))

    def _offer_fields(self, offered: bool) -> None:
        for widget in (self.name, self.examples, self.delete):
            widget.setEnabled(offered)

    def _keep(self) -> None:
        """Put what stands in the fields back into the topic that is shown."""
        if self._shown is None:
            return
        old: Topic = self._shown.data(TOPIC_ROLE)
        typed = " ".join(self.name.text().split())
        # A topic that came with CallReview keeps its name in every language until it is renamed.
        name = old.name if typed in ("", topic_title(old.name)) else typed
        lines = (line.strip() for line in self.examples.toPlainText().splitlines())
        _put(self._shown, Topic(name, tuple(dict.fromkeys(line for line in lines if line))))

    def _lay_out(self) -> None:
        self.delete = _button(_("&Delete topic"), self.delete_topic)
        left = QVBoxLayout()
        left.setSpacing(SMALL)
        left.addWidget(self.topics, 2)
        left.addWidget(_button(_("&New topic"), self.add_topic))
        left.addWidget(self.delete)
        left.addSpacing(SMALL)
        left.addWidget(self.suggestions, 1)
        form = QFormLayout()
        form.setSpacing(SMALL)
        form.addRow(_("N&ame"), self.name)
        form.addRow(_("&Examples"), self.examples)
        right = QVBoxLayout()
        right.setSpacing(SMALL)
        right.addLayout(form, 1)
        right.addWidget(self.problem)
        columns = QHBoxLayout()
        columns.setSpacing(MEDIUM)
        columns.addLayout(left, 1)
        columns.addLayout(right, 2)
        text = _(
            "What a call is about is told from examples: five or more of each topic, the way "
            "customers say it. No two topics should have examples that could be in the other."
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(LARGE, LARGE, LARGE, LARGE)
        layout.setSpacing(MEDIUM)
        layout.addWidget(label(text, "muted", self, wrap=True))
        layout.addLayout(columns, 1)
        layout.addWidget(answer_box(self, _("Save"), self.save))


def _put(item: QListWidgetItem, topic: Topic) -> None:
    count = len(topic.examples)
    text = ngettext("{topic}  ·  {count} example", "{topic}  ·  {count} examples", count)
    item.setText(text.format(topic=topic_title(topic.name), count=count))
    item.setData(TOPIC_ROLE, topic)


def _button(text: str, slot: Callable[[], None]) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    button.clicked.connect(lambda _checked=False: slot())
    return button
