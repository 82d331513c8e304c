"""Transcribing and analysing calls: each finished call is stored at once, in one transaction."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from callreview.analysis.sentiment.classifier import check_sentiment
from callreview.config.language import _
from callreview.domain.changes import CALLS, PROCESSING, TRANSCRIPTS
from callreview.domain.errors import CallReviewError, Cancelled, UserError
from callreview.domain.transcript import Transcript
from callreview.pipeline.jobs import ProcessJob, ProcessResult
from callreview.pipeline.worker import Worker
from callreview.services.agent_channel import agent_channel
from callreview.services.analysis_settings import load_settings
from callreview.services.call_progress import CallProgress
from callreview.services.glossary import fingerprint, load_glossary
from callreview.services.keywords import find_phrases, load_lists, remember_first_lists
from callreview.services.marks import describe, lost_marks
from callreview.services.opened_call import prepared_audio
from callreview.services.progress import (
    IsCancelled,
    OnProgress,
    Progress,
    ignore_progress,
    never,
)
from callreview.services.roles import Spoken, as_assigned
from callreview.services.sentiment_model import sentiment_model
from callreview.services.sound_notes import describe_sound
from callreview.services.versions import with_known_voices
from callreview.speech.models import check_language, model_folder
from callreview.storage import calls, processing, transcripts
from callreview.storage.workspace import Workspace

if TYPE_CHECKING:
    from callreview.storage.connection import Database

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ProcessOptions:
    """How to process: speech model (None: the one in use), language (None: found out).

    `sentiment` is a model folder or hub name instead of CallReview's own sentiment model.
    `speakers` is how many people share the channel of a call that has only one (None: found out).
    """

    model: str | None = None
    language: str | None = None
    sentiment: str | None = None
    speakers: int | None = None


@dataclass(frozen=True)
class ProcessReport:
    """The references of the calls that were processed, and what is wrong with the rest.

    `lost` are the marks of reviewers whose words a new version of a transcript does not have,
    `notes` what is odd about the sound of calls; one line each.
    """

    done: tuple[str, ...]
    problems: tuple[str, ...]
    lost: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def process_calls(
    workspace: Workspace,
    wanted: Sequence[str] | None,
    options: ProcessOptions,
    progress: OnProgress = ignore_progress,
    cancelled: IsCancelled = never,
) -> ProcessReport:
    """Process the calls named by id or reference; None for all that were not yet processed.

    A named call that was processed before gets a new version of its transcript. One call's
    problem does not stop the others; it is kept with the call. After a cancel, finished calls
    are kept. Raises UserError for models or a language that cannot be used, EnvironmentProblem when
    the bundled model cannot be prepared; no call is touched then.
    """
    checked = _checked(options)
    remember_first_lists(workspace)
    run = _Run(workspace, checked, progress, cancelled)
    with Worker() as worker:
        run.all(worker, *_chosen(workspace, wanted))
    return ProcessReport(tuple(run.done), tuple(run.problems), tuple(run.lost), tuple(run.notes))


def _checked(options: ProcessOptions) -> ProcessOptions:
    """The options with the model that is in use now: all calls of a run are done by the same."""
    folder = model_folder(options.model)
    if options.language:
        check_language(folder, options.language)
    sentiment = options.sentiment or sentiment_model()
    check_sentiment(sentiment)
    return replace(options, model=str(folder), sentiment=sentiment)


def _chosen(
    workspace: Workspace, wanted: Sequence[str] | None
) -> tuple[Sequence[int], Sequence[str]]:
    """The calls to process, and what is wrong with the names of others."""
    with workspace.read() as db:
        if wanted is None:
            return processing.unprocessed_calls(db), ()
        found: dict[int, None] = {}
        problems = []
        for name in wanted:
            try:
                found[calls.find_call(db, name)] = None
            except CallReviewError as error:
                problems.append(str(error))
        return tuple(found), problems


class _Run:
    """One run over the chosen calls."""

    def __init__(
        self,
        workspace: Workspace,
        options: ProcessOptions,
        progress: OnProgress,
        cancelled: IsCancelled,
    ) -> None:
        self.workspace = workspace
        self.options = options
        self.progress = progress
        self.cancelled = cancelled
        self.done: list[str] = []
        self.problems: list[str] = []
        self.lost: list[str] = []
        self.notes: list[str] = []

    def all(self, worker: Worker, call_ids: Sequence[int], problems: Sequence[str]) -> None:
        self.problems += problems
        for number, call_id in enumerate(call_ids, 1):
            reference = self._reference(call_id)
            if reference is None:
                continue
            at = Progress(number, len(call_ids), reference, "", 0.0)
            try:
                self._one(worker, call_id, at)
                self.done.append(reference)
                lost = lost_marks(self.workspace, call_id)
                self.lost += [f"{reference}: {describe(mark)}" for mark in lost]
            except Cancelled:
                self._forget(call_id)
                self.problems.append(_("Cancelled; the calls finished before are kept."))
                return
            except Exception as error:
                if self._reference(call_id) is not None:
                    self._fail(call_id, reference, error)
            except BaseException:
                self._forget(call_id)
                raise

    def _reference(self, call_id: int) -> str | None:
        """The reference of a call, None when it was deleted while others were processed."""
        with self.workspace.read() as db:
            try:
                return calls.load_metadata(db, call_id).reference
            except UserError:
                return None

    def _one(self, worker: Worker, call_id: int, at: Progress) -> None:
        if self.cancelled():
            raise Cancelled
        self._set(lambda db: processing.set_processing(db, call_id, "processing"))
        job = self._job(call_id)
        progress = CallProgress(at)
        result = worker.process(
            job,
            lambda stage: self.progress(progress.at(stage)),
            self.cancelled,
        )
        self._store(call_id, job, result)
        notes = describe_sound(result.transcript.sound_notes)
        self.notes += [f"{at.name}: {note}" for note in notes]
        if load_lists(self.workspace) != job.settings.lists:
            find_phrases(self.workspace, call_id)

    def _job(self, call_id: int) -> ProcessJob:
        with self.workspace.read() as db:
            recording = calls.load_recording(db, call_id)
            metadata = calls.load_metadata(db, call_id)
        if metadata.agent_channel is None:
            metadata = replace(metadata, agent_channel=agent_channel(self.workspace))
        return ProcessJob(
            audio=prepared_audio(self.workspace, recording),
            metadata=metadata,
            settings=load_settings(self.workspace, self.options.sentiment),
            model=self.options.model,
            language=self.options.language or "",
            speakers=self.options.speakers,
            glossary=load_glossary(self.workspace),
        )

    def _store(self, call_id: int, job: ProcessJob, result: ProcessResult) -> None:
        transcript = _with_glossary(result.transcript, job.glossary)
        found = Spoken(transcript, result.analysis, job.audio.duration_s)
        found = with_known_voices(self.workspace, call_id, found)
        spoken = as_assigned(self.workspace, call_id, found)

        def store(db: "Database") -> None:
            transcripts.store_transcript(db, call_id, spoken.transcript, spoken.analysis)
            processing.set_processing(db, call_id, "processed")

        self.workspace.write(store, {CALLS, PROCESSING, TRANSCRIPTS}, "process")

    def _fail(self, call_id: int, reference: str, error: Exception) -> None:
        message = str(error)
        if not isinstance(error, CallReviewError):
            _log.error("processing a call failed", exc_info=error)
            message = f"{type(error).__name__}: {error}"
        self.problems.append(f"{reference}: {message}")
        self._set(lambda db: processing.set_processing(db, call_id, "failed", message))

    def _forget(self, call_id: int) -> None:
        self._set(lambda db: processing.forget_processing(db, call_id))

    def _set(self, work: Callable[["Database"], None]) -> None:
        self.workspace.write(work, {CALLS, PROCESSING}, "process")


def _with_glossary(transcript: Transcript, glossary: Sequence[str]) -> Transcript:
    """The transcript that names the glossary it was made with among what made it."""
    made_with = {"glossary": fingerprint(glossary)} if glossary else {}
    return replace(transcript, models={**transcript.models, **made_with})
