"""Asking before calls are analysed again: what it changes, and what of it cannot be undone."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from callreview.config.language import _, ngettext
from callreview.services.analyse_again import calls_to_analyse
from callreview.services.sweep_personal_data import calls_due
from callreview.services.workspace import Workspace
from callreview.ui.bridge import Bridge
from callreview.ui.library.library_controller import LibraryController
from callreview.ui.window.notice_bar import NoticeBar


class AnalysingAgain(QObject):
    """Counts the calls that were analysed with other settings and asks before they are done again."""

    def __init__(
        self,
        workspace: Workspace,
        bridge: Bridge,
        calls: LibraryController,
        notices: NoticeBar,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self.workspace = workspace
        self.bridge = bridge
        self.calls = calls
        self.notices = notices
        self.window = window
        self.question: QMessageBox | None = None

    def ask(self) -> None:
        """Say how many calls are to be analysed again, and do it when the user agrees."""
        self.bridge.run_newest("calls to analyse", self._count, lambda counts: self._ask(*counts))

    def _count(self) -> tuple[int, int]:
        chosen = set(calls_to_analyse(self.workspace))
        return len(chosen), len(chosen & set(calls_due(self.workspace)))

    def _ask(self, count: int, masked: int) -> None:
        if not count:
            self.notices.say(_("All calls are analysed with the settings of now."))
            return
        box = self.question = QMessageBox(self.window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(_text(count, masked))
        agree = box.addButton(_("Analyse again"), QMessageBox.ButtonRole.AcceptRole)
        agree.setProperty("kind", "primary")
        box.addButton(_("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(agree)
        box.accepted.connect(self.calls.analyse_again)
        box.finished.connect(self._closed)
        box.open()

    def _closed(self) -> None:
        if self.question is not None:
            self.question.deleteLater()
            self.question = None


def _text(count: int, masked: int) -> str:
    text = ngettext(
        "{count} call was analysed with other settings or rules. It is analysed again from its "
        "transcript; nothing is transcribed, scores and comments stay.",
        "{count} calls were analysed with other settings or rules. They are analysed again from "
        "their transcripts; nothing is transcribed, scores and comments stay.",
        count,
    ).format(count=count)
    if not masked:
        return text
    warning = ngettext(
        "Personal data found in {count} of them is masked for good: it cannot be undone.",
        "Personal data found in {count} of them is masked for good: it cannot be undone.",
        masked,
    )
    return f"{text}\n\n{warning.format(count=masked)}"
