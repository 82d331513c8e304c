"""Actions on calls: import, edit, delete."""

from dataclasses import dataclass
from typing import ClassVar

from callreview.config.language import _
from callreview.domain.call import CallMetadata
from callreview.domain.changes import CALLS, COMMENTS, EVALUATIONS, PROCESSING, TRANSCRIPTS
from callreview.domain.errors import UserError
from callreview.domain.recording import Recording
from callreview.storage.calls import call_with_reference, metadata_row, recording_row
from callreview.storage.operations.action import Action
from callreview.storage.recorder import Recorder


@dataclass(frozen=True)
class ImportedCall:
    """A call to import; `recording` may be None when only its metadata is to be updated."""

    metadata: CallMetadata
    recording: Recording | None


@dataclass(frozen=True)
class ImportResult:
    """The id of an imported call, and whether it is new."""

    call_id: int
    created: bool


@dataclass(frozen=True)
class ImportCalls(Action):
    """Add calls; a reference that is already there updates that call."""

    calls: tuple[ImportedCall, ...]
    name: ClassVar[str] = "import_calls"
    topics: ClassVar[frozenset[str]] = frozenset({CALLS, PROCESSING})

    def run(self, recorder: Recorder) -> list[ImportResult]:
        """Return what became of each call; UserError for a new call without a recording."""
        return [self._import(recorder, call) for call in self.calls]

    def _import(self, recorder: Recorder, call: ImportedCall) -> ImportResult:
        call_id = call_with_reference(recorder.db, call.metadata.reference)
        if call_id is None:
            return ImportResult(self._add(recorder, call), created=True)
        recorder.update("call", {"id": call_id}, metadata_row(call.metadata))
        if call.recording is not None:
            recorder.update("recording", {"call_id": call_id}, recording_row(call.recording))
        return ImportResult(call_id, created=False)

    def _add(self, recorder: Recorder, call: ImportedCall) -> int:
        if call.recording is None:
            raise UserError(
                _("The call “{call}” is new and has no recording; name its audio file.").format(
                    call=call.metadata.reference
                )
            )
        call_id = recorder.insert("call", metadata_row(call.metadata))
        recorder.insert("recording", {"call_id": call_id, **recording_row(call.recording)})
        return call_id


@dataclass(frozen=True)
class EditCallMetadata(Action):
    """Replace what is known about a call."""

    call_id: int
    metadata: CallMetadata
    name: ClassVar[str] = "edit_call_metadata"
    topics: ClassVar[frozenset[str]] = frozenset({CALLS})

    def run(self, recorder: Recorder) -> None:
        """Change the row; UserError when the call is gone or its new reference is taken."""
        require_call(recorder, self.call_id)
        other = call_with_reference(recorder.db, self.metadata.reference)
        if other not in (None, self.call_id):
            raise UserError(
                _("Another call has the reference “{call}”. Choose a different one.").format(
                    call=self.metadata.reference
                )
            )
        recorder.update("call", {"id": self.call_id}, metadata_row(self.metadata))


@dataclass(frozen=True)
class DeleteCalls(Action):
    """Delete calls with their transcripts, comments and evaluations; their audio files stay."""

    call_ids: tuple[int, ...]
    name: ClassVar[str] = "delete_call"
    topics: ClassVar[frozenset[str]] = frozenset(
        {CALLS, PROCESSING, TRANSCRIPTS, COMMENTS, EVALUATIONS}
    )

    def run(self, recorder: Recorder) -> None:
        """Remove the rows; UserError when one of the calls is gone."""
        for call_id in self.call_ids:
            require_call(recorder, call_id)
            recorder.delete("call", {"id": call_id})


def require_call(recorder: Recorder, call_id: int) -> None:
    """Raise UserError when the call does not exist any more."""
    if recorder.row("call", {"id": call_id}) is None:
        raise UserError(_("This call does not exist any more."))
