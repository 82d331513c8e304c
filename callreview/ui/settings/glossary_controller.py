"""Brings the screen of the glossary and the services together."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from callreview.services import glossary
from callreview.services.workspace import Workspace
from callreview.ui.bridge import Bridge
from callreview.ui.settings.glossary_editor import GlossaryEditor


class GlossaryController(QObject):
    """Opens the glossary of the workspace and saves it as one action to undo."""

    def __init__(self, workspace: Workspace, bridge: Bridge, window: QWidget) -> None:
        super().__init__(window)
        self.workspace = workspace
        self.bridge = bridge
        self.window = window
        self.editor: GlossaryEditor | None = None

    def open(self) -> None:
        """Show the terms and the names that calls carry."""
        self.bridge.run(
            lambda: (
                glossary.load_glossary(self.workspace),
                glossary.suggested_terms(self.workspace),
            ),
            lambda read: self._show(*read),
        )

    def _show(self, terms: tuple[str, ...], suggestions: tuple[str, ...]) -> None:
        editor = self.editor = GlossaryEditor(terms, suggestions, self.window)
        editor.saved.connect(
            lambda changed: self.bridge.act(lambda: glossary.save_glossary(self.workspace, changed))
        )
        editor.finished.connect(self._closed)
        editor.open()

    def _closed(self) -> None:
        if self.editor is not None:
            self.editor.deleteLater()
            self.editor = None
