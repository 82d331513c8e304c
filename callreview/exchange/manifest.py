"""Manifests: CSV files that say which recordings belong to which calls.

Columns and rules: docs/definitions.md, "Exchange".
"""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from callreview.config.language import _
from callreview.domain.call import CallMetadata, Direction
from callreview.exchange.cell_values import (
    read_channel,
    read_date,
    read_direction,
    read_language,
    read_number,
    read_seconds,
)
from callreview.exchange.delimited_text import TableRow, read_table
from callreview.exchange.manifest_columns import Columns, find_columns, known_columns

_T = TypeVar("_T")
_AUDIO = ("agent_audio", "customer_audio")


@dataclass(frozen=True)
class ManifestRow:
    """One call of a manifest.

    `row_number` is the row as a spreadsheet counts it. `audio_files` holds one recording, or the
    two mono recordings of one call: agent first, customer second, unless
    `metadata.agent_channel` says otherwise.
    """

    row_number: int
    metadata: CallMetadata
    audio_files: tuple[Path, ...]
    transcript_file: Path | None


@dataclass(frozen=True)
class Manifest:
    """The usable rows, and one line for each row that is not: file, row number and reason."""

    rows: tuple[ManifestRow, ...]
    problems: tuple[str, ...]


class _BadRowError(Exception):
    """Why a row cannot be used, in the user's language."""


def read_manifest(path: Path) -> Manifest:
    """Read a manifest; files in it are looked for in its own folder.

    Raises UserError when the file is absent, not a CSV text, empty, or lacks one of the columns
    reference, agent, started_at and audio_file; EnvironmentProblem when it may not be read.
    """
    table = read_table(path, known_columns)
    columns = find_columns(table.header, path)
    rows: dict[str, ManifestRow] = {}
    problems = list(table.problems)
    for table_row in table.rows:
        try:
            row = _Row(table_row, columns, path.parent).read()
            _check_new(row, rows)
        except _BadRowError as problem:
            text = _("{file}, row {row}: {problem}")
            problems.append(text.format(file=path, row=table_row.number, problem=problem))
        else:
            rows[row.metadata.reference] = row
    return Manifest(tuple(rows.values()), tuple(problems))


def _check_new(row: ManifestRow, rows: dict[str, ManifestRow]) -> None:
    reference = row.metadata.reference
    if reference in rows:
        text = _("the reference {reference} is already used in row {first}.")
        raise _BadRowError(text.format(reference=reference, first=rows[reference].row_number))


@dataclass(frozen=True)
class _Row:
    """Reads one row of the table."""

    row: TableRow
    columns: Columns
    folder: Path

    def read(self) -> ManifestRow:
        if any(self.row.cells[self.columns.width :]):
            raise _BadRowError(_("the row has more cells than the header has columns."))
        transcript = self.text("transcript_file")
        return ManifestRow(
            row_number=self.row.number,
            metadata=self.metadata(),
            audio_files=self.audio_files(),
            transcript_file=self.file(transcript) if transcript else None,
        )

    def metadata(self) -> CallMetadata:
        channel = self.value("agent_channel", read_channel)
        if channel is None and self.agent_comes_first():
            channel = 0
        return CallMetadata(
            reference=self.needed("reference"),
            agent=self.needed("agent"),
            started_at=self.date(),
            customer_id=self.text("customer_id"),
            caller=self.text("caller"),
            direction=self.direction(),
            queue=self.text("queue"),
            campaign=self.text("campaign"),
            source=self.text("source"),
            outcome=self.text("outcome"),
            team=self.text("team"),
            language=self.value("language", read_language) or "",
            csat=self.value("csat", read_number),
            hold_s=self.value("hold_s", read_seconds),
            agent_channel=channel,
            extra=dict(self.extra()),
        )

    def text(self, field: str) -> str:
        index = self.columns.fields.get(field)
        return self.cell(index) if index is not None else ""

    def cell(self, index: int) -> str:
        return self.row.cells[index] if index < len(self.row.cells) else ""

    def needed(self, field: str) -> str:
        text = self.text(field)
        if not text:
            raise _BadRowError(_("{column} is empty.").format(column=field))
        return text

    def date(self) -> str:
        text = self.needed("started_at")
        try:
            return read_date(text)
        except ValueError as problem:
            message = _(
                "the date “{text}” is not clear. Write it as 2025-02-19T06:01:22 (ISO 8601)."
            )
            raise _BadRowError(message.format(text=text)) from problem

    def value(self, field: str, reader: Callable[[str], _T]) -> _T | None:
        text = self.text(field)
        try:
            return reader(text) if text else None
        except ValueError as problem:
            message = _("{column} cannot be “{text}”.")
            raise _BadRowError(message.format(column=field, text=text)) from problem

    def direction(self) -> Direction:
        """Inbound or outbound; other words, such as "internal", are kept in `extra`."""
        try:
            return read_direction(self.text("direction"))
        except ValueError:
            return ""

    def extra(self) -> Iterator[tuple[str, str]]:
        for name, index in self.columns.others.items():
            if text := self.cell(index):
                yield name, text
        if self.text("direction") and not self.direction():
            yield "direction", self.text("direction")

    def agent_comes_first(self) -> bool:
        cells = self.audio_cells()
        return len(cells) == 2 or cells == [self.text("agent_audio")]

    def audio_cells(self) -> list[str]:
        single = self.text("audio_file")
        if single and self.find(single) is None:
            return [part.strip() for part in single.split(";") if part.strip()]
        if single:
            return [single]
        return [text for text in map(self.text, _AUDIO) if text]

    def audio_files(self) -> tuple[Path, ...]:
        cells = self.audio_cells()
        if not cells:
            raise _BadRowError(_("no audio file is named."))
        if len(cells) > 2:
            raise _BadRowError(_("more than two audio files are named."))
        return tuple(self.file(text) for text in cells)

    def file(self, text: str) -> Path:
        found = self.find(text)
        if found is None:
            raise _BadRowError(_("there is no file “{text}”.").format(text=text))
        return found

    def find(self, text: str) -> Path | None:
        """Find the file as written, with Windows' separators, or with Hangul in its other forms."""
        slashes = text.replace("\\", "/")
        names = [text, slashes]
        names += [unicodedata.normalize(form, slashes) for form in ("NFC", "NFD")]
        return next((self.folder / name for name in names if _is_file(self.folder / name)), None)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False
