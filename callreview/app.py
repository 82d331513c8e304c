"""The desktop app: puts the objects together and opens the window."""

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QSettings, Qt, QTranslator
from PySide6.QtWidgets import QApplication, QMessageBox

from callreview.audio.player import Player
from callreview.config.language import _, current_language, use_language
from callreview.config.logs import start_logging
from callreview.config.paths import data_dir, default_workspace_dir, log_path
from callreview.domain.errors import CallReviewError
from callreview.services.workspace import Workspace, open_workspace
from callreview.ui.theme.theme import Scheme, Theme
from callreview.ui.window.main_window import MainWindow

_log = logging.getLogger(__name__)

SCHEMES: dict[str, Scheme] = {"system": "system", "light": "light", "dark": "dark"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window on a workspace and return the exit code."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    parser = argparse.ArgumentParser(prog="main.py")
    parser.add_argument("--workspace", type=Path, default=default_workspace_dir(), metavar="DIR")
    parsed = parser.parse_args(arguments)
    start_logging(log_path())
    app = QApplication(sys.argv[:1])
    app.setApplicationName("CallReview")
    settings = QSettings(str(data_dir() / "settings.ini"), QSettings.Format.IniFormat)
    use_language(_setting(settings, "language") or None)
    try:
        workspace = open_workspace(parsed.workspace)
    except CallReviewError as error:
        box = QMessageBox(QMessageBox.Icon.Critical, "CallReview", str(error))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.exec()
        return 1
    with workspace:
        opened = App(app, workspace, settings)
        sys.excepthook = opened.report_bug
        return opened.run()


class App:
    """The window of one workspace; it is built anew when the language changes."""

    def __init__(self, app: QApplication, workspace: Workspace, settings: QSettings) -> None:
        self.app = app
        self.workspace = workspace
        self.settings = settings
        scheme = SCHEMES.get(_setting(settings, "scheme"), "system")
        self.theme = Theme(app, scheme)
        self.player = Player()
        self._translator = QTranslator(app)
        self._translate_qt()
        self.window = self._open()

    def run(self) -> int:
        """Show the window until it is closed."""
        code = self.app.exec()
        self.player.close()
        return code

    def report_bug(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Log an unexpected error of the window and show it; for `sys.excepthook`."""
        _log.error("unexpected error", exc_info=(kind, error, trace))
        self.window.notices.warn(f"{kind.__name__}: {error}")

    def _open(self) -> MainWindow:
        window = MainWindow(self.workspace, self.player, self.theme, self.settings)
        window.languageChosen.connect(self._change_language)
        window.show()
        return window

    def _change_language(self, language: str) -> None:
        self.settings.setValue("language", language)
        if language == current_language():
            return
        if self.window.jobs.rows:
            # A new window would cancel the work of this one.
            self.window.notices.say(_("The language changes at the next start: work is under way."))
            return
        call_id = self.window.review.call_id
        use_language(language)
        self._translate_qt()
        old, self.window = self.window, self._reopened()
        old.deleteLater()
        if call_id is not None:
            self.window.reviewing.open(call_id)

    def _reopened(self) -> MainWindow:
        self.app.setQuitOnLastWindowClosed(False)
        self.window.close()
        window = self._open()
        self.app.setQuitOnLastWindowClosed(True)
        return window

    def _translate_qt(self) -> None:
        """Qt's own dialogs speak the user's language too."""
        self.app.removeTranslator(self._translator)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._translator.load(f"qtbase_{current_language()}", folder):
            self.app.installTranslator(self._translator)


def _setting(settings: QSettings, key: str) -> str:
    value = settings.value(key)
    return value if isinstance(value, str) else ""
