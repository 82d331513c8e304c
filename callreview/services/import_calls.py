"""Importing recordings: decode each once, keep its sound and its peaks, write it to the workspace."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import uuid4

from callreview.audio.digest import sha256_of, sha256_of_all
from callreview.audio.peaks import build_peaks
from callreview.config.language import _
from callreview.domain.call import CallMetadata
from callreview.domain.errors import CallReviewError, Cancelled, UserError
from callreview.domain.recording import Recording, SourceFile
from callreview.services.import_plan import ImportOrder, PlannedCall, plan_import
from callreview.services.progress import (
    IsCancelled,
    OnProgress,
    Progress,
    ignore_progress,
    never,
)
from callreview.storage import calls
from callreview.storage.operations.calls import ImportCalls, ImportedCall
from callreview.storage.workspace import Workspace

_log = logging.getLogger(__name__)

BATCH = 25
"""Calls that are written together: one action to undo, and all that a crash could cost."""


@dataclass(frozen=True)
class NewCall:
    """A call that was imported or updated."""

    call_id: int
    reference: str


@dataclass(frozen=True)
class ImportReport:
    """What was imported, what is wrong with the rest, and what to know of it, one line each."""

    imported: tuple[NewCall, ...]
    problems: tuple[str, ...]
    notes: tuple[str, ...] = ()


def import_calls(
    workspace: Workspace,
    order: ImportOrder,
    progress: OnProgress = ignore_progress,
    cancelled: IsCancelled = never,
) -> ImportReport:
    """Import what the order names; a problem with one call does not stop the others.

    A call with a known reference and the same sound is updated; with other sound it is refused.
    After a cancel, what was finished is kept. Raises UserError for an unusable manifest.
    """
    plan = plan_import(order)
    importer = _Importer(workspace, progress, cancelled, len(plan.calls))
    importer.run(plan.calls)
    return ImportReport(
        tuple(importer.imported), (*plan.problems, *importer.problems), tuple(importer.notes)
    )


class _Importer:
    """One run over the planned calls."""

    def __init__(
        self, workspace: Workspace, progress: OnProgress, cancelled: IsCancelled, total: int
    ) -> None:
        self.workspace = workspace
        self.progress = progress
        self.cancelled = cancelled
        self.total = total
        self.imported: list[NewCall] = []
        self.problems: list[str] = []
        self.notes: list[str] = []
        self._ready: list[ImportedCall] = []

    def run(self, planned: Sequence[PlannedCall]) -> None:
        try:
            self._prepare_all(planned)
        finally:
            # Also after Ctrl-C: what was decoded is not decoded in vain.
            self._write()

    def _prepare_all(self, planned: Sequence[PlannedCall]) -> None:
        for number, call in enumerate(planned, 1):
            try:
                self._prepare(number, call)
            except Cancelled:
                self.problems.append(_("Cancelled; what was imported before is kept."))
                break
            except CallReviewError as error:
                self.problems.append(_naming(call, str(error)))
            except Exception as error:
                _log.exception("importing a call failed")
                self.problems.append(_naming(call, f"{type(error).__name__}: {error}"))
            if len(self._ready) >= BATCH:
                self._write()

    def _prepare(self, number: int, call: PlannedCall) -> None:
        if self.cancelled():
            raise Cancelled
        known = self._known_recording(call)
        if known is not None:
            self._update(call, known)
            return
        name = call.files[0].name

        def report(fraction: float) -> None:
            self.progress(Progress(number, self.total, name, _("reading"), fraction))

        report(0.0)
        recording = self._decode(call, report)
        self._ready.append(ImportedCall(call.metadata, recording))

    def _known_recording(self, call: PlannedCall) -> Recording | None:
        with self.workspace.read() as db:
            call_id = calls.call_with_reference(db, call.metadata.reference)
            return None if call_id is None else calls.load_recording(db, call_id)

    def _update(self, call: PlannedCall, known: Recording) -> None:
        if sha256_of_all(call.files) != known.sha256:
            raise UserError(
                _(
                    "{path}: there is another recording under the reference {reference}. "
                    "Give this call a reference of its own, or delete the other call first."
                ).format(path=call.files[0], reference=call.metadata.reference)
            )
        if call.described:
            self._ready.append(ImportedCall(call.metadata, None))
        else:
            self.imported.append(self._present(call.metadata))

    def _present(self, metadata: CallMetadata) -> NewCall:
        with self.workspace.read() as db:
            return NewCall(calls.find_call(db, metadata.reference), metadata.reference)

    def _decode(self, call: PlannedCall, report: Callable[[float], None]) -> Recording:
        # The codecs take a while to load; the window starts without them.
        from callreview.audio.decode import prepare_audio
        from callreview.audio.pair import in_step

        stem = uuid4().hex
        pcm_path = self.workspace.audio_dir / f"{stem}.pcm"
        peaks_path = self.workspace.audio_dir / f"{stem}.peaks"
        prepared = prepare_audio(call.files, pcm_path, progress=report, cancelled=self.cancelled)
        try:
            pair = in_step(prepared, call.files)
            prepared = pair.audio
            build_peaks(prepared, peaks_path)
        except BaseException:
            pcm_path.unlink(missing_ok=True)
            raise
        if pair.note:
            self.notes.append(f"{call.metadata.reference}: {pair.note}")
        return Recording(
            sources=tuple(SourceFile(str(f.absolute()), sha256_of(f)) for f in call.files),
            sha256=prepared.sha256,
            pcm_file=pcm_path.name,
            peaks_file=peaks_path.name,
            channels=prepared.channels,
            sample_rate=prepared.sample_rate,
            frames=prepared.frames,
            damage=prepared.damage,
            pcm_sha256=sha256_of(pcm_path),
        )

    def _write(self) -> None:
        if not self._ready:
            return
        ready, self._ready = self._ready, []
        try:
            results = self.workspace.apply(ImportCalls(tuple(ready)), "import")
        except BaseException:
            self._remove_sound(ready)
            raise
        self.imported += [
            NewCall(result.call_id, call.metadata.reference)
            for result, call in zip(results, ready, strict=True)
        ]

    def _remove_sound(self, ready: Sequence[ImportedCall]) -> None:
        """Delete the prepared sound of calls that could not be written."""
        for recording in (call.recording for call in ready if call.recording is not None):
            for name in (recording.pcm_file, recording.peaks_file):
                (self.workspace.audio_dir / name).unlink(missing_ok=True)


def _naming(call: PlannedCall, message: str) -> str:
    path = str(call.files[0])
    return message if path in message else f"{path}: {message}"
