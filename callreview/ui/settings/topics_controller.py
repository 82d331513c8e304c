"""Brings the screen of topics, the services and the search for further topics together."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from callreview.config.language import _
from callreview.domain.topic import SuggestedTopic, Topic
from callreview.services.progress import Progress
from callreview.services.topics import discover_topics, load_topics, save_topics
from callreview.services.workspace import Workspace
from callreview.ui.bridge import Bridge, Job
from callreview.ui.settings.topic_editor import TopicEditor
from callreview.ui.window.notice_bar import NoticeBar


class TopicsController(QObject):
    """Opens the topics of the workspace and saves them as one action to undo.

    Calls are not analysed again by themselves: that masks personal data by the rules of now, too,
    which cannot be undone.
    """

    def __init__(
        self, workspace: Workspace, bridge: Bridge, notices: NoticeBar, window: QWidget
    ) -> None:
        super().__init__(window)
        self.workspace = workspace
        self.bridge = bridge
        self.notices = notices
        self.window = window
        self.editor: TopicEditor | None = None

    def open(self) -> None:
        """Show the topics."""
        self.bridge.run(lambda: load_topics(self.workspace), self._show)

    def _show(self, topics: tuple[Topic, ...]) -> None:
        editor = self.editor = TopicEditor(topics, self.window)
        editor.saved.connect(self._save)
        editor.suggestions.requested.connect(self._search)
        editor.finished.connect(self._closed)
        editor.open()

    def _save(self, topics: tuple[Topic, ...]) -> None:
        text = _(
            "The topics count for calls that are processed from now on. "
            "“Analyse all calls again” in the menu Call finds them in the others, too."
        )
        self.bridge.act(
            lambda: save_topics(self.workspace, topics), lambda _saved: self.notices.say(text)
        )

    def _search(self) -> None:
        """Look for topics beside the window; the search ends when the dialog is closed."""
        editor = self.editor
        if editor is None:
            return
        job = self.bridge.start(
            "topics",
            _("Looking for topics in all calls…"),
            lambda job: discover_topics(self.workspace, _reporting(job), job.is_cancelled),
            lambda found: self._found(editor, job, found),
            lambda message: self._failed(editor, message),
        )
        editor.suggestions.watch(job)

    def _found(self, editor: TopicEditor, job: Job, found: tuple[SuggestedTopic, ...]) -> None:
        if editor is self.editor:
            editor.suggestions.show_suggestions(None if job.is_cancelled() else found)

    def _failed(self, editor: TopicEditor, message: str) -> None:
        if editor is self.editor:
            editor.warn(message)

    def _closed(self) -> None:
        if self.editor is not None:
            self.editor.suggestions.stop()
            self.editor.deleteLater()
            self.editor = None


def _reporting(job: Job) -> Callable[[Progress], None]:
    def report(progress: Progress) -> None:
        job.progressed.emit(progress.name, progress.item / max(progress.total, 1))

    return report
