"""The journal of what users did, and undo and redo as in an editor.

An entry keeps the rows it changed, before and after, in the transaction that changed them. Undo
and redo are entries too: each writes the rows of the entry it reverts back and keeps what it
replaced, so it can be reverted itself. An entry stands on the undo stack, on the redo stack or on
none; a new action empties the redo stack.
"""

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Literal, TypeVar

from callreview.config.language import _
from callreview.domain.errors import UserError
from callreview.storage.operations.labels import action_label, thing_of
from callreview.storage.recorder import Operation, Recorder, Row, RowChange

if TYPE_CHECKING:
    from sqlite_utils import Database

T = TypeVar("T")
Stack = Literal["undo", "redo"]

MACHINE_MADE: Final = frozenset({"processing", "speaker", "transcript", "turn", "hit", "analysis"})
"""Tables that the program writes by itself: they may have moved on under a user's action."""


COUNTED: Final = frozenset({"hit", "analysis"})
"""Those of them that are counted again when lists or thresholds change, and so can be any time."""


@dataclass(frozen=True)
class Entry:
    """An entry of the journal without its rows."""

    id: int
    name: str
    topics: frozenset[str]


@dataclass(frozen=True)
class Reverted:
    """What an undo or redo has just reverted."""

    name: str
    topics: frozenset[str]


class _MovedOnError(Exception):
    def __init__(self, change: RowChange) -> None:
        self.change = change


def apply(db: "Database", operation: Operation[T], initiator: str) -> T:
    """Run a user's action and write it to the journal; nothing can be redone afterwards."""
    recorder = Recorder(db, _now())
    result = operation.run(recorder)
    db.execute("UPDATE operation SET stack = NULL WHERE stack = 'redo'")
    _write(recorder, operation.name, "do", operation.topics, initiator, "undo", None)
    return result


def newest(db: "Database", stack: Stack) -> Entry | None:
    """The entry that undo or redo would revert."""
    row = db.execute(
        "SELECT id, name, topics FROM operation WHERE stack = ? ORDER BY id DESC LIMIT 1", [stack]
    ).fetchone()
    return None if row is None else Entry(row[0], row[1], frozenset(json.loads(row[2])))


def newest_name(db: "Database", stack: Stack) -> str | None:
    """The name of the entry that undo or redo would revert."""
    entry = newest(db, stack)
    return None if entry is None else entry.name


def revert_newest(db: "Database", stack: Stack, initiator: str) -> Reverted:
    """Undo or redo: revert the newest entry of `stack` and put its counterpart on the other.

    Raises UserError when the stack is empty or rows of the entry have changed since.
    """
    entry = newest(db, stack)
    if entry is None:
        raise UserError(
            _("There is nothing to undo.") if stack == "undo" else _("There is nothing to redo.")
        )
    recorder = Recorder(db, _now())
    changes = _without_overtaken(recorder, _changes(db, entry.id))
    if _counted_since(recorder, changes):
        _count_later(recorder, [c for c in changes if c.table == "analysis"])
        changes = [change for change in changes if change.table not in COUNTED]
    try:
        for change in reversed(changes):
            _revert(recorder, change)
    except _MovedOnError as moved:
        raise _refusal(db, stack, entry, moved.change) from None
    other: Stack = "redo" if stack == "undo" else "undo"
    db.execute("UPDATE operation SET stack = NULL WHERE id = ?", [entry.id])
    _write(recorder, entry.name, stack, entry.topics, initiator, other, entry.id)
    return Reverted(entry.name, entry.topics)


def _without_overtaken(recorder: Recorder, changes: list[RowChange]) -> list[RowChange]:
    """The changes without the choice of a transcript that a newer transcript has overtaken.

    Else nobody could undo anything before a call was transcribed again.
    """
    chosen = [c for c in changes if c.table == "transcript" and c.before and c.after]
    if all(_stands(recorder, change) for change in chosen):
        return changes
    return [change for change in changes if change not in chosen]


def _stands(recorder: Recorder, change: RowChange) -> bool:
    row = change.after or {}
    return recorder.row(change.table, recorder.key_of(change.table, row)) == row


def _counted_since(recorder: Recorder, changes: list[RowChange]) -> bool:
    """Whether what is counted by role was counted again since, by other lists or thresholds."""
    last: dict[str, RowChange] = {}
    for change in changes:
        if change.table in COUNTED:
            key = recorder.key_of(change.table, change.after or change.before or {})
            last[f"{change.table} {sorted(key.items())}"] = change
    return any(
        recorder.row(c.table, recorder.key_of(c.table, c.after or c.before or {})) != c.after
        for c in last.values()
    )


def _count_later(recorder: Recorder, changes: list[RowChange]) -> None:
    """Mark analyses, by naming no models, that are to be counted again by the roles of then."""
    for change in changes:
        key = recorder.key_of("analysis", change.after or change.before or {})
        if recorder.row("analysis", key) is not None:
            recorder.update("analysis", key, {"models": "{}"})


def _revert(recorder: Recorder, change: RowChange) -> None:
    row = change.after or change.before or {}
    key = recorder.key_of(change.table, row)
    current = recorder.row(change.table, key)
    if change.before is None and change.table in MACHINE_MADE:
        if current is not None:
            recorder.delete(change.table, key)
        return
    if current != change.after:
        raise _MovedOnError(change)
    try:
        _write_back(recorder, change, key)
    except sqlite3.IntegrityError as error:
        raise _MovedOnError(change) from error


def _write_back(recorder: Recorder, change: RowChange, key: Row) -> None:
    if change.before is None:
        recorder.delete(change.table, key)
    elif change.after is None:
        recorder.insert(change.table, change.before)
    else:
        recorder.update(change.table, key, change.before)


def _refusal(db: "Database", stack: Stack, entry: Entry, change: RowChange) -> UserError:
    text = (
        _("“{action}” cannot be undone: {thing} has changed since.")
        if stack == "undo"
        else _("“{action}” cannot be done again: {thing} has changed since.")
    )
    thing = thing_of(change.table, _reference(db, change))
    return UserError(text.format(action=action_label(entry.name), thing=thing))


_CALL_OF: Final[dict[str, Callable[[Row], tuple[str, object]]]] = {
    "call": lambda row: ("?", row["id"]),
    "answer": lambda row: ("SELECT call_id FROM evaluation WHERE id = ?", row["evaluation_id"]),
    "evidence": lambda row: (
        "SELECT call_id FROM evaluation JOIN answer ON evaluation_id = evaluation.id "
        "WHERE answer.id = ?",
        row["answer_id"],
    ),
}


def _reference(db: "Database", change: RowChange) -> str:
    """The reference of the call that a row belongs to, "" when it belongs to none."""
    row = change.after or change.before or {}
    if change.table in _CALL_OF:
        call, value = _CALL_OF[change.table](row)
    elif "call_id" in row:
        call, value = "?", row["call_id"]
    else:
        return ""
    found = db.execute(f"SELECT reference FROM call WHERE id = ({call})", [value]).fetchone()
    return str(found[0]) if found else str(row.get("reference", ""))


def _write(
    recorder: Recorder,
    name: str,
    kind: Literal["do", "undo", "redo"],
    topics: frozenset[str],
    initiator: str,
    stack: Stack,
    reverts: int | None,
) -> None:
    operation_id = recorder.db.execute(
        "INSERT INTO operation (name, kind, reverts, stack, topics, initiator, created_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        [name, kind, reverts, stack, json.dumps(sorted(topics)), initiator, recorder.now],
    ).lastrowid
    recorder.db.conn.executemany(
        "INSERT INTO operation_row (operation_id, position, table_name, before, after) "
        "VALUES (?, ?, ?, ?, ?)",
        [
            (operation_id, position, change.table, _image(change.before), _image(change.after))
            for position, change in enumerate(recorder.changes)
        ],
    )


def _changes(db: "Database", operation_id: int) -> list[RowChange]:
    rows = db.execute(
        "SELECT table_name, before, after FROM operation_row WHERE operation_id = ? "
        "ORDER BY position",
        [operation_id],
    )
    return [RowChange(table, _row(before), _row(after)) for table, before, after in rows]


def _image(row: Row | None) -> str | None:
    return None if row is None else json.dumps(row, ensure_ascii=False)


def _row(image: str | None) -> Row | None:
    return None if image is None else json.loads(image)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
