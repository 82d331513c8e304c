"""Settings that belong to the workspace rather than to the person."""

import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlite_utils import Database

AGENT_CHANNEL: Final = "agent channel"
"""The key of the 0-based channel that agents are recorded on."""

READABLE_KINDS: Final = "readable personal data"
"""The key of the kinds of personal data (JSON list) that are not masked."""

TALK_THRESHOLDS: Final = "talk thresholds"
"""The key of the thresholds of talk metrics (JSON object of seconds by name)."""

TOPICS: Final = "topics"
"""The key of the topics of calls (JSON list of names and examples)."""


def load_setting(db: "Database", key: str) -> str | None:
    """The value of a setting, None when it was never set."""
    row = db.execute("SELECT value FROM setting WHERE key = ?", [key]).fetchone()
    return None if row is None else str(row[0])


def save_setting(db: "Database", key: str, value: str) -> None:
    """Set a setting."""
    db.execute(
        "INSERT INTO setting (key, value) VALUES (?, ?) "
        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        [key, value],
    )


def load_readable_kinds(db: "Database") -> frozenset[str]:
    """The kinds of personal data that were switched off; the others are masked."""
    return frozenset(json.loads(load_setting(db, READABLE_KINDS) or "[]"))
