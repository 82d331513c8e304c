"""Migration 0001: the first shape of a workspace database.

Ids are AUTOINCREMENT so that an id is never used twice: redo brings rows back under their old id.
What the machine finds out (processing, transcript, turn, hit, analysis) stands in tables of its
own, so that it never touches a row that a user's action wrote.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

CALLS = (
    """
    CREATE TABLE call (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        reference TEXT NOT NULL UNIQUE CHECK (reference <> ''),
        agent TEXT NOT NULL,
        started_at TEXT NOT NULL,
        customer_id TEXT NOT NULL,
        caller TEXT NOT NULL,
        direction TEXT NOT NULL CHECK (direction IN ('inbound', 'outbound', '')),
        queue TEXT NOT NULL,
        campaign TEXT NOT NULL,
        source TEXT NOT NULL,
        outcome TEXT NOT NULL,
        team TEXT NOT NULL,
        language TEXT NOT NULL,
        csat REAL,
        hold_s REAL,
        agent_channel INTEGER,
        extra TEXT NOT NULL CHECK (json_valid(extra))
    ) STRICT
    """,
    "CREATE INDEX call_by_start ON call (started_at)",
    "CREATE INDEX call_by_agent ON call (agent, started_at)",
    """
    CREATE TABLE recording (
        call_id INTEGER PRIMARY KEY REFERENCES call (id) ON DELETE CASCADE,
        sources TEXT NOT NULL CHECK (json_valid(sources)),
        sha256 TEXT NOT NULL,
        pcm_file TEXT NOT NULL,
        pcm_sha256 TEXT NOT NULL,
        peaks_file TEXT NOT NULL,
        channels INTEGER NOT NULL CHECK (channels > 0),
        sample_rate INTEGER NOT NULL CHECK (sample_rate > 0),
        frames INTEGER NOT NULL CHECK (frames >= 0),
        damage TEXT NOT NULL CHECK (json_valid(damage))
    ) STRICT
    """,
    """
    CREATE TABLE processing (
        call_id INTEGER PRIMARY KEY REFERENCES call (id) ON DELETE CASCADE,
        status TEXT NOT NULL CHECK (status IN ('processing', 'processed', 'failed')),
        problem TEXT NOT NULL,
        sha256 TEXT NOT NULL
    ) STRICT
    """,
)

TRANSCRIPTS = (
    """
    CREATE TABLE speaker (
        call_id INTEGER NOT NULL REFERENCES call (id) ON DELETE CASCADE,
        id TEXT NOT NULL,
        role TEXT NOT NULL CHECK (role IN ('agent', 'customer', 'ivr', 'supervisor', 'unknown')),
        channel INTEGER,
        assigned INTEGER NOT NULL CHECK (assigned IN (0, 1)),
        PRIMARY KEY (call_id, id)
    ) STRICT
    """,
    """
    CREATE TABLE transcript (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        call_id INTEGER NOT NULL REFERENCES call (id) ON DELETE CASCADE,
        version INTEGER NOT NULL,
        active INTEGER NOT NULL CHECK (active IN (0, 1)),
        sha256 TEXT NOT NULL,
        language TEXT NOT NULL,
        speakers TEXT NOT NULL CHECK (json_valid(speakers)),
        models TEXT NOT NULL CHECK (json_valid(models)),
        masked TEXT NOT NULL CHECK (json_valid(masked)),
        created_at TEXT NOT NULL,
        UNIQUE (call_id, version)
    ) STRICT
    """,
    """
    CREATE UNIQUE INDEX one_active_transcript_per_recording
    ON transcript (call_id, sha256) WHERE active
    """,
    """
    CREATE TABLE turn (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        transcript_id INTEGER NOT NULL REFERENCES transcript (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        speaker TEXT NOT NULL,
        start_s REAL NOT NULL,
        end_s REAL NOT NULL,
        text TEXT NOT NULL,
        language TEXT NOT NULL,
        words TEXT NOT NULL CHECK (json_valid(words)),
        sentiment TEXT CHECK (sentiment IN ('negative', 'neutral', 'positive')),
        negative REAL,
        neutral REAL,
        positive REAL,
        UNIQUE (transcript_id, position)
    ) STRICT
    """,
    """
    CREATE TABLE hit (
        turn_id INTEGER NOT NULL REFERENCES turn (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        list TEXT NOT NULL,
        phrase TEXT NOT NULL,
        start_s REAL NOT NULL,
        end_s REAL NOT NULL,
        start_char INTEGER NOT NULL,
        end_char INTEGER NOT NULL,
        PRIMARY KEY (turn_id, position)
    ) STRICT
    """,
    """
    CREATE TABLE analysis (
        transcript_id INTEGER PRIMARY KEY REFERENCES transcript (id) ON DELETE CASCADE,
        sentiment TEXT NOT NULL CHECK (json_valid(sentiment)),
        metrics TEXT NOT NULL CHECK (json_valid(metrics)),
        models TEXT NOT NULL CHECK (json_valid(models))
    ) STRICT
    """,
)

REVIEW = (
    """
    CREATE TABLE comment (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        call_id INTEGER NOT NULL REFERENCES call (id) ON DELETE CASCADE,
        start_s REAL NOT NULL,
        end_s REAL NOT NULL CHECK (end_s >= start_s),
        text TEXT NOT NULL,
        author TEXT NOT NULL,
        created_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX comment_by_call ON comment (call_id, start_s)",
    """
    CREATE TABLE scorecard (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        version INTEGER NOT NULL,
        body TEXT NOT NULL CHECK (json_valid(body)),
        UNIQUE (name, version)
    ) STRICT
    """,
    """
    CREATE TRIGGER scorecard_never_changes BEFORE UPDATE ON scorecard BEGIN
        SELECT RAISE(ABORT, 'a published scorecard version never changes');
    END
    """,
    """
    CREATE TABLE evaluation (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        call_id INTEGER NOT NULL REFERENCES call (id) ON DELETE CASCADE,
        scorecard_id INTEGER NOT NULL REFERENCES scorecard (id),
        reviewer TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('draft', 'final')),
        created_at TEXT NOT NULL,
        finished_at TEXT NOT NULL,
        raw REAL,
        final REAL,
        critical REAL,
        form_failed INTEGER NOT NULL CHECK (form_failed IN (0, 1)),
        fail_causes TEXT NOT NULL CHECK (json_valid(fail_causes))
    ) STRICT
    """,
    "CREATE INDEX evaluation_by_call ON evaluation (call_id, status, finished_at)",
    """
    CREATE TABLE answer (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        evaluation_id INTEGER NOT NULL REFERENCES evaluation (id) ON DELETE CASCADE,
        question TEXT NOT NULL,
        value REAL CHECK (value BETWEEN 0 AND 1),
        note TEXT NOT NULL,
        answered INTEGER NOT NULL CHECK (answered IN (0, 1)),
        UNIQUE (evaluation_id, question)
    ) STRICT
    """,
    """
    CREATE TABLE evidence (
        answer_id INTEGER NOT NULL REFERENCES answer (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        start_s REAL NOT NULL,
        end_s REAL NOT NULL CHECK (end_s >= start_s),
        quote TEXT NOT NULL,
        PRIMARY KEY (answer_id, position)
    ) STRICT
    """,
    """
    CREATE TABLE keyword_list (
        name TEXT NOT NULL,
        language TEXT NOT NULL,
        body TEXT NOT NULL CHECK (json_valid(body)),
        position INTEGER NOT NULL,
        PRIMARY KEY (name, language)
    ) STRICT
    """,
    "CREATE TABLE setting (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT",
)

JOURNAL = (
    """
    CREATE TABLE operation (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('do', 'undo', 'redo')),
        reverts INTEGER REFERENCES operation (id),
        stack TEXT CHECK (stack IN ('undo', 'redo')),
        topics TEXT NOT NULL CHECK (json_valid(topics)),
        initiator TEXT NOT NULL,
        created_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX operation_by_stack ON operation (stack, id) WHERE stack IS NOT NULL",
    """
    CREATE TABLE operation_row (
        operation_id INTEGER NOT NULL REFERENCES operation (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        table_name TEXT NOT NULL,
        before TEXT CHECK (before IS NULL OR json_valid(before)),
        after TEXT CHECK (after IS NULL OR json_valid(after)),
        PRIMARY KEY (operation_id, position)
    ) STRICT
    """,
)


def _full_text(table: str, column: str) -> tuple[str, ...]:
    """A search index over one column, kept in step by triggers.

    unicode61 and prefix queries: trigrams cannot find Korean words of two syllables.
    """
    index = f"{table}_fts"
    remove = (
        f"INSERT INTO {index} ({index}, rowid, {column}) VALUES ('delete', old.id, old.{column});"
    )
    add = f"INSERT INTO {index} (rowid, {column}) VALUES (new.id, new.{column});"
    return (
        f"CREATE VIRTUAL TABLE {index} USING fts5 ({column}, content='{table}', "
        "content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='1 2 3')",
        f"CREATE TRIGGER {index}_insert AFTER INSERT ON {table} BEGIN {add} END",
        f"CREATE TRIGGER {index}_delete AFTER DELETE ON {table} BEGIN {remove} END",
        f"CREATE TRIGGER {index}_update AFTER UPDATE OF {column} ON {table} "
        f"BEGIN {remove} {add} END",
    )


STATEMENTS = (
    *CALLS,
    *TRANSCRIPTS,
    *REVIEW,
    *JOURNAL,
    *_full_text("turn", "text"),
    *_full_text("comment", "text"),
    *_full_text("answer", "note"),
)


def create_tables(db: "Database") -> None:
    """Make all tables, search indexes and triggers of the first version."""
    for statement in STATEMENTS:
        db.execute(statement)
