"""The review screen: sound and words of a call on the left, judgement on the right."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QSplitter, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from callreview.config.language import _
from callreview.domain.call import CallSummary
from callreview.domain.evaluation import Evaluation, Evidence
from callreview.domain.finding import Finding
from callreview.domain.talk_metrics import Interval
from callreview.services.finding_words import describe
from callreview.ui.review.call_header import CallHeader
from callreview.ui.review.call_view import CallView, PeakSource
from callreview.ui.review.comments_panel import CommentsPanel
from callreview.ui.review.comparison_view import ComparisonView
from callreview.ui.review.empty_state import EmptyState
from callreview.ui.review.finding_lines import Line, line_of
from callreview.ui.review.findings_panel import FindingsPanel
from callreview.ui.review.lanes import Lane
from callreview.ui.review.lost_marks_bar import LostMarksBar
from callreview.ui.review.metrics_panel import MetricsPanel
from callreview.ui.review.scorecard_panel import ScorecardPanel
from callreview.ui.review.transcript_view import TranscriptView
from callreview.ui.review.transport import TransportBar
from callreview.ui.review.waveform import WaveformView

NO_CALL, WITH_CALL = 0, 1
LEAST_PANEL = 356
"""Wide enough for the titles of all tabs."""
LEAD_S, TAIL_S = 1.0, 0.5
"""Seconds that are heard before and after what was found."""


class ReviewScreen(QWidget):
    """Everything about one call. Times are seconds.

    It plays and stores nothing: `seekRequested`, `playRequested` (start, end) and the signals of
    `transport`, `scorecard` and `comments` ask for it; `set_position`, `set_playing` and
    `show_call` show what came of it.
    """

    seekRequested = Signal(float)
    playFromRequested = Signal(float)
    playRequested = Signal(float, float)
    processRequested = Signal(int)
    roleChosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: CallView | None = None
        self.header = CallHeader(self)
        self.waveform = WaveformView(self)
        self.transport = TransportBar(self)
        self.transcript = TranscriptView(self)
        self.comparison = ComparisonView(self)
        self.lost_marks = LostMarksBar(self)
        self.scorecard = ScorecardPanel(self)
        self.findings = FindingsPanel(self)
        self.comments = CommentsPanel(self)
        self.facts = MetricsPanel(self)
        self.no_call = EmptyState(
            _("Choose a call on the left"),
            _("Its sound, its words and its scorecard appear here."),
            parent=self,
        )
        self.not_processed = EmptyState(
            _("Not transcribed yet"),
            _("You can listen already. Transcribing runs on this computer only."),
            _("Transcribe this call"),
            self,
        )
        self.tabs = QTabWidget(self)
        self._words = QStackedWidget(self)
        self._pages = QStackedWidget(self)
        self._arrange()
        self._connect()
        self.show_call(None)

    @property
    def call_id(self) -> int | None:
        """The id of the call shown."""
        return self._view.summary.id if self._view else None

    @property
    def calls(self) -> list[CallSummary]:
        """The call shown, as a list of one or none."""
        return [self._view.summary] if self._view else []

    @property
    def speaker_names(self) -> dict[str, str]:
        """The names of the call's speakers by their id."""
        return self._view.speaker_names if self._view else {}

    @property
    def comparing(self) -> bool:
        """Whether versions of the transcript are compared."""
        return self._words.currentWidget() is self.comparison

    def open_comparison(self) -> None:
        """Show the comparison of versions in the place of the words."""
        self._words.setCurrentWidget(self.comparison)

    def close_comparison(self) -> None:
        """Show the words again."""
        if self.comparing:
            self._words.setCurrentWidget(self.transcript)
            self.transcript.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_call(self, view: CallView | None, peaks: PeakSource | None = None) -> None:
        """Show a call, or none.

        The same call again (something about it has changed) keeps place, zoom, selection, focus
        and what is being typed; `peaks` is then only needed when they changed.
        """
        same = view is not None and self.call_id == view.summary.id
        if not same:
            self.scorecard.commit_note()
            self._words.setCurrentWidget(self.transcript)
        self._view = view
        self._pages.setCurrentIndex(NO_CALL if view is None else WITH_CALL)
        if view is None:
            return
        if same:
            self._refresh(view, peaks)
        else:
            self._open(view, peaks)
        self._show_everywhere(view)

    def set_peaks(self, peaks: PeakSource | None) -> None:
        """Draw the sound as soon as its peaks are there."""
        self.waveform.set_peaks(peaks)

    def set_position(self, position_s: float) -> None:
        """Show where the sound is."""
        self.waveform.set_position(position_s)
        self.transcript.set_position(position_s)
        self.transport.set_position(position_s)
        self.comments.set_position(position_s)

    def set_playing(self, playing: bool) -> None:
        """Show whether it plays."""
        self.transport.set_playing(playing)

    def set_problem(self, text: str) -> None:
        """Say what is wrong with the sound; "" when nothing is."""
        self.transport.set_problem(text)

    def show_evaluation(self, name: str) -> None:
        """Show the evaluation with the form of this name, or the way to start one."""
        self.scorecard.choose(name)
        self.scorecard.show_evaluation(self._evaluation(name))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on the keys that no part of the screen has used itself."""
        if self._view is None:
            super().keyPressEvent(event)
        elif event.matches(QKeySequence.StandardKey.Find) and self._view.transcript:
            self.close_comparison()
            self.transcript.open_find()
        elif not self.transport.take_key(event):
            super().keyPressEvent(event)

    def _open(self, view: CallView, peaks: PeakSource | None) -> None:
        self.scorecard.set_anchors(view.marks.anchors)
        self.waveform.show_call(view, peaks)
        self.transcript.show_call(view)
        self.transport.set_duration(view.summary.duration_s)
        self.transport.set_lanes(self.waveform.lanes)
        self.comments.open_call(view.summary.id)
        self._select(None)
        self.scorecard.set_scorecards(view.scorecards)
        newest = view.evaluations[0].scorecard.name if view.evaluations else ""
        self.show_evaluation(newest or self.scorecard.scorecard_name)

    def _refresh(self, view: CallView, peaks: PeakSource | None) -> None:
        if peaks is not None:
            self.waveform.set_peaks(peaks)
        lanes = self.waveform.lanes
        self.waveform.refresh(view)
        if _heads(self.waveform.lanes) != _heads(lanes):
            self.transport.set_lanes(self.waveform.lanes)
        self.transcript.refresh(view)
        self.scorecard.set_anchors(view.marks.anchors)
        self.scorecard.set_scorecards(view.scorecards)
        self.scorecard.show_evaluation(self._evaluation(self.scorecard.scorecard_name))

    def _show_everywhere(self, view: CallView) -> None:
        self.header.show_call(view)
        self.comments.show_comments(view.comments)
        self.facts.show_call(view)
        self.findings.show_call(view)
        found = f" {self.findings.count}" if self.findings.count else ""
        self.tabs.setTabText(self.tabs.indexOf(self.findings), _("Findings") + found)
        count = f" {len(view.comments)}" if view.comments else ""
        self.tabs.setTabText(self.tabs.indexOf(self.comments), _("Comments") + count)
        busy = view.summary.status == "processing"
        self.not_processed.button.setEnabled(not busy)
        self.lost_marks.show_marks(view.marks.lost)
        if not self.comparing or view.transcript is None:
            self._words.setCurrentWidget(
                self.not_processed if view.transcript is None else self.transcript
            )

    def _evaluation(self, name: str) -> Evaluation | None:
        evaluations = self._view.evaluations if self._view else ()
        return next((e for e in evaluations if e.scorecard.name == name), None)

    # Selections are one: what is selected in the words is selected in the waveform too ---------

    def _select(self, selection: Evidence | None) -> None:
        self.scorecard.set_selection(selection)
        if selection is None:
            self.comments.set_selection(None)
        else:
            self.comments.set_selection(Interval(selection.start_s, selection.end_s))

    def _words_selected(self, start_s: float, end_s: float, quote: str) -> None:
        self.waveform.select(start_s, end_s)
        self._select(Evidence(start_s, end_s, quote))

    def _range_selected(self, start_s: float, end_s: float) -> None:
        self.transcript.clear_selection()
        self._select(Evidence(start_s, end_s, self.transcript.quote(start_s, end_s)))

    def _selection_cleared(self) -> None:
        self.waveform.clear_selection()
        self.transcript.clear_selection()
        self._select(None)

    def _use_as_evidence(self, evidence: Evidence) -> None:
        self.tabs.setCurrentWidget(self.scorecard)
        self.scorecard.add_evidence(evidence)

    def _comment_on(self, start_s: float, end_s: float) -> None:
        self.tabs.setCurrentWidget(self.comments)
        self.comments.start_comment(start_s, end_s)

    def open_findings(self) -> None:
        """Show the findings and give them the keyboard."""
        self.tabs.setCurrentWidget(self.findings)
        self.findings.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _line_chosen(self, line: Line) -> None:
        """Show the words of a line as selected, and play them from a little before."""
        self.waveform.select(line.start_s, line.end_s)
        if line.turn is None:
            self.transcript.clear_selection()
        else:
            self.transcript.show_words(line.turn, line.first_word, line.last_word)
        quote = self.transcript.quote(line.start_s, line.end_s)
        self._select(Evidence(line.start_s, line.end_s, quote))
        self.playRequested.emit(max(line.start_s - LEAD_S, 0.0), line.end_s + TAIL_S)

    def _moment_chosen(self, moment: Finding) -> None:
        line = line_of(moment, describe(moment))
        self.tabs.setCurrentWidget(self.findings)
        self.findings.choose(line)
        self._line_chosen(line)

    # Putting it together ----------------------------------------------------------------------

    def _arrange(self) -> None:
        self._words.addWidget(self.transcript)
        self._words.addWidget(self.not_processed)
        self._words.addWidget(self.comparison)
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.scorecard, _("Scorecard"))
        self.tabs.addTab(self.findings, _("Findings"))
        self.tabs.addTab(self.comments, _("Comments"))
        self.tabs.addTab(self.facts, _("Call facts"))
        self._pages.addWidget(self.no_call)
        self._pages.addWidget(self._call_page())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)

    def _call_page(self) -> QWidget:
        sound = QSplitter(Qt.Orientation.Vertical)
        sound.addWidget(_stacked(self.waveform, self.transport))
        sound.addWidget(self._words)
        sound.setSizes([310, 430])
        sound.setStretchFactor(1, 1)
        sides = QSplitter(Qt.Orientation.Horizontal)
        sides.addWidget(_stacked(self.header, _stacked(self.lost_marks, sound)))
        sides.addWidget(self.tabs)
        sides.setSizes([760, 400])
        sides.setStretchFactor(0, 1)
        for splitter in (sound, sides):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(1)
        self.tabs.setMinimumWidth(LEAST_PANEL)
        return sides

    def _connect(self) -> None:
        self.waveform.seekRequested.connect(self.seekRequested)
        self.waveform.rangeSelected.connect(self._range_selected)
        self.waveform.selectionCleared.connect(self._selection_cleared)
        self.waveform.momentChosen.connect(self._moment_chosen)
        self.findings.chosen.connect(self._line_chosen)
        words = self.transcript
        words.wordClicked.connect(self.playFromRequested)
        words.turnClicked.connect(self.playFromRequested)
        words.rangeSelected.connect(self._words_selected)
        words.selectionCleared.connect(self._selection_cleared)
        words.evidenceRequested.connect(self._use_as_evidence)
        words.commentRequested.connect(self._comment_on)
        words.roleChosen.connect(self.roleChosen)
        self.comparison.closed.connect(self.close_comparison)
        for panel in (
            *(self.scorecard, self.comments, self.facts),
            *(self.lost_marks, self.comparison),
        ):
            panel.playRequested.connect(self.playRequested)
        self.scorecard.scorecardChosen.connect(self.show_evaluation)
        self.not_processed.requested.connect(self._process)

    def _process(self) -> None:
        if self._view is not None:
            self.processRequested.emit(self._view.summary.id)


def _heads(lanes: tuple[Lane, ...]) -> list[tuple[str, int]]:
    return [(lane.name, lane.channel) for lane in lanes]


_AS_TALL_AS_NEEDED = (CallHeader, LostMarksBar)


def _stacked(first: QWidget, second: QWidget) -> QWidget:
    both = QWidget()
    layout = QVBoxLayout(both)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    small = isinstance(first, _AS_TALL_AS_NEEDED)
    layout.addWidget(first, 0 if small else 1)
    layout.addWidget(second, 1 if small else 0)
    return both
