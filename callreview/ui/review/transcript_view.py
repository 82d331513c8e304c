"""The transcript with its find bar and the way back to the sound."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from callreview.config.language import _
from callreview.domain.evaluation import Evidence
from callreview.domain.transcript import Turn
from callreview.ui.review.call_view import CallView
from callreview.ui.review.find_bar import FindBar
from callreview.ui.review.spoken_index import Spoken
from callreview.ui.review.transcript_list import TranscriptList
from callreview.ui.theme.spacing import LARGE


class TranscriptView(QWidget):
    """What is said in a call. Times are seconds.

    `wordClicked` and `turnClicked` ask to hear a place; `rangeSelected` gives start, end and the
    words; `evidenceRequested` gives an `Evidence`; `commentRequested` a start and an end;
    `roleChosen` the id of a speaker and the role that it has.
    """

    wordClicked = Signal(float)
    turnClicked = Signal(float)
    rangeSelected = Signal(float, float, str)
    selectionCleared = Signal()
    commentRequested = Signal(float, float)
    evidenceRequested = Signal(object)
    roleChosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: list[tuple[int, int, int]] = []
        self._current = 0
        self.turns = TranscriptList(self)
        self.find_bar = FindBar(self)
        self.find_bar.hide()
        self.back_button = QPushButton(_("Back to the sound"), self.turns)
        self.back_button.setProperty("kind", "primary")
        self.back_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.back_button.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.find_bar)
        layout.addWidget(self.turns, 1)
        self.setFocusProxy(self.turns)
        self._connect()

    def show_call(self, view: CallView) -> None:
        """Show a call's turns from the start."""
        self.turns.transcript_model.list_titles = view.list_titles
        self.turns.show_turns(_turns_of(view), view.speaker_names, view.estimated)
        self._find_again()

    def refresh(self, view: CallView) -> None:
        """Show changed turns or names of the same call; the reader's place stays."""
        self.turns.transcript_model.list_titles = view.list_titles
        if self.turns.replace_turns(_turns_of(view), view.speaker_names, view.estimated):
            self._find_again()

    def _find_again(self) -> None:
        if self.find_bar.isVisible():
            self._find(self.find_bar.text)

    def set_position(self, seconds: float) -> None:
        """Follow the sound."""
        self.turns.set_position(seconds)

    def selection(self) -> Evidence | None:
        """The selected words and when they are said."""
        return self.turns.selection()

    def clear_selection(self) -> None:
        """Select nothing."""
        self.turns.clear_selection()

    def show_words(self, row: int, first: int | None, last: int | None) -> None:
        """Select words of a turn, all of them without `first` and `last`, and bring it into view.

        Nobody is told. The list follows the sound again, which is expected to go there.
        """
        turns, model = self.turns, self.turns.transcript_model
        if not 0 <= row < len(model.turns):
            return
        turns.follow_sound()
        turns.setCurrentIndex(model.index(row))
        turns.scrollTo(model.index(row))
        end = len(model.turns[row].words) - 1
        if end >= 0:
            start = min(first or 0, end)
            turns.select_words(
                Spoken(row, start), Spoken(row, end if last is None else min(last, end))
            )

    def open_find(self) -> None:
        """Open the find bar."""
        self.find_bar.open()

    def quote(self, start_s: float, end_s: float) -> str:
        """The words said between two times, by whoever said them."""
        return self.turns.transcript_model.quote(start_s, end_s)

    def _connect(self) -> None:
        turns = self.turns
        turns.wordClicked.connect(self.wordClicked)
        turns.turnClicked.connect(self.turnClicked)
        turns.rangeSelected.connect(self.rangeSelected)
        turns.selectionCleared.connect(self.selectionCleared)
        turns.commentRequested.connect(self.commentRequested)
        turns.evidenceRequested.connect(self.evidenceRequested)
        turns.roleChosen.connect(self.roleChosen)
        turns.followChanged.connect(lambda _following: self._place_back_button())
        turns.viewport().installEventFilter(self)
        self.back_button.clicked.connect(turns.follow_sound)
        self.find_bar.textChanged.connect(self._find)
        self.find_bar.stepRequested.connect(self._step)
        self.find_bar.closed.connect(self._close_find)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.open_find)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the button at its place when the list is resized."""
        if event.type() == QEvent.Type.Resize:
            self._place_back_button()
        return super().eventFilter(watched, event)

    def _place_back_button(self) -> None:
        self.back_button.setVisible(not self.turns.following and self.turns.spoken.row >= 0)
        self.back_button.adjustSize()
        area = self.turns.viewport()
        self.back_button.move(
            (area.width() - self.back_button.width()) // 2,
            area.height() - self.back_button.height() - LARGE,
        )

    def _find(self, text: str) -> None:
        self._found = self.turns.transcript_model.find(text)
        self._current = 0
        self._show_found()

    def _step(self, by: int) -> None:
        if self._found:
            self._current = (self._current + by) % len(self._found)
            self._show_found()

    def _show_found(self) -> None:
        current = self._found[self._current] if self._found else None
        self.turns.show_found(self._found, current)
        self.find_bar.show_count(self._current + 1, len(self._found))

    def _close_find(self) -> None:
        self.turns.show_found([], None)
        self.turns.setFocus(Qt.FocusReason.OtherFocusReason)


def _turns_of(view: CallView) -> tuple[Turn, ...]:
    return view.transcript.turns if view.transcript else ()
