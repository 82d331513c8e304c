"""Migration 0002: what speech finds out beside the words, the glossary, and evaluations to check."""

from typing import TYPE_CHECKING

from callreview.storage.migrations.columns import add_column

if TYPE_CHECKING:
    from sqlite_utils import Database


def add_what_speech_finds(db: "Database") -> None:
    """Add confidences, overlap, costs and counts of dropped words, and the table of the glossary.

    `analysis.speech` is the voice activity of each speaker; analyses made before have none.
    `evaluation.roles_changed` tells that roles were changed after the evaluation was made.
    """
    add_column(db, "transcript", "dropped", "TEXT CHECK (json_valid(dropped))", "{}")
    add_column(db, "transcript", "stages", "TEXT CHECK (json_valid(stages))", "[]")
    add_column(db, "transcript", "voices_alike", "INTEGER CHECK (voices_alike IN (0, 1))", 0)
    add_column(db, "transcript", "sound_notes", "TEXT CHECK (json_valid(sound_notes))", "[]")
    add_column(db, "turn", "speaker_confidence", "REAL", 1.0)
    add_column(db, "turn", "overlap_s", "REAL", 0.0)
    add_column(db, "speaker", "confidence", "REAL", 1.0)
    add_column(db, "analysis", "speech", "TEXT CHECK (json_valid(speech))", "{}")
    add_column(db, "evaluation", "roles_changed", "INTEGER CHECK (roles_changed IN (0, 1))", 0)
    db.execute(
        "CREATE TABLE glossary_term (term TEXT PRIMARY KEY NOT NULL CHECK (term <> ''), "
        "position INTEGER NOT NULL) STRICT"
    )
