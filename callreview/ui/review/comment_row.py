"""One comment: when, who, what; to hear, change or delete."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from callreview.config.language import _
from callreview.domain.annotation import Comment
from callreview.domain.figure_text import clock_range
from callreview.ui.review.labels import ElidedLabel, label
from callreview.ui.review.note_field import NoteField
from callreview.ui.theme.icons import IconButton
from callreview.ui.theme.spacing import LARGE, SMALL, TIGHT


class CommentRow(QWidget):
    """A comment of a reviewer."""

    playRequested = Signal(float, float)
    edited = Signal(str)
    deleteRequested = Signal()

    def __init__(self, comment: Comment, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.comment = comment
        time = clock_range(comment.start_s, comment.end_s)
        self.time = QPushButton(time, self)
        self.time.setProperty("kind", "time")
        self.time.setAccessibleName(_("Play comment at {time}").format(time=time))
        self.time.clicked.connect(lambda: self.playRequested.emit(comment.start_s, comment.end_s))
        self.text = label(comment.text, "", self, wrap=True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.field = NoteField(self)
        self.field.setAccessibleName(_("Comment at {time}").format(time=time))
        self.field.committed.connect(self._save)
        self.field.left.connect(self._close)
        self.field.hide()
        self.edit = IconButton("edit", _("Change comment at {time}").format(time=time), self)
        self.edit.clicked.connect(self.open)
        self.delete = IconButton("delete", _("Delete comment at {time}").format(time=time), self)
        self.delete.clicked.connect(self.deleteRequested)
        self._arrange()

    def open(self) -> None:
        """Let the reviewer change the text."""
        self.field.show_text(self.comment.text)
        self.text.hide()
        self.field.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self, text: str) -> None:
        if text:
            self.edited.emit(text)
        self._close()

    def _close(self) -> None:
        self.field.hide()
        self.text.show()

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(TIGHT)
        top.addWidget(self.time)
        who = " · ".join(part for part in (self.comment.author, self._day()) if part)
        top.addWidget(ElidedLabel(who, "small", self), 1)
        top.addWidget(self.edit)
        top.addWidget(self.delete)
        body = QVBoxLayout()
        body.setContentsMargins(SMALL, 0, SMALL, 0)
        body.addWidget(self.text)
        body.addWidget(self.field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SMALL, SMALL, SMALL, LARGE - TIGHT)
        layout.setSpacing(TIGHT)
        layout.addLayout(top)
        layout.addLayout(body)

    def _day(self) -> str:
        return self.comment.created_at[:10]
