"""Migration 0003: what was found in calls, and a table of it to filter the library by."""

from typing import TYPE_CHECKING

from callreview.storage.migrations.columns import add_column

if TYPE_CHECKING:
    from sqlite_utils import Database

_ADD = """
    INSERT INTO finding (transcript_id, kind, label, role, confidence)
    SELECT new.transcript_id, value ->> 'kind', value ->> 'label', value ->> 'role',
        value ->> 'confidence'
    FROM json_each(new.findings);
"""
_REMOVE = "DELETE FROM finding WHERE transcript_id = old.transcript_id;"


def add_findings(db: "Database") -> None:
    """Add the findings of an analysis, and the table `finding` that triggers keep in step with them.

    The findings themselves stand in one column, so that a user's action which changes them is
    undone with the row. Like a search index, the table has no foreign key: undo need not know it.
    """
    add_column(db, "analysis", "findings", "TEXT CHECK (json_valid(findings))", "[]")
    db.execute(
        """
        CREATE TABLE finding (
            transcript_id INTEGER NOT NULL,
            kind TEXT NOT NULL,
            label TEXT NOT NULL,
            role TEXT NOT NULL,
            confidence REAL NOT NULL
        ) STRICT
        """
    )
    db.execute("CREATE INDEX finding_by_transcript ON finding (transcript_id)")
    db.execute("CREATE INDEX finding_by_kind ON finding (kind, label)")
    for event, statements in (
        ("INSERT", _ADD),
        ("UPDATE OF findings", _REMOVE + _ADD),
        ("DELETE", _REMOVE),
    ):
        name = f"finding_after_{event.split()[0].lower()}"
        db.execute(f"CREATE TRIGGER {name} AFTER {event} ON analysis BEGIN {statements} END")
