"""The scored call list as an Excel workbook."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from callreview.config.language import _
from callreview.exchange.call_columns import Column, ScoredCall, Value
from callreview.exchange.cell_text import safe_cell

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_HEADER_COLOUR = "1F3A5F"
_WIDEST = 48
_NARROWEST = 9
_ROWS_MEASURED = 500
_FORMATS = {datetime: "yyyy-mm-dd hh:mm", date: "yyyy-mm-dd", float: "0.0##"}


def write_workbook(columns: Sequence[Column], rows: Sequence[ScoredCall], path: Path) -> None:
    """Write one sheet with numbers, dates and text as what they are; the header stays in view.

    Spreadsheets know no time zones: dates show the clock of the call.
    """
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = safe_cell(_("Calls"))[:31]
    sheet.append([safe_cell(column.title) for column in columns])
    for row in rows:
        sheet.append([_cell(column, column.value(row)) for column in columns])
    _format_cells(sheet)
    _format_header(sheet)
    _set_widths(sheet)
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = sheet.dimensions
    # In memory first: openpyxl cannot close its archive on a full disk.
    archive = io.BytesIO()
    book.save(archive)
    path.write_bytes(archive.getvalue())


def _cell(column: Column, value: Value) -> Value | datetime | date:
    if isinstance(value, str):
        moment = _moment(value) if column.key in ("started_at", "finished_at") else None
        return moment or safe_cell(value)
    return value


def _moment(text: str) -> datetime | date | None:
    try:
        moment = datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None
    return moment if len(text) > len("2025-02-19") else moment.date()


def _format_cells(sheet: "Worksheet") -> None:
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            if form := _FORMATS.get(type(cell.value)):
                cell.number_format = form


def _format_header(sheet: "Worksheet") -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    for cell in sheet[1]:
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", start_color=_HEADER_COLOUR)
        cell.alignment = Alignment(vertical="center", wrap_text=True)
    sheet.row_dimensions[1].height = 32


def _set_widths(sheet: "Worksheet") -> None:
    for cells in sheet.iter_cols():
        # Titles may wrap onto a second line, so they ask for half their length.
        title, *values = [cell.value for cell in cells[:_ROWS_MEASURED]]
        width = max(_width(title) / 2 + 4, *map(_width, values), _NARROWEST)
        sheet.column_dimensions[cells[0].column_letter].width = min(width, _WIDEST) + 2


def _width(value: object) -> float:
    if isinstance(value, datetime):
        return len("2025-02-19 06:01")
    text = "" if value is None else str(value)
    return sum(1.0 if letter.isascii() else 1.7 for letter in text)
