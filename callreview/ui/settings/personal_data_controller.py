"""Brings the screen of personal data, the services and the check of old calls together."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from callreview.config.language import _, ngettext
from callreview.services.personal_data import (
    kind_name,
    personal_data_kinds,
    set_personal_data_kind,
)
from callreview.services.progress import Progress
from callreview.services.sweep_personal_data import SweepReport, calls_due, sweep_personal_data
from callreview.services.workspace import Workspace
from callreview.ui.bridge import Bridge, Job
from callreview.ui.settings.personal_data_dialog import Kind, PersonalDataDialog, due_text
from callreview.ui.window.job_bar import JobBar
from callreview.ui.window.notice_bar import NoticeBar


class PersonalDataController(QObject):
    """Opens the switches; the check of old calls goes on at the foot of the window."""

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
        self.dialog: PersonalDataDialog | None = None

    def open(self) -> None:
        """Show what is hidden, and how many calls were processed before the rules of now."""
        self.bridge.run(
            lambda: (personal_data_kinds(self.workspace), len(calls_due(self.workspace))),
            lambda read: self._show(*read),
        )

    def offer_check(self) -> None:
        """Offer to check the calls that were processed before the rules of now, if there are any."""
        self.bridge.run(lambda: len(calls_due(self.workspace)), self._offer)

    def _offer(self, due: int) -> None:
        if due:
            self.notices.offer(due_text(due), _("Check now"), self._check)

    def _show(self, kinds: tuple[Kind, ...], due: int) -> None:
        dialog = self.dialog = PersonalDataDialog(kinds, due, self.window)
        dialog.saved.connect(self._save)
        dialog.checkRequested.connect(self._check)
        dialog.finished.connect(self._closed)
        dialog.open()

    def _save(self, changed: tuple[tuple[str, bool], ...]) -> None:
        for kind, hidden in changed:
            self.bridge.act(_setting(self.workspace, kind, hidden))

    def _check(self) -> None:
        # Waits for the actions before it, so that it goes by what was just saved.
        self.bridge.act(lambda: None, lambda _none: self._sweep())

    def _sweep(self) -> None:
        job = self.bridge.start(
            "personal data",
            _("Checking calls for personal data…"),
            lambda job: sweep_personal_data(
                self.workspace, None, _reporting(job), job.is_cancelled
            ),
            self._swept,
        )
        self.jobs.watch(job)

    def _swept(self, report: SweepReport) -> None:
        text = ngettext("{count} call was checked.", "{count} calls were checked.", report.calls)
        problems = []
        if report.cancelled:
            problems.append(_("The check was stopped; the next one goes on with the rest."))
        if report.held:
            problems.append(
                _(
                    "Another program reads the workspace; close it and check again to leave no trace."
                )
            )
        self.notices.report(text.format(count=report.calls), problems, _notes(report))

    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None


def _setting(workspace: Workspace, kind: str, hidden: bool) -> Callable[[], None]:
    return lambda: set_personal_data_kind(workspace, kind, hidden)


def _notes(report: SweepReport) -> list[str]:
    """What was masked, and what may still hold it."""
    notes = [
        _("Newly masked, {kind}: {count}").format(kind=kind_name(kind), count=count)
        for kind, count in report.found.items()
    ]
    if report.notes:
        text = _("Comments, notes and quotes masked: {count}")
        notes.append(text.format(count=report.notes))
    copy = _("This was made before and may still hold what is masked now: {path}")
    return notes + [copy.format(path=path) for path in report.copies]


def _reporting(job: Job) -> Callable[[Progress], None]:
    def report(progress: Progress) -> None:
        text = _("Checking calls for personal data ({item}/{total})…")
        shown = text.format(item=progress.item, total=progress.total)
        job.progressed.emit(shown, progress.item / max(progress.total, 1))

    return report
