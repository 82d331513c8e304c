"""Texts of a workspace that are rewritten for good: transcripts, notes, and the journal's images of them.

Nothing here can be undone, and afterwards nothing of the old texts is left in the database: deleted
content is overwritten (`secure_delete`), the search indexes are built anew, the log is emptied.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from callreview.domain.call_analysis import CallAnalysis
from callreview.domain.transcript import Transcript, Turn
from callreview.storage.checks import SEARCH_INDEXES
from callreview.storage.recorder import Row, Value
from callreview.storage.serialise import to_json, words_from_json, words_to_json
from callreview.storage.transcripts import analysis_row, replace_hits

if TYPE_CHECKING:
    from sqlite_utils import Database

_NOTES: Final = (
    ("comment", "text", "SELECT id, NULL, text, start_s, end_s FROM comment WHERE call_id = ?"),
    (
        "answer",
        "note",
        "SELECT answer.id, NULL, note, NULL, NULL FROM answer "
        "JOIN evaluation ON evaluation.id = evaluation_id WHERE call_id = ?",
    ),
    (
        "evidence",
        "quote",
        "SELECT answer_id, position, quote, start_s, end_s FROM evidence "
        "JOIN answer ON answer.id = answer_id JOIN evaluation ON evaluation.id = evaluation_id "
        "WHERE call_id = ?",
    ),
)
_TEXT_TABLES: Final = ("turn", "comment", "answer", "evidence", "transcript", "analysis")


@dataclass(frozen=True)
class Note:
    """A text that a person wrote or quoted about a call; times in seconds where it has some."""

    table: str
    column: str
    id: int
    position: int | None
    text: str
    start_s: float | None
    end_s: float | None


@dataclass(frozen=True)
class Image:
    """A row that the journal keeps, as it was `before` or `after` an operation."""

    operation: int
    position: int
    side: str
    table: str
    row: Row


def rules_by_transcript(db: "Database", rules: str) -> list[tuple[int, int, str]]:
    """Call and id of every version of every transcript, and what `models` names `rules` in it."""
    rows = db.execute(
        "SELECT call_id, id, coalesce(json_extract(models, ?), '') FROM transcript "
        "ORDER BY call_id, id",
        [f"$.{rules}"],
    )
    return [(call_id, transcript_id, used) for call_id, transcript_id, used in rows]


def rewrite_transcript(
    db: "Database", transcript_id: int, transcript: Transcript, analysis: CallAnalysis | None
) -> None:
    """Write a transcript's words, masked spans, models, hits and analysis over the old ones."""
    stored = dict(
        db.execute("SELECT position, words FROM turn WHERE transcript_id = ?", [transcript_id])
    )
    changed = False
    for position, turn in enumerate(transcript.turns):
        words = words_to_json(turn.words)
        if stored[position] != words:
            changed = True
            db.execute(
                "UPDATE turn SET text = ?, words = ? WHERE transcript_id = ? AND position = ?",
                [turn.text, words, transcript_id, position],
            )
    db.execute(
        "UPDATE transcript SET masked = ?, models = ? WHERE id = ?",
        [to_json(transcript.masked), to_json(transcript.models), transcript_id],
    )
    if changed:
        replace_hits(db, transcript_id, [turn.hits for turn in transcript.turns])
    if analysis is not None:
        _update(db, "analysis", analysis_row(analysis), {"transcript_id": transcript_id})


def notes_of_call(db: "Database", call_id: int) -> list[Note]:
    """The comments on a call, the notes of its answers and the quotes of their evidence."""
    return [
        Note(table, column, *row)
        for table, column, query in _NOTES
        for row in db.execute(query, [call_id])
    ]


def rewrite_note(db: "Database", note: Note, text: str) -> None:
    """Write another text over a note's."""
    key: Row = {"id": note.id}
    if note.table == "evidence":
        key = {"answer_id": note.id, "position": note.position}
    _update(db, note.table, {note.column: text}, key)


def _update(db: "Database", table: str, values: Row, key: Row) -> None:
    columns = ", ".join(f"{name} = ?" for name in values)
    where = " AND ".join(f"{name} = ?" for name in key)
    given: list[Value] = [*values.values(), *key.values()]
    db.execute(f"UPDATE {table} SET {columns} WHERE {where}", given)


def rewrite_images(db: "Database", rewrite: Callable[[Sequence[Image]], Sequence[Image]]) -> int:
    """Let `rewrite` change the images of texts, an operation at a time; return how many changed."""
    changed = 0
    for images in _images_by_operation(db):
        for old, new in zip(images, rewrite(images), strict=True):
            if old.row != new.row:
                changed += 1
                db.execute(
                    f"UPDATE operation_row SET {new.side} = ? "
                    "WHERE operation_id = ? AND position = ?",
                    [json.dumps(new.row, ensure_ascii=False), new.operation, new.position],
                )
    return changed


def _images_by_operation(db: "Database") -> Iterator[list[Image]]:
    marks = ", ".join("?" * len(_TEXT_TABLES))
    operations = db.execute(
        f"SELECT DISTINCT operation_id FROM operation_row WHERE table_name IN ({marks})",
        list(_TEXT_TABLES),
    ).fetchall()
    for (operation,) in operations:
        rows = db.execute(
            "SELECT position, table_name, before, after FROM operation_row "
            f"WHERE operation_id = ? AND table_name IN ({marks}) ORDER BY position",
            [operation, *_TEXT_TABLES],
        ).fetchall()
        yield [
            Image(operation, position, side, table, json.loads(image))
            for position, table, before, after in rows
            for side, image in (("before", before), ("after", after))
            if image is not None
        ]


def turn_of(image: Image) -> Turn:
    """The turn that an image of a row of table `turn` holds."""
    row = image.row
    return Turn(
        speaker=str(row["speaker"]),
        role="unknown",
        start_s=float(row["start_s"] or 0.0),
        end_s=float(row["end_s"] or 0.0),
        words=words_from_json(str(row["words"])),
        language=str(row["language"]),
    )


def with_turn(image: Image, turn: Turn) -> Image:
    """The image with the words of another turn."""
    return replace(image, row={**image.row, "text": turn.text, "words": words_to_json(turn.words)})


def forget_old_texts(db: "Database") -> None:
    """Build the search indexes anew: they keep deleted words until they are merged."""
    for index in SEARCH_INDEXES:
        db.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")


def copies_of(backups_dir: Path, reports_dir: Path) -> tuple[Path, ...]:
    """Backups and reports in the workspace's folder, which keep the texts as they were."""
    files = [path for folder in (backups_dir, reports_dir) for path in folder.rglob("*")]
    return tuple(sorted(path for path in files if path.is_file()))
