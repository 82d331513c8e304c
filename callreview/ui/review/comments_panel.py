"""The comments on a call and a field to add one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from callreview.config.language import _
from callreview.domain.annotation import Comment
from callreview.domain.figure_text import clock_range
from callreview.domain.talk_metrics import Interval
from callreview.ui.review.comment_row import CommentRow
from callreview.ui.review.labels import label
from callreview.ui.review.note_field import NoteField
from callreview.ui.theme.spacing import LARGE, MEDIUM, SMALL


class CommentsPanel(QWidget):
    """Comments in order of time; a new one goes to the selection, or to where the sound is.

    Signals carry seconds, text and the comment's id.
    """

    added = Signal(float, float, str)
    edited = Signal(int, str)
    deleted = Signal(int)
    playRequested = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._comments: tuple[Comment, ...] = ()
        self._rows: dict[int, CommentRow] = {}
        self._call_id = 0
        self._drafts: dict[int, tuple[str, Interval]] = {}
        self._place = Interval(0.0, 0.0)
        self._selection: Interval | None = None
        self._list = QVBoxLayout()
        self.empty = label(_("No comments yet. Write one for any moment of the call."), "muted")
        self.empty.setWordWrap(True)
        self.field = NoteField(self)
        self.field.setPlaceholderText(_("Write a comment"))
        self.field.setAccessibleName(_("New comment"))
        self.field.commits_on_leaving = False
        self.field.committed.connect(self._add)
        self.where = label("", "muted", self)
        self.add = QPushButton(_("Add comment"), self)
        self.add.setProperty("kind", "primary")
        self.add.setToolTip(_("Ctrl+Enter"))
        self.add.clicked.connect(self.field.commit)
        self._arrange()
        self._show_place()

    @property
    def rows(self) -> list[CommentRow]:
        """The comments shown, in order of time."""
        return [self._rows[comment.id] for comment in self._comments]

    def show_comments(self, comments: tuple[Comment, ...]) -> None:
        """Show these comments; those that did not change keep what is being typed in them."""
        ordered = tuple(sorted(comments, key=lambda c: (c.start_s, c.end_s, c.id)))
        kept = {c.id for c in ordered if c.id in self._rows and self._rows[c.id].comment == c}
        for number in [number for number in self._rows if number not in kept]:
            row = self._rows.pop(number)
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._comments = ordered
        for place, comment in enumerate(ordered):
            if comment.id not in kept:
                self._list.insertWidget(place, self._row(comment))
        self.empty.setVisible(not ordered)

    def set_position(self, position_s: float) -> None:
        """Say where the sound is: a comment goes there, unless its text is begun already."""
        if self._selection is None and not self.field.toPlainText():
            self._place = Interval(position_s, position_s)
            self._show_place()

    def set_selection(self, selection: Interval | None) -> None:
        """Say what is selected: a comment goes there."""
        self._selection = selection
        if selection is not None:
            self._place = selection
            self._show_place()

    def start_comment(self, start_s: float, end_s: float) -> None:
        """Let the reviewer write a comment on a stretch."""
        self._place = Interval(start_s, end_s)
        self._show_place()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_call(self, call_id: int) -> None:
        """Put what was begun for the call before aside and take out what was begun for this."""
        if self.field.toPlainText():
            self._drafts[self._call_id] = (self.field.toPlainText(), self._place)
        self._call_id = call_id
        text, self._place = self._drafts.pop(call_id, ("", Interval(0.0, 0.0)))
        self._selection = None
        self.field.setPlainText(text)
        self._show_place()

    def _add(self, text: str) -> None:
        self.field.show_text("")
        self.field.clear()
        if text:
            self.added.emit(self._place.start_s, self._place.end_s, text)

    def _row(self, comment: Comment) -> CommentRow:
        row, number = CommentRow(comment, self), comment.id
        row.playRequested.connect(self.playRequested)
        row.edited.connect(lambda text: self.edited.emit(number, text))
        row.deleteRequested.connect(lambda: self.deleted.emit(number))
        self._rows[number] = row
        return row

    def _show_place(self) -> None:
        time = clock_range(self._place.start_s, self._place.end_s)
        text = _("At {time}").format(time=time)
        if text != self.where.text():
            self.where.setText(text)

    def _arrange(self) -> None:
        sheet = QWidget()
        sheet.setObjectName("sheet")
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(SMALL, SMALL, SMALL, SMALL)
        inside.addWidget(self.empty)
        inside.addLayout(self._list)
        inside.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(sheet)
        foot = QHBoxLayout()
        foot.addWidget(self.where, 1)
        foot.addWidget(self.add)
        write = QVBoxLayout()
        write.setContentsMargins(LARGE, 0, LARGE, MEDIUM)
        write.setSpacing(SMALL)
        write.addWidget(self.field)
        write.addLayout(foot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MEDIUM)
        layout.addWidget(area, 1)
        layout.addLayout(write)
