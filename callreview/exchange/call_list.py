"""The scored call list as CSV, XLSX or JSON: one row a call, one column a figure.

CSV and JSON name their columns by fixed English keys that scripts can rely on; XLSX shows titles
in the user's language.
"""

import csv
import json
from collections.abc import Sequence
from pathlib import Path

from callreview.config.files import write_whole_file
from callreview.config.language import _
from callreview.domain.errors import UserError
from callreview.exchange.call_columns import Column, ScoredCall, Value, columns_for
from callreview.exchange.call_workbook import write_workbook
from callreview.exchange.cell_text import safe_cell

SUFFIXES = (".csv", ".xlsx", ".json")


def write_call_list(rows: Sequence[ScoredCall], path: Path) -> None:
    """Write the calls to `path`; its suffix .csv, .xlsx or .json decides the form.

    CSV is UTF-8 with byte order mark, which spreadsheets need to read Hangul. Text that would
    run as a formula is neutralised in CSV and XLSX. Raises UserError for another suffix,
    EnvironmentProblem when the file cannot be written; an older file is kept then.
    """
    columns = columns_for(rows)
    writers = {".csv": _write_csv, ".xlsx": write_workbook, ".json": _write_json}
    writer = writers.get(path.suffix.lower())
    if writer is None:
        text = _("{file}: a call list is written as {suffixes}.")
        raise UserError(text.format(file=path, suffixes=", ".join(SUFFIXES)))
    write_whole_file(path, lambda beside: writer(columns, rows, beside))


def _write_csv(columns: Sequence[Column], rows: Sequence[ScoredCall], path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        # All text is quoted: another list separator in it must not open a cell of its own.
        writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC)
        writer.writerow([safe_cell(column.key) for column in columns])
        for row in rows:
            writer.writerow([_csv_cell(column.value(row)) for column in columns])


def _csv_cell(value: Value) -> Value:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return safe_cell(value) if isinstance(value, str) else value


def _write_json(columns: Sequence[Column], rows: Sequence[ScoredCall], path: Path) -> None:
    calls = [{column.key: column.value(row) for column in columns} for row in rows]
    text = json.dumps(calls, ensure_ascii=False, indent=2, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8", errors="replace")
