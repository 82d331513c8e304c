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

_FIGURES = """
    SELECT {row}.transcript_id,
        {row}.sentiment ->> '$.customer.score',
        {row}.sentiment ->> '$.customer.shift',
        {row}.metrics ->> '$.dead_air.total_s',
        coalesce(json_array_length({row}.metrics, '$.interruptions.agent'), 0),
        {row}.metrics ->> '$.talk_share.agent',
        coalesce((
            SELECT value ->> 'label' FROM json_each({row}.findings)
            WHERE value ->> 'kind' = 'contact_reason'
            ORDER BY value ->> 'confidence' DESC LIMIT 1
        ), ''),
        (
            SELECT json_group_object(kind, amount) FROM (
                SELECT value ->> 'kind' AS kind, count(*) AS amount
                FROM json_each({row}.findings) GROUP BY 1
            )
        )
"""
_ADD_FIGURES = f"INSERT INTO figure {_FIGURES.format(row='new')};"
_REMOVE_FIGURES = "DELETE FROM figure WHERE transcript_id = old.transcript_id;"


def add_findings(db: "Database") -> None:
    """Add the findings of an analysis, and the table `finding` that triggers keep in step with them.

    The findings themselves stand in one column, so that a user's action which changes them is
    undone with the row. Like a search index, the table has no foreign key: undo need not know it.
    """
    add_column(db, "analysis", "findings", "TEXT CHECK (json_valid(findings))", "[]")
    add_column(db, "hit", "near", "INTEGER CHECK (near IN (0, 1))", 0)
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
    _add_figures(db)


def _add_figures(db: "Database") -> None:
    """Add the table `figure`: what the call list shows of an analysis, without reading all of it.

    `reason` is the surest contact reason, `found` how many findings there are of each kind.
    Seconds and shares as in the talk metrics; interruptions and share are the agent's.
    """
    db.execute(
        """
        CREATE TABLE figure (
            transcript_id INTEGER PRIMARY KEY,
            sentiment REAL,
            shift REAL,
            dead_air_s REAL,
            interruptions INTEGER NOT NULL,
            talk_share REAL,
            reason TEXT NOT NULL,
            found TEXT NOT NULL CHECK (json_valid(found))
        ) STRICT
        """
    )
    db.execute(f"INSERT INTO figure {_FIGURES.format(row='analysis')} FROM analysis")
    db.execute("CREATE INDEX hit_by_list ON hit (list, turn_id)")
    for event, statements in (
        ("INSERT", _ADD_FIGURES),
        ("UPDATE", _REMOVE_FIGURES + _ADD_FIGURES),
        ("DELETE", _REMOVE_FIGURES),
    ):
        name = f"figure_after_{event.lower()}"
        db.execute(f"CREATE TRIGGER {name} AFTER {event} ON analysis BEGIN {statements} END")
