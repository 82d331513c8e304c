"""Brings the library, the services and long work together."""

from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import QObject, QTimer

from callreview.config.language import _, ngettext
from callreview.domain.call import CallFilter, CallSummary
from callreview.domain.changes import CALLS, EVALUATIONS, PROCESSING, TRANSCRIPTS, Changed
from callreview.domain.search_hit import SearchHit
from callreview.domain.transcript import Role
from callreview.services import browse, calls
from callreview.services.analyse_again import AnalysedAgain, analyse_again
from callreview.services.import_calls import ImportReport, import_calls
from callreview.services.import_plan import ImportOrder
from callreview.services.keywords import list_titles
from callreview.services.process_calls import ProcessOptions, ProcessReport, process_calls
from callreview.services.progress import Progress
from callreview.services.workspace import Workspace
from callreview.ui.bridge import Bridge, Job
from callreview.ui.library.found_list import FoundPlace
from callreview.ui.library.library_panel import LibraryPanel
from callreview.ui.window.job_bar import JobBar
from callreview.ui.window.notice_bar import NoticeBar

LISTED = frozenset({CALLS, EVALUATIONS, PROCESSING, TRANSCRIPTS})
REFRESH_MS = 100


class LibraryController(QObject):
    """Keeps the list true, searches, imports and processes."""

    def __init__(
        self,
        workspace: Workspace,
        bridge: Bridge,
        panel: LibraryPanel,
        jobs: JobBar,
        notices: NoticeBar,
    ) -> None:
        super().__init__(panel)
        self.workspace = workspace
        self.bridge = bridge
        self.panel = panel
        self.jobs = jobs
        self.notices = notices
        # Many changes in a row, as in a long import, are one refresh.
        self._soon = QTimer(self, singleShot=True, interval=REFRESH_MS)
        self._soon.timeout.connect(self.refresh)
        panel.searchRequested.connect(self.search)
        panel.filters.changed.connect(self._filter)
        panel.filters.choicesRequested.connect(self.offer_filters)

    def refresh(self) -> None:
        """Read the list again, and which calls of it fit the filters."""
        wanted = self.panel.filters.wanted
        self.bridge.run_newest(
            "calls",
            lambda: (browse.list_calls(self.workspace), self._fitting(wanted)),
            lambda read: self._show(wanted, *read),
        )

    def offer_filters(self) -> None:
        """Open the menu of what the calls can be filtered by."""
        self.bridge.run_newest(
            "filter choices",
            lambda: (browse.filter_choices(self.workspace), list_titles(self.workspace)),
            lambda read: self.panel.filters.open_menu(*read),
        )

    def _filter(self, wanted: CallFilter) -> None:
        self.bridge.run_newest(
            "fitting calls", lambda: self._fitting(wanted), self.panel.show_fitting
        )

    def _fitting(self, wanted: CallFilter) -> frozenset[int] | None:
        if wanted == CallFilter():
            return None
        return browse.matching_calls(self.workspace, wanted)

    def _show(
        self, wanted: CallFilter, listed: Sequence[CallSummary], fitting: frozenset[int] | None
    ) -> None:
        self.panel.show_calls(listed)
        if wanted == self.panel.filters.wanted:
            self.panel.show_fitting(fitting)

    def note(self, changed: Changed) -> None:
        """Read the list again soon if the change shows in it."""
        if changed.topics & LISTED and not self._soon.isActive():
            self._soon.start()

    def search(self, text: str, role: Role | Literal[""] = "") -> None:
        """Find the words in what `role` said, in all that was said and noted without one.

        The newest search wins.
        """
        if not text:
            self.panel.show_found(())
            return
        self.bridge.run_newest(
            "search",
            lambda: browse.search(self.workspace, text, role or None),
            lambda hits: self._show_found(text, hits),
        )

    def import_calls(self, order: ImportOrder | None) -> None:
        """Import what the order names, then offer to process it."""
        if order is not None:
            job = self.bridge.start(
                "import",
                _("Importing…"),
                lambda job: import_calls(self.workspace, order, _reporting(job), job.is_cancelled),
                self._imported,
            )
            self.jobs.watch(job)

    def process(
        self, references: Sequence[str] | None, options: ProcessOptions | None = None
    ) -> None:
        """Transcribe and analyse these calls, or all that were not yet processed."""
        chosen = options or ProcessOptions()
        job = self.bridge.start(
            "process",
            _("Transcribing…"),
            lambda job: process_calls(
                self.workspace, references, chosen, _reporting(job), job.is_cancelled
            ),
            self._processed,
        )
        self.jobs.watch(job)

    def analyse_again(self) -> None:
        """Find again, with the settings of now, what was found in calls with others."""
        job = self.bridge.start(
            "process",
            _("Analysing calls again…"),
            lambda job: analyse_again(
                self.workspace, progress=_reporting(job), cancelled=job.is_cancelled
            ),
            self._analysed_again,
        )
        self.jobs.watch(job)

    def delete_selected(self) -> None:
        """Delete the selected calls; undo brings them back."""
        chosen = [call.id for call in self.panel.selected_calls]
        if chosen:
            self.bridge.act(lambda: calls.delete_calls(self.workspace, chosen))
        else:
            self.notices.warn(_("Select calls in the list first."))

    def _imported(self, report: ImportReport) -> None:
        count = len(report.imported)
        text = ngettext("{count} call imported.", "{count} calls imported.", count)
        self.notices.report(text.format(count=count), report.problems, report.notes)
        if count:
            self.process(None)

    def _processed(self, report: ProcessReport) -> None:
        count = len(report.done)
        text = ngettext("{count} call transcribed.", "{count} calls transcribed.", count)
        if count or report.problems:
            lost = [_("Words not found again: {mark}").format(mark=mark) for mark in report.lost]
            self.notices.report(text.format(count=count), (*report.problems, *lost), report.notes)

    def _analysed_again(self, report: AnalysedAgain) -> None:
        count = len(report.done)
        text = ngettext("{count} call analysed again.", "{count} calls analysed again.", count)
        self.notices.report(text.format(count=count), report.problems)

    def _show_found(self, text: str, hits: Sequence[SearchHit]) -> None:
        if text == self.panel.search.text().strip():
            self.panel.show_found(
                [
                    FoundPlace(
                        hit.call_id,
                        hit.reference,
                        hit.start_s or 0.0,
                        hit.text,
                        hit.ranges[0][0] if hit.ranges else 0,
                        hit.role,
                    )
                    for hit in hits
                ]
            )


def _reporting(job: Job) -> Callable[[Progress], None]:
    def report(progress: Progress) -> None:
        done = (progress.item - 1 + progress.fraction) / max(progress.total, 1)
        text = f"{progress.name}: {progress.stage} ({progress.item}/{progress.total})"
        job.progressed.emit(text, done)

    return report
