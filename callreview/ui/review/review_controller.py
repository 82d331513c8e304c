"""Brings the review screen, the services and the sound together."""

from collections.abc import Callable
from getpass import getuser

from PySide6.QtCore import QObject, Qt, QTimer

from callreview.audio.peaks import Peaks
from callreview.audio.player import Player
from callreview.domain.changes import (
    CALLS,
    COMMENTS,
    EVALUATIONS,
    PROCESSING,
    SCORECARDS,
    TRANSCRIPTS,
    Changed,
)
from callreview.domain.errors import UserError
from callreview.domain.evaluation import Evidence
from callreview.domain.transcript import Role
from callreview.services import comment, evaluate, roles
from callreview.services.opened_call import OpenedCall, open_call
from callreview.services.usual_range import usual_ranges
from callreview.services.workspace import Workspace
from callreview.ui.bridge import Bridge
from callreview.ui.review.call_view import CallView
from callreview.ui.review.review_screen import ReviewScreen

FRAME_MS = 16
SHOWN = frozenset({CALLS, COMMENTS, EVALUATIONS, PROCESSING, SCORECARDS, TRANSCRIPTS})
MEASURED = frozenset({CALLS, TRANSCRIPTS})
"""What changes the usual range of talk metrics."""


class ReviewController(QObject):
    """Opens calls, plays them, and turns what the reviewer does into actions of the workspace."""

    def __init__(
        self, workspace: Workspace, bridge: Bridge, player: Player, screen: ReviewScreen
    ) -> None:
        super().__init__(screen)
        self.workspace = workspace
        self.bridge = bridge
        self.player = player
        self.screen = screen
        self.reviewer = getuser()
        self._wanted: int | None = None
        self._opened: OpenedCall | None = None
        self._reading = self._stale = self._overtaken = False
        self._usual_known = False
        self._stop_at_s: float | None = None
        self._clock = QTimer(self, interval=FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
        self._clock.timeout.connect(self._tick)
        self._connect_sound()
        self._connect_judgement()

    def open(self, call_id: int, at_s: float | None = None) -> None:
        """Show a call; with `at_s` (seconds) at that moment."""
        self._wanted = call_id
        self.bridge.run(
            lambda: self._read(call_id), lambda read: self._show(read[0], read[1], at_s)
        )

    def close_call(self) -> None:
        """Show no call."""
        if self._wanted == self.screen.call_id:
            self._wanted = None
        self._opened = None
        self.player.pause()
        self.screen.show_call(None)

    def refresh(self, changed: Changed) -> None:
        """Show what has changed about the call on the screen."""
        if changed.topics & MEASURED:
            self._usual_known = False
        if changed.topics & SHOWN:
            self._stale = True
            # A call that is being opened may have been read before the change.
            self._overtaken = self._wanted != self.screen.call_id
            self._read_again()

    def _show_usual(self) -> None:
        """Say what is usual for talk metrics; read anew only after a call was analysed."""
        if self._usual_known:
            return
        self._usual_known = True
        self.bridge.run_newest(
            "usual ranges",
            lambda: usual_ranges(self.workspace),
            self.screen.findings.show_usual,
        )

    def _read_again(self) -> None:
        """Read the call once for all changes that came while it was being read."""
        call_id = self.screen.call_id
        if call_id is None or self._reading or not self._stale:
            return
        self._reading, self._stale = True, False
        self.bridge.run(
            lambda: self._reread(call_id), lambda read: self._show_again(call_id, read), self._lost
        )

    def _reread(self, call_id: int) -> OpenedCall | None:
        """The call as it is now, None when somebody has deleted it."""
        try:
            return open_call(self.workspace, call_id)
        except UserError:
            return None

    def _lost(self, message: str) -> None:
        """The sound of the call is gone."""
        self._reading = False
        self.close_call()
        self.bridge.failed.emit(message)

    def set_reviewer(self, name: str) -> None:
        """Whose name evaluations and comments carry from now on."""
        self.reviewer = name

    def toggle_play(self) -> None:
        """Play, or pause."""
        self._stop_at_s = None
        if self.player.playing:
            self.player.pause()
        else:
            self.player.play()
        self._follow()

    def skip(self, seconds: float) -> None:
        """Jump by `seconds`, back when negative."""
        self._seek(self.player.position_s + seconds)

    def _read(self, call_id: int) -> tuple[OpenedCall, Peaks]:
        opened = open_call(self.workspace, call_id)
        return opened, Peaks.load(opened.peaks_path)

    def _show(self, opened: OpenedCall, peaks: Peaks, at_s: float | None) -> None:
        if opened.summary.id != self._wanted:
            return
        same = self.screen.call_id == self._wanted
        self._opened = opened
        self.screen.show_call(_view(opened), peaks)
        self._show_usual()
        if not same:
            self._stop_at_s = None
            self.player.load(opened.audio)
            if gains := self.screen.transport.gains():
                self.player.set_channel_gains(gains)
        self.player.set_muted_spans(opened.masked_spans)
        if at_s is not None:
            self._seek(at_s)
        self._follow()
        self._stale, self._overtaken = self._stale or self._overtaken, False
        self._read_again()

    def _show_again(self, call_id: int, opened: OpenedCall | None) -> None:
        self._reading = False
        if opened is None and call_id == self.screen.call_id:
            self.close_call()
        elif opened is not None and call_id == self.screen.call_id:
            self._opened = opened
            self.screen.show_call(_view(opened))
            self._show_usual()
            self.player.set_muted_spans(opened.masked_spans)
        self._read_again()

    # Sound ------------------------------------------------------------------------------------

    def _connect_sound(self) -> None:
        screen, transport = self.screen, self.screen.transport
        screen.seekRequested.connect(self._seek)
        screen.playFromRequested.connect(self._play_from)
        screen.playRequested.connect(self._play_range)
        transport.playPauseRequested.connect(self.toggle_play)
        transport.skipRequested.connect(self.skip)
        transport.speedChanged.connect(self.player.set_speed)
        transport.gainsChanged.connect(self.player.set_channel_gains)
        # The player may come from a window in another language.
        self.player.set_speed(transport.speed)

    def _seek(self, position_s: float) -> None:
        self._stop_at_s = None
        self.player.seek(position_s)
        self._follow()

    def _play_from(self, position_s: float) -> None:
        self._seek(position_s)
        self.player.play()
        self._follow()

    def _play_range(self, start_s: float, end_s: float) -> None:
        self._play_from(start_s)
        self._stop_at_s = end_s if end_s > start_s else None

    def player_changed(self) -> None:
        """Show what the player says of itself: playing, stopped, or what is wrong."""
        self.screen.set_problem(self.player.problem or "")
        self._follow()

    def _follow(self) -> None:
        playing = self.player.playing
        self.screen.set_playing(playing)
        self.screen.set_position(self.player.position_s)
        if playing and not self._clock.isActive():
            self._clock.start()
        elif not playing:
            self._clock.stop()

    def _tick(self) -> None:
        position_s = self.player.position_s
        if self._stop_at_s is not None and position_s >= self._stop_at_s:
            self._stop_at_s = None
            self.player.pause()
        if self.player.playing:
            self.screen.set_position(position_s)
        else:
            self._follow()

    # Judgement --------------------------------------------------------------------------------

    def _connect_judgement(self) -> None:
        card, comments = self.screen.scorecard, self.screen.comments
        card.startRequested.connect(self._start)
        card.answered.connect(
            lambda key, value: self._on_draft(
                lambda id_: evaluate.answer_question(self.workspace, id_, key, value)
            )
        )
        card.answerCleared.connect(
            lambda key: self._on_draft(lambda id_: evaluate.clear_answer(self.workspace, id_, key))
        )
        card.noteChanged.connect(
            lambda key, note: self._on_draft(
                lambda id_: evaluate.note_answer(self.workspace, id_, key, note)
            )
        )
        card.evidenceAdded.connect(self._add_evidence)
        card.evidenceRemoved.connect(self._remove_evidence)
        card.finishRequested.connect(
            lambda: self._on_draft(lambda id_: evaluate.finish_evaluation(self.workspace, id_))
        )
        card.reopenRequested.connect(
            lambda: self._on_draft(lambda id_: evaluate.reopen_evaluation(self.workspace, id_))
        )
        card.checkRequested.connect(
            lambda: self._on_draft(lambda id_: evaluate.check_evaluation(self.workspace, id_))
        )
        self.screen.roleChosen.connect(self._assign_role)
        comments.added.connect(self._add_comment)
        comments.edited.connect(self._edit_comment)
        comments.deleted.connect(
            lambda id_: self.bridge.act(lambda: comment.delete_comment(self.workspace, id_))
        )

    def _assign_role(self, speaker: str, role: Role) -> None:
        call_id = self.screen.call_id
        if call_id is not None:
            self.bridge.act(lambda: roles.assign_roles(self.workspace, call_id, {speaker: role}))

    def _start(self, scorecard: str) -> None:
        call_id = self.screen.call_id
        if call_id is not None:
            self.bridge.act(
                lambda: evaluate.start_evaluation(self.workspace, call_id, scorecard, self.reviewer)
            )

    def _on_draft(self, act: Callable[[int], None]) -> None:
        evaluation = self.screen.scorecard.evaluation
        if evaluation is not None:
            self.bridge.act(lambda: act(evaluation.id))

    def _add_evidence(self, key: str, evidence: Evidence) -> None:
        self._on_draft(lambda id_: evaluate.add_evidence(self.workspace, id_, key, evidence))

    def _remove_evidence(self, key: str, evidence: Evidence) -> None:
        self._on_draft(lambda id_: evaluate.remove_evidence(self.workspace, id_, key, evidence))

    def _add_comment(self, start_s: float, end_s: float, text: str) -> None:
        call_id = self.screen.call_id
        if call_id is not None:
            author = self.reviewer
            self.bridge.act(
                lambda: comment.add_comment(self.workspace, call_id, start_s, end_s, text, author)
            )

    def _edit_comment(self, comment_id: int, text: str) -> None:
        known = self._opened.comments if self._opened else ()
        edited = next((item for item in known if item.id == comment_id), None)
        if edited is not None:
            self.bridge.act(lambda: comment.edit_comment(self.workspace, edited, text))


def _view(opened: OpenedCall) -> CallView:
    return CallView(
        summary=opened.summary,
        metadata=opened.metadata,
        damage=opened.audio.damage,
        transcript=opened.transcript,
        sentiment=opened.sentiment,
        metrics=opened.metrics,
        comments=opened.comments,
        evaluations=opened.evaluations,
        scorecards=opened.scorecards,
        marks=opened.marks,
        findings=opened.findings,
        finding_texts=opened.finding_texts,
        curves=opened.curves,
        list_titles=opened.list_titles,
    )
