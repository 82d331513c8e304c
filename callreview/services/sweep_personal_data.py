"""Looking for personal data in stored calls again, after the rules or the hidden kinds changed.

What is found is masked for good, in every version of a transcript, in comments, notes and quotes, and in what
undo keeps of them: this is no action that can be undone, else the text would have to stay.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from callreview.analysis.personal_data.mask import is_due, mask_personal_data, rules_with
from callreview.config.language import _
from callreview.domain.changes import CALLS, COMMENTS, EVALUATIONS, TRANSCRIPTS
from callreview.domain.transcript import MaskedSpan, Transcript, join_words
from callreview.services.mask_texts import without_personal_data
from callreview.services.personal_data import hidden_kinds
from callreview.services.progress import (
    IsCancelled,
    OnProgress,
    Progress,
    ignore_progress,
    never,
)
from callreview.services.roles import Spoken, counted_again
from callreview.services.sweep_journal import JournalImages
from callreview.storage import calls, sweeping, transcripts
from callreview.storage.sweeping import Note
from callreview.storage.transcript_versions import transcript_ids
from callreview.storage.workspace import Workspace

if TYPE_CHECKING:
    from callreview.storage.connection import Database

RULES_KEY = "personal_data"
"""What a transcript's models call the rules it was masked with."""


@dataclass(frozen=True)
class SweepReport:
    """How many calls were looked at, what was newly masked, and what keeps the old texts.

    `found` counts stretches by kind. `copies` are backups and reports in the workspace's folder that
    were made before; `cancelled` and `held` (another program reads the workspace) mean that the sweep
    has to be done again.
    """

    calls: int
    found: Mapping[str, int]
    notes: int
    copies: tuple[Path, ...] = ()
    cancelled: bool = False
    held: bool = False


def calls_due(workspace: Workspace) -> tuple[int, ...]:
    """The ids of the calls with a transcript that was not masked with the rules of now."""
    kinds = hidden_kinds(workspace)
    with workspace.read() as db:
        used = sweeping.rules_by_transcript(db, RULES_KEY)
    return tuple(dict.fromkeys(call_id for call_id, _id, rules in used if is_due(rules, kinds)))


def sweep_personal_data(
    workspace: Workspace,
    wanted: Sequence[int] | None = None,
    progress: OnProgress = ignore_progress,
    cancelled: IsCancelled = never,
) -> SweepReport:
    """Mask what the rules of now find in these calls (None: all that are due).

    Each call is one transaction; a cancelled sweep goes on with the rest the next time. Raises
    EnvironmentProblem when the disk refuses.
    """
    sweep = _Sweep(workspace)
    chosen = calls_due(workspace) if wanted is None else wanted
    for number, call_id in enumerate(chosen, 1):
        if cancelled():
            return replace(sweep.report(), cancelled=True, held=not sweep.clean())
        sweep.call(call_id)
        progress(Progress(number, len(chosen), str(call_id), _("personal data"), 1.0))
    sweep.journal()
    return replace(sweep.report(), held=not sweep.clean())


@dataclass(frozen=True)
class _Stored:
    """The versions of a call's transcript by id, with what was counted where it was, and notes."""

    versions: Mapping[int, Spoken | Transcript]
    notes: Sequence[Note]


def _transcript(spoken: Spoken | Transcript) -> Transcript:
    return spoken.transcript if isinstance(spoken, Spoken) else spoken


class _Sweep:
    """One run over stored calls."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.kinds = hidden_kinds(workspace)
        self.calls = 0
        self.notes = 0
        self.kept = 0
        self.found = Counter[str]()
        self.quotes: dict[str, str] = {}

    def call(self, call_id: int) -> None:
        """Mask one call, in one transaction."""
        stored = self._read(call_id)
        spans: list[MaskedSpan] = []
        versions: dict[int, Spoken | Transcript] = {}
        for transcript_id, spoken in stored.versions.items():
            versions[transcript_id], new = self._version(spoken)
            spans += new
        masked = [_transcript(one) for one in versions.values()]
        notes = {
            note: text
            for note in stored.notes
            if (text := self._note(note, spans, masked)) != note.text
        }

        def write(db: "Database") -> None:
            for transcript_id, one in versions.items():
                analysis = one.analysis if isinstance(one, Spoken) else None
                sweeping.rewrite_transcript(db, transcript_id, _transcript(one), analysis)
            for note, text in notes.items():
                sweeping.rewrite_note(db, note, text)

        self.workspace.write(write, {CALLS, TRANSCRIPTS, COMMENTS, EVALUATIONS}, "sweep")
        self.calls += 1
        self.notes += len(notes)
        self.found.update(span.kind for span in spans)

    def journal(self) -> None:
        """Mask what undo keeps: rows before and after each action."""
        images = JournalImages(self.kinds, self.quotes)
        self.kept = self.workspace.write(lambda db: sweeping.rewrite_images(db, images.masked))

    @property
    def _has_masked(self) -> bool:
        return bool(self.found or self.notes or self.kept)

    def clean(self) -> bool:
        """Leave nothing of the old texts in the database's files; whether that could be done."""
        if self._has_masked:
            self.workspace.write(sweeping.forget_old_texts)
        return self.workspace.empty_log()

    def report(self) -> SweepReport:
        """What was done so far."""
        copies: tuple[Path, ...] = ()
        if self._has_masked:
            copies = sweeping.copies_of(self.workspace.backups_dir, self.workspace.reports_dir)
        return SweepReport(self.calls, dict(self.found), self.notes, copies)

    def _read(self, call_id: int) -> "_Stored":
        with self.workspace.read() as db:
            duration_s = calls.load_recording(db, call_id).duration_s
            versions: dict[int, Spoken | Transcript] = {}
            for transcript_id in transcript_ids(db, call_id):
                transcript = transcripts.read_transcript(db, call_id, transcript_id)
                analysis = transcripts.read_analysis(db, transcript_id)
                versions[transcript_id] = (
                    Spoken(transcript, analysis, duration_s) if analysis else transcript
                )
            return _Stored(versions, sweeping.notes_of_call(db, call_id))

    def _version(
        self, spoken: Spoken | Transcript
    ) -> tuple[Spoken | Transcript, tuple[MaskedSpan, ...]]:
        """A version of a transcript with masks, and with what is counted in it counted again."""
        transcript = _transcript(spoken)
        turns, spans = mask_personal_data(transcript.turns, self.kinds)
        masked = sorted((*transcript.masked, *spans), key=lambda span: span.start_s)
        models = {**transcript.models, RULES_KEY: rules_with(self.kinds)}
        done = replace(transcript, turns=turns, masked=tuple(masked), models=models)
        if not spans or not isinstance(spoken, Spoken):
            return done, spans
        analysis = replace(spoken.analysis, models={**spoken.analysis.models, **models})
        again = replace(spoken, transcript=done, analysis=analysis)
        return counted_again(self.workspace, again), spans

    def _note(self, note: Note, spans: Sequence[MaskedSpan], versions: Sequence[Transcript]) -> str:
        """The text of a note without personal data; a quote of what was masked is quoted anew."""
        text = without_personal_data(note.text, self.kinds)
        if note.start_s is None or note.end_s is None or note.table != "evidence":
            return text
        start_s, end_s = note.start_s, note.end_s
        if any(span.start_s < end_s and span.end_s > start_s for span in spans):
            # Of digits alone nobody can tell that they belong to a card.
            text = _quote(versions[-1], start_s, end_s)
        self.quotes[note.text] = text
        return text


def _quote(transcript: Transcript, start_s: float, end_s: float) -> str:
    words = (word for turn in transcript.turns for word in turn.words)
    return join_words(tuple(w for w in words if w.start_s < end_s and w.end_s > start_s))
