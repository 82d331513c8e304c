"""The main window: the library on the left, the call on the right."""

from PySide6.QtCore import QByteArray, QSettings, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QInputDialog,
    QMainWindow,
    QMessageBox,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from callreview import __version__
from callreview.audio.player import Player
from callreview.config.language import _, current_language
from callreview.domain.changes import HISTORY, KEYWORD_LISTS, SETTINGS, Changed
from callreview.services import history, keywords, roles
from callreview.services.agent_channel import agent_channel, set_agent_channel
from callreview.services.workspace import Workspace
from callreview.ui.bridge import Bridge, Job
from callreview.ui.library.library_controller import LibraryController
from callreview.ui.library.library_panel import LibraryPanel
from callreview.ui.review.comparison_controller import ComparisonController
from callreview.ui.review.review_controller import ReviewController
from callreview.ui.review.review_screen import ReviewScreen
from callreview.ui.settings.glossary_controller import GlossaryController
from callreview.ui.settings.keyword_controller import KeywordController
from callreview.ui.settings.models_controller import ModelsController
from callreview.ui.settings.personal_data_controller import PersonalDataController
from callreview.ui.settings.sentiment_dialog import SentimentController
from callreview.ui.settings.thresholds_dialog import ThresholdsController
from callreview.ui.settings.topics_controller import TopicsController
from callreview.ui.theme.theme import Scheme, Theme
from callreview.ui.window import files
from callreview.ui.window.analysing_again import AnalysingAgain
from callreview.ui.window.handing_out import HandingOut
from callreview.ui.window.job_bar import JobBar
from callreview.ui.window.keys import keys_text
from callreview.ui.window.menus import Commands, Menus
from callreview.ui.window.notice_bar import NoticeBar
from callreview.ui.window.transcribing_again import TranscribingAgain

SIZE = (1680, 940)
LIBRARY_WIDTH = 640


class MainWindow(QMainWindow):
    """Puts the panels side by side and gives the commands of the menus to who does them."""

    languageChosen = Signal(str)

    def __init__(
        self, workspace: Workspace, player: Player, theme: Theme, settings: QSettings
    ) -> None:
        super().__init__()
        self.workspace = workspace
        self.player = player
        self.theme = theme
        self.settings = settings
        self.bridge = Bridge(self)
        self.library = LibraryPanel()
        self.review = ReviewScreen()
        self.notices = NoticeBar()
        self.jobs = JobBar()
        self.calls = LibraryController(
            workspace, self.bridge, self.library, self.jobs, self.notices
        )
        self.reviewing = ReviewController(workspace, self.bridge, player, self.review)
        self.comparing = ComparisonController(workspace, self.bridge, self.review)
        self.glossary = GlossaryController(workspace, self.bridge, self)
        self.keyword_lists = KeywordController(workspace, self.bridge, self)
        self.thresholds = ThresholdsController(workspace, self.bridge, self.jobs, self)
        self.topics = TopicsController(workspace, self.bridge, self.notices, self)
        self.personal_data = PersonalDataController(
            workspace, self.bridge, self.jobs, self.notices, self
        )
        self.again = TranscribingAgain(self.bridge, self.calls, self)
        self.analysing = AnalysingAgain(workspace, self.bridge, self.calls, self.notices, self)
        self.handing_out = HandingOut(workspace, self.bridge, self.jobs, self.notices, self)
        self.models = ModelsController(self.bridge, self.jobs, self.notices, self)
        self.sentiment = SentimentController(self.bridge, self)
        self.menus = Menus(self, self._commands(), (theme.scheme, current_language()))
        self._offer_actions()
        self._lay_out()
        self._connect()
        self._restore()
        self.calls.refresh()
        self._show_history()
        self._show_agent_channel()
        self._find_phrases()
        self.thresholds.recount()
        self.personal_data.offer_check()

    def _offer_actions(self) -> None:
        """Offer commands of the menus where the calls and the words are, too."""
        menus, table = self.menus, self.library.table
        table.addActions([menus.process, menus.again, menus.delete])
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.review.transcript.turns.addActions([menus.again, menus.compare])

    def _lay_out(self) -> None:
        self.setWindowTitle(f"CallReview – {self.workspace.folder.name}")
        self.setAcceptDrops(True)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(self.library)
        self.splitter.addWidget(self.review)
        self.splitter.setSizes([LIBRARY_WIDTH, SIZE[0] - LIBRARY_WIDTH])
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        centre = QWidget()
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.notices)
        layout.addWidget(self.splitter, 1)
        layout.addWidget(self.jobs)
        self.setCentralWidget(centre)

    def _connect(self) -> None:
        self.bridge.failed.connect(self.notices.warn)
        self.library.callChosen.connect(self.reviewing.open)
        self.library.placeChosen.connect(self.reviewing.open)
        self.library.importRequested.connect(
            lambda: self.calls.import_calls(files.ask_recordings(self))
        )
        self.review.processRequested.connect(lambda call_id: self.calls.process([str(call_id)]))
        self.player.on_state = lambda: self.bridge.post(self.reviewing.player_changed)
        self.reviewing.player_changed()
        self._unsubscribe = self.workspace.subscribe(
            lambda changed: self.bridge.post(lambda: self._note(changed))
        )

    def _note(self, changed: Changed) -> None:
        """Show a change of the workspace wherever it shows."""
        self.calls.note(changed)
        self.reviewing.refresh(changed)
        self.comparing.refresh(changed)
        if HISTORY in changed.topics:
            self._show_history()
        if SETTINGS in changed.topics:
            self._show_agent_channel()
            self.thresholds.recount()
        if KEYWORD_LISTS in changed.topics:
            self.jobs.watch(self._find_phrases())

    def _find_phrases(self) -> Job:
        """Find the phrases of changed keyword lists; one that was interrupted is done again."""
        return self.bridge.start(
            "phrases",
            _("Finding phrases in all calls…"),
            lambda job: keywords.refresh_hits(self.workspace, job.is_cancelled),
            lambda _none: None,
        )

    def _show_history(self) -> None:
        self.bridge.run_newest(
            "history",
            lambda: (self.workspace.undo_label(), self.workspace.redo_label()),
            lambda labels: self.menus.set_history(*labels),
        )

    def _show_agent_channel(self) -> None:
        self.bridge.run_newest(
            "agent channel",
            lambda: agent_channel(self.workspace),
            self.menus.set_agent_channel,
        )

    def _commands(self) -> Commands:
        calls, out = self.calls, self.handing_out
        return Commands(
            import_recordings=lambda: calls.import_calls(files.ask_recordings(self)),
            import_folder=lambda: calls.import_calls(files.ask_folder(self)),
            import_manifest=lambda: calls.import_calls(files.ask_manifest(self)),
            import_pair=lambda: calls.import_calls(files.ask_pair(self)),
            export_calls=out.export_calls,
            export_transcript=lambda: out.export_transcript(self.review.call_id),
            coaching_report=self._report,
            backup=out.backup,
            verify=out.verify,
            undo=lambda: self.bridge.act(lambda: history.undo(self.workspace)),
            redo=lambda: self.bridge.act(lambda: history.redo(self.workspace)),
            find_call=self._find_call,
            filter_calls=calls.offer_filters,
            show_findings=self.review.open_findings,
            choose_columns=self.library.table.choose_columns,
            process_selected=self._process_selected,
            process_all=lambda: calls.process(None),
            process_again=self._process_again,
            analyse_again=self.analysing.ask,
            compare_versions=self._compare_versions,
            swap_roles=self._swap_roles,
            set_agent_channel=lambda channel: self.bridge.act(
                lambda: set_agent_channel(self.workspace, channel)
            ),
            delete_calls=calls.delete_selected,
            keyword_lists=self.keyword_lists.open,
            thresholds=self.thresholds.open,
            topics=self.topics.open,
            personal_data=self.personal_data.open,
            glossary=self.glossary.open,
            speech_models=self.models.open,
            sentiment_model=self.sentiment.open,
            set_reviewer=self._ask_reviewer,
            set_scheme=self._set_scheme,
            set_language=self.languageChosen.emit,
            show_keys=self._show_keys,
            about=self._about,
        )

    def _find_call(self) -> None:
        self.library.search.setFocus()
        self.library.search.selectAll()

    def _process_selected(self) -> None:
        chosen = [str(call.id) for call in self.library.selected_calls]
        if chosen:
            self.calls.process(chosen)
        else:
            self.notices.warn(_("Select calls in the list first."))

    def _process_again(self) -> None:
        """The calls selected in the list, else the one on the screen."""
        chosen = self.library.selected_calls or self.review.calls
        if chosen:
            self.again.ask(chosen)
        else:
            self.notices.warn(_("Select calls in the list first."))

    def _compare_versions(self) -> None:
        if self.review.call_id is None:
            self.notices.warn(_("Open a call first."))
        else:
            self.comparing.open()

    def _swap_roles(self) -> None:
        call_id = self.review.call_id
        if call_id is None:
            self.notices.warn(_("Open a call first."))
        else:
            self.bridge.act(lambda: roles.swap_roles(self.workspace, call_id))

    def _report(self) -> None:
        chosen = self.library.selected_calls
        self.handing_out.coaching_report(chosen[0].agent if chosen else "")

    def _ask_reviewer(self) -> None:
        name, given = QInputDialog.getText(
            self,
            _("Reviewer"),
            _("Your name, as it stands in evaluations and comments"),
            text=self.reviewing.reviewer,
        )
        if given and name.strip():
            self.reviewing.set_reviewer(name.strip())
            self.settings.setValue("reviewer", name.strip())

    def _set_scheme(self, scheme: str) -> None:
        known: dict[str, Scheme] = {"system": "system", "light": "light", "dark": "dark"}
        self.theme.set_scheme(known[scheme])
        self.settings.setValue("scheme", scheme)

    def _show_keys(self) -> None:
        QMessageBox.information(self, _("Keys"), keys_text())

    def _about(self) -> None:
        QMessageBox.about(
            self,
            _("About CallReview"),
            _("CallReview {version}\nEverything stays on this computer.").format(
                version=__version__
            ),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give the player its keys from the call list too."""
        self.review.keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take recordings, folders and manifests."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import what was dropped."""
        event.acceptProposedAction()
        self.calls.import_calls(files.dropped(event.mimeData()))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Finish what the user did, stop what runs, remember the window's shape."""
        focused = QApplication.focusWidget()
        if focused is not None:
            # A note that is being typed is saved when its field is left.
            focused.clearFocus()
        self.settings.setValue("geometry", self.saveGeometry())
        self.settings.setValue("library", self.splitter.saveState())
        self.library.table.remember_columns(self.settings)
        self.player.on_state = None
        self.player.pause()
        self._unsubscribe()
        self.bridge.close()
        super().closeEvent(event)

    def _restore(self) -> None:
        self.resize(QSize(*SIZE).boundedTo(self.screen().availableSize()))
        geometry = self.settings.value("geometry")
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        library = self.settings.value("library")
        if isinstance(library, QByteArray):
            self.splitter.restoreState(library)
        self.library.table.restore_columns(self.settings)
        reviewer = self.settings.value("reviewer")
        if isinstance(reviewer, str) and reviewer:
            self.reviewing.set_reviewer(reviewer)
