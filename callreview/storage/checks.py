"""The checks behind `verify`: each names what is wrong in a line, or nothing."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from callreview.audio.digest import sha256_of
from callreview.audio.prepared import SAMPLE_BYTES
from callreview.config.language import _
from callreview.domain.evaluation import Evaluation
from callreview.storage.calls import list_calls, load_recording
from callreview.storage.evaluations import list_evaluations

if TYPE_CHECKING:
    from sqlite_utils import Database

SEARCH_INDEXES: Final = ("turn_fts", "comment_fts", "answer_fts")


def check_damage(db: "Database") -> Iterator[str]:
    """Damage to the file, and references that lead nowhere."""
    try:
        for (message,) in db.execute("PRAGMA integrity_check").fetchall():
            if message != "ok":
                yield _("The database is damaged: {reason}").format(reason=message)
        for table, row, parent, _key in db.execute("PRAGMA foreign_key_check").fetchall():
            yield _("The database is damaged: row {row} of {table} has lost its {parent}").format(
                row=row, table=table, parent=parent
            )
    except sqlite3.DatabaseError as error:
        yield _("The database is damaged: {reason}").format(reason=error)


def check_search(db: "Database") -> Iterator[str]:
    """Texts that search would not find. Needs a connection that may write; changes nothing."""
    for index in SEARCH_INDEXES:
        try:
            db.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            yield _("The search index {index} does not match its texts: {reason}").format(
                index=index, reason=error
            )


def check_audio(db: "Database", audio_dir: Path) -> Iterator[str]:
    """Prepared audio that is missing, or has not the size and content it was made with."""
    for call in list_calls(db):
        recording = load_recording(db, call.id)
        pcm = audio_dir / recording.pcm_file
        size = recording.frames * recording.channels * SAMPLE_BYTES
        if not pcm.is_file():
            yield _("{call}: the sound is missing ({path})").format(call=call.reference, path=pcm)
        elif pcm.stat().st_size != size:
            yield _("{call}: the sound has {found} bytes instead of {size} ({path})").format(
                call=call.reference, found=pcm.stat().st_size, size=size, path=pcm
            )
        elif recording.pcm_sha256 and sha256_of(pcm) != recording.pcm_sha256:
            yield _("{call}: the sound has changed since the import ({path})").format(
                call=call.reference, path=pcm
            )
        if not (audio_dir / recording.peaks_file).is_file():
            yield _("{call}: the drawing of the sound is missing ({path})").format(
                call=call.reference, path=audio_dir / recording.peaks_file
            )


def check_scores(db: "Database") -> Iterator[str]:
    """Evaluations whose stored score is not that of their answers."""
    for evaluation in list_evaluations(db):
        stored = db.execute(
            "SELECT raw, final, critical, form_failed FROM evaluation WHERE id = ?",
            [evaluation.id],
        ).fetchone()
        if stored != _score_columns(evaluation):
            yield _("Evaluation {id}: the stored score is not that of its answers").format(
                id=evaluation.id
            )


def _score_columns(evaluation: Evaluation) -> tuple[float | None, float | None, float | None, int]:
    score = evaluation.score
    return (score.raw, score.final, score.critical, int(score.form_failed))
