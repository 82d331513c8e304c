"""Exports, reports, backup and checks from the menu."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QInputDialog, QWidget

from callreview.config.language import _
from callreview.services import safekeeping
from callreview.services.coaching_report import agents, coaching_report
from callreview.services.export import export_calls, export_transcript
from callreview.services.workspace import Workspace
from callreview.ui.bridge import Bridge, Job
from callreview.ui.window.files import ask_target
from callreview.ui.window.job_bar import JobBar
from callreview.ui.window.notice_bar import NoticeBar

T = TypeVar("T")


class HandingOut(QObject):
    """Asks where to, does the work beside the window, and says what came of it."""

    def __init__(
        self,
        workspace: Workspace,
        bridge: Bridge,
        jobs: JobBar,
        notices: NoticeBar,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self.workspace = workspace
        self.bridge = bridge
        self.jobs = jobs
        self.notices = notices
        self.window = window

    def export_calls(self) -> None:
        """Write the scored call list."""
        suffixes = (".xlsx", ".csv", ".json")
        path = ask_target(self.window, _("Export the call list"), "calls", suffixes)
        if path is not None:
            self._write(path, lambda: export_calls(self.workspace, path))

    def export_transcript(self, call_id: int | None) -> None:
        """Write the transcript of the call on the screen."""
        suffixes = (".txt", ".srt", ".vtt", ".json")
        if call_id is None:
            self.notices.warn(_("Open a call first."))
            return
        path = ask_target(self.window, _("Export the transcript"), "transcript", suffixes)
        if path is not None:
            self._write(path, lambda: export_transcript(self.workspace, str(call_id), path))

    def coaching_report(self, agent: str) -> None:
        """Write a coaching report and show it; `agent` is offered first."""
        self.bridge.run(
            lambda: agents(self.workspace), lambda names: self._ask_report(names, agent)
        )

    def backup(self) -> None:
        """Write a backup of the workspace."""
        path = ask_target(self.window, _("Back up the workspace"), "callreview-backup", (".zip",))
        if path is not None:
            self._write(path, lambda: safekeeping.backup(self.workspace, path))

    def verify(self) -> None:
        """Check the workspace."""
        self._start(
            _("Checking the workspace…"),
            lambda: safekeeping.verify(self.workspace),
            lambda problems: self.notices.report(
                _("The workspace was checked.") if problems else _("The workspace is in order."),
                problems,
            ),
        )

    def _ask_report(self, names: list[str], agent: str) -> None:
        if not names:
            self.notices.warn(_("There are no calls with an agent yet."))
            return
        current = names.index(agent) if agent in names else 0
        name, chosen = QInputDialog.getItem(
            self.window, _("Coaching report"), _("Agent"), names, current, editable=False
        )
        if not chosen:
            return
        path = ask_target(
            self.window, _("Coaching report"), f"coaching {_file_name(name)}", (".html", ".pdf")
        )
        if path is not None:
            self._write(path, lambda: coaching_report(self.workspace, name, path), show=True)

    def _write(self, path: Path, work: Callable[[], object], show: bool = False) -> None:
        def written(_result: object) -> None:
            self.notices.say(_("Written: {path}").format(path=path))
            if show:
                QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

        self._start(_("Writing {name}…").format(name=path.name), work, written)

    def _start(self, title: str, work: Callable[[], T], then: Callable[[T], None]) -> None:
        def run(_job: Job) -> T:
            return work()

        self.jobs.watch(self.bridge.start("files", title, run, then))


def _file_name(name: str) -> str:
    """A person's name without what would name a folder."""
    return name.replace("/", "-").replace("\\", "-")
