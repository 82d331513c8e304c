"""Brings the screen of the keyword lists and the services together."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from callreview.services import keywords
from callreview.services.keyword_count import (
    CountedCalls,
    PhraseCount,
    count_hits,
    prepare_counting,
)
from callreview.services.keywords import KeywordList
from callreview.services.workspace import Workspace
from callreview.ui.bridge import Bridge
from callreview.ui.settings.keyword_editor import KeywordEditor


class KeywordController(QObject):
    """Opens the lists of the workspace, counts while they are written, and saves them."""

    def __init__(self, workspace: Workspace, bridge: Bridge, window: QWidget) -> None:
        super().__init__(window)
        self.workspace = workspace
        self.bridge = bridge
        self.window = window
        self.editor: KeywordEditor | None = None
        self._calls: CountedCalls | None = None
        self._waiting: KeywordList | None = None

    def open(self) -> None:
        """Show all lists; the library is made ready for counting meanwhile."""
        self.bridge.run(lambda: keywords.load_lists(self.workspace), self._show)

    def _show(self, lists: tuple[KeywordList, ...]) -> None:
        editor = self.editor = KeywordEditor(lists, self.window)
        editor.saved.connect(
            lambda changed: self.bridge.act(lambda: keywords.save_lists(self.workspace, changed))
        )
        editor.countWanted.connect(self._count)
        editor.finished.connect(self._closed)
        editor.open()
        self.bridge.run(lambda: prepare_counting(self.workspace), self._ready)

    def _ready(self, calls: CountedCalls) -> None:
        if self.editor is not None:
            self._calls = calls
            if self._waiting is not None:
                self._count(self._waiting)

    def _count(self, wanted: KeywordList) -> None:
        calls, self._waiting = self._calls, wanted
        if calls is not None:
            self.bridge.run_newest(
                "phrase count",
                lambda: count_hits(calls, wanted),
                lambda count: self._counted(wanted, count),
            )

    def _counted(self, counted: KeywordList, count: PhraseCount) -> None:
        if self.editor is not None:
            self.editor.show_count(counted, count)

    def _closed(self) -> None:
        if self.editor is not None:
            self.editor.deleteLater()
        self.editor = self._calls = self._waiting = None
