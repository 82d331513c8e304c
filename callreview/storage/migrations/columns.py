"""Adding a column to a table that the journal keeps rows of."""

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def add_column(db: "Database", table: str, column: str, kind: str, default: float | str) -> None:
    """Add a column (STRICT type and further constraints in `kind`) with a default.

    The rows that the journal keeps get it too: undo compares them with the rows as they stand.
    """
    literal = f"'{default}'" if isinstance(default, str) else str(default)
    db.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind} NOT NULL DEFAULT {literal}")
    for image in ("before", "after"):
        db.execute(
            f"UPDATE operation_row SET {image} = json_set({image}, ?, json(?)) "
            f"WHERE table_name = ? AND {image} IS NOT NULL",
            [f"$.{column}", json.dumps(default), table],
        )
