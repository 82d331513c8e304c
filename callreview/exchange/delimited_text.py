"""Tables as people save them: CSV in the encodings and with the separators of spreadsheets."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes

from callreview.config.language import _
from callreview.domain.errors import EnvironmentProblem, UserError

SEPARATORS = (",", ";", "\t")
_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_OFFICE_FILES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True)
class TableRow:
    """One row and its number as a spreadsheet counts it: the first row of the file is 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """The header, the rows that hold something, and what could not be read of the rest."""

    header: tuple[str, ...]
    rows: tuple[TableRow, ...]
    problems: tuple[str, ...]


def read_table(path: Path, fitness: Callable[[Sequence[str]], int]) -> Table:
    """Read a CSV file; the separator is the one whose header has the highest `fitness`.

    Encodings: UTF-8 and UTF-16 with or without byte order mark, CP949, CP1252. Raises UserError
    when the file is absent, no text, or has no header and rows; EnvironmentProblem when it may
    not be read.
    """
    text, hint = _without_separator_line(decode_text(path, _read_bytes(path)))
    rows, problems = _parse(text, hint or _separator(text, fitness), path)
    if not rows:
        raise UserError(_("{file} is empty.").format(file=path))
    if len(rows) == 1 and not problems:
        raise UserError(_("{file} has a header but no rows.").format(file=path))
    return Table(rows[0].cells, tuple(rows[1:]), tuple(problems))


def read_text(path: Path) -> str:
    """The text of a file in one of the encodings of `read_table`; it raises the same errors."""
    return decode_text(path, _read_bytes(path)).lstrip("\ufeff")


def decode_text(path: Path, data: bytes) -> str:
    """Decode `data`; `path` is named in the UserError when it is no text."""
    if data.startswith(_OFFICE_FILES):
        text = _("{file} is a spreadsheet, not a CSV file. Save it as CSV (UTF-8) first.")
        raise UserError(text.format(file=path))
    try:
        text = data.decode(_encoding(data))
    except (UnicodeDecodeError, LookupError):
        text = "\0"
    if "\0" in text:
        raise UserError(_("{file} is not a text file.").format(file=path))
    return text


def _encoding(data: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding
    if b"\0" in data:
        # Separators and line ends are half NUL in UTF-16: the first half in big-endian.
        return "utf-16-be" if data[::2].count(0) > data[1::2].count(0) else "utf-16-le"
    if _decodes(data, "utf-8"):
        return "utf-8"
    return _one_of_two(data)


def _one_of_two(data: bytes) -> str:
    if _decodes(data, "euc_kr") and all(
        "가" <= letter <= "힣" for letter in data.decode("euc_kr") if not letter.isascii()
    ):
        return "cp949"
    best = from_bytes(data, cp_isolation=["cp949", "cp1252"]).best()
    return best.encoding if best else "cp1252"


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as problem:
        raise UserError(_("There is no file {file}.").format(file=path)) from problem
    except OSError as problem:
        text = _("{file} cannot be read: {problem}")
        raise EnvironmentProblem(text.format(file=path, problem=problem.strerror)) from problem


def _without_separator_line(text: str) -> tuple[str, str]:
    """Excel's own first line "sep=;" names the separator and is not shown as a row."""
    first, _newline, rest = text.partition("\n")
    first = first.strip().strip('"').lower()
    if first.startswith("sep=") and len(first) == 5:
        return rest, first[4]
    return text, ""


def _separator(text: str, fitness: Callable[[Sequence[str]], int]) -> str:
    def header_fitness(separator: str) -> int:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        try:
            return fitness(next((row for row in reader if any(row)), []))
        except csv.Error:
            return 0

    return max(SEPARATORS, key=header_fitness)


def _parse(text: str, separator: str, path: Path) -> tuple[list[TableRow], list[str]]:
    rows: list[TableRow] = []
    problems: list[str] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = tuple(cell.strip("\ufeff\u200b \t\r\n\xa0") for cell in next(reader))
        except StopIteration:
            return rows, problems
        except csv.Error as problem:
            problems.append(_broken_row(path, number, problem))
            continue
        if any(cells):
            rows.append(TableRow(number, cells))


def _broken_row(path: Path, number: int, problem: csv.Error) -> str:
    if "unexpected end" in str(problem) or "field larger" in str(problem):
        text = _(
            "{file}, row {row}: a quotation mark is opened and not closed; "
            "this row and what follows could not be read."
        )
    else:
        text = _("{file}, row {row}: the quotation marks are wrong; this row was not read.")
    return text.format(file=path, row=number)
