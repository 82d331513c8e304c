"""Writing rows so that it can be taken back: every change keeps the row before and after."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from sqlite_utils import Database

Value = str | int | float | None
Row = dict[str, Value]
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True)
class RowChange:
    """A row before and after a change; None where there was or is no row."""

    table: str
    before: Row | None
    after: Row | None


class Recorder:
    """The hands of an operation: changes rows of `db` and remembers how they were.

    `now` is the time of the operation, ISO 8601 in UTC.
    """

    def __init__(self, db: "Database", now: str) -> None:
        self.db = db
        self.now = now
        self.changes: list[RowChange] = []
        self._keys: dict[str, tuple[str, ...]] = {}
        self._children: dict[str, list[tuple[str, str]]] = {}

    def insert(self, table: str, row: Mapping[str, Value]) -> int:
        """Add a row; return its rowid, which is the `id` where the table has one."""
        columns = ", ".join(row)
        marks = ", ".join("?" * len(row))
        sql = f"INSERT INTO {table} ({columns}) VALUES ({marks})"
        rowid = self.db.execute(sql, list(row.values())).lastrowid
        after = _fetch(self.db, table, "rowid = ?", [rowid])[0]
        self.changes.append(RowChange(table, None, after))
        return int(rowid or 0)

    def update(self, table: str, key: Mapping[str, Value], changes: Mapping[str, Value]) -> None:
        """Change columns of the row with this primary key; KeyError when there is none."""
        before = self.row(table, key)
        if before is None:
            raise KeyError((table, dict(key)))
        where, values = _where(key)
        columns = ", ".join(f"{name} = ?" for name in changes)
        self.db.execute(f"UPDATE {table} SET {columns} WHERE {where}", [*changes.values(), *values])
        after = self.row(table, {name: changes.get(name, value) for name, value in key.items()})
        if after != before:
            self.changes.append(RowChange(table, before, after))

    def delete(self, table: str, key: Mapping[str, Value]) -> None:
        """Remove a row and all that depends on it; KeyError when there is none."""
        row = self.row(table, key)
        if row is None:
            raise KeyError((table, dict(key)))
        found = [RowChange(table, row, None), *self._dependents(table, [row])]
        where, values = _where(key)
        self.db.execute(f"DELETE FROM {table} WHERE {where}", values)
        self.changes.extend(reversed(found))

    def row(self, table: str, key: Mapping[str, Value]) -> Row | None:
        """The row with this key as it stands, or None."""
        where, values = _where(key)
        rows = _fetch(self.db, table, where, values)
        return rows[0] if rows else None

    def key_of(self, table: str, row: Mapping[str, Value]) -> Row:
        """The primary key columns of a row."""
        if table not in self._keys:
            found = self.db.execute(
                "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", [table]
            )
            self._keys[table] = tuple(name for (name,) in found)
        return {name: row[name] for name in self._keys[table]}

    def _dependents(self, table: str, rows: list[Row]) -> list[RowChange]:
        """All rows that a delete of `rows` takes along, parents before their children."""
        found: list[RowChange] = []
        for child, column in self._child_tables(table):
            parents = json.dumps([row["id"] for row in rows])
            where = f"{column} IN (SELECT value FROM json_each(?)) ORDER BY rowid"
            children = _fetch(self.db, child, where, [parents])
            if children:
                found += [RowChange(child, row, None) for row in children]
                found += self._dependents(child, children)
        return found

    def _child_tables(self, table: str) -> list[tuple[str, str]]:
        if table not in self._children:
            found = self.db.execute(
                'SELECT m.name, f."from" FROM sqlite_schema AS m, pragma_foreign_key_list(m.name) '
                "AS f WHERE m.type = 'table' AND f.\"table\" = ? AND f.on_delete = 'CASCADE'",
                [table],
            )
            self._children[table] = [(name, column) for name, column in found]
        return self._children[table]


class Operation(Protocol[T_co]):
    """One action of a user: frozen data that knows how to change the rows."""

    @property
    def name(self) -> str:
        """What the journal calls it."""

    @property
    def label(self) -> str:
        """What the user calls it, for "Undo: ...", in the user's language."""

    @property
    def topics(self) -> frozenset[str]:
        """What it touches (domain/changes.py)."""

    def run(self, recorder: Recorder) -> T_co:
        """Change the rows through `recorder`; UserError when that is not possible."""


def _where(key: Mapping[str, Value]) -> tuple[str, list[Value]]:
    return " AND ".join(f"{name} = ?" for name in key), list(key.values())


def _fetch(db: "Database", table: str, where: str, values: list[Value]) -> list[Row]:
    cursor = db.execute(f"SELECT * FROM {table} WHERE {where}", values)
    columns = [column[0] for column in cursor.description]
    return [dict(zip(columns, row, strict=True)) for row in cursor]
