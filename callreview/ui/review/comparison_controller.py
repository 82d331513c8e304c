"""Brings the comparison of versions together with the services that read and choose them."""

from PySide6.QtCore import QObject, Qt

from callreview.config.language import _
from callreview.domain.changes import TRANSCRIPTS, Changed
from callreview.domain.transcript_diff import Comparison
from callreview.services import versions
from callreview.services.workspace import Workspace
from callreview.ui.bridge import Bridge
from callreview.ui.review.review_screen import ReviewScreen

Read = tuple[list[versions.TranscriptVersion], int | None, Comparison | None]


class ComparisonController(QObject):
    """Opens the comparison for the call on the screen and keeps it true; reads off the main thread."""

    def __init__(self, workspace: Workspace, bridge: Bridge, screen: ReviewScreen) -> None:
        super().__init__(screen)
        self.workspace = workspace
        self.bridge = bridge
        self.screen = screen
        self.view = screen.comparison
        self.view.versionChosen.connect(self._read)
        self.view.useRequested.connect(self._use)

    def open(self) -> None:
        """Compare the versions of the call on the screen."""
        if self.screen.call_id is not None:
            self.view.show_versions(())
            self.view.show_message(_("Comparing…"))
            self.screen.open_comparison()
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
            self._read(None)

    def refresh(self, changed: Changed) -> None:
        """Compare again if a transcript has changed and the comparison is open."""
        if TRANSCRIPTS in changed.topics and self.screen.comparing:
            self._read(self.view.version)

    def _read(self, wanted: int | None) -> None:
        call_id = self.screen.call_id
        if call_id is not None:
            self.bridge.run_newest(
                "comparison",
                lambda: self._compare(call_id, wanted),
                lambda read: self._show(call_id, read),
            )

    def _compare(self, call_id: int, wanted: int | None) -> Read:
        found = versions.list_versions(self.workspace, call_id)
        others = [version.number for version in found if not version.active]
        if not others or len(others) == len(found):
            return found, None, None
        number = wanted if wanted in others else others[0]
        return found, number, versions.compare_versions(self.workspace, call_id, number)

    def _show(self, call_id: int, read: Read) -> None:
        if call_id != self.screen.call_id:
            return
        found, number, compared = read
        self.view.show_versions(found)
        if number is None or compared is None:
            self.view.show_message(
                _("There is no other version yet: transcribe the call again to compare.")
            )
        elif number == self.view.version:
            self.view.show_comparison(compared, self.screen.speaker_names)
        else:
            # Another version is offered than the one that was compared.
            self._read(self.view.version)

    def _use(self, number: int) -> None:
        call_id = self.screen.call_id
        if call_id is not None:
            self.bridge.act(lambda: versions.use_version(self.workspace, call_id, number))
