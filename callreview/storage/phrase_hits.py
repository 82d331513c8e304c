"""Phrases that were found again in transcripts, after keyword lists changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from callreview.domain.finding import Finding
from callreview.domain.transcript import Hit
from callreview.storage.serialise import from_json, to_json
from callreview.storage.transcripts import replace_hits

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True)
class FoundAgain:
    """The hits of a transcript, turn by turn, and the findings of its analysis, if it has one."""

    hits: tuple[tuple[Hit, ...], ...]
    findings: tuple[Finding, ...] | None


def load_findings(db: "Database", transcript_id: int) -> tuple[Finding, ...] | None:
    """The findings of a transcript, without all else of its analysis; None when it has none."""
    row = db.execute(
        "SELECT findings FROM analysis WHERE transcript_id = ?", [transcript_id]
    ).fetchone()
    return None if row is None else from_json(tuple[Finding, ...], row[0])


def replace_found(db: "Database", found: Mapping[int, FoundAgain]) -> None:
    """Replace what was found in transcripts, by their id. Call it inside `Workspace.write`."""
    for transcript_id, again in found.items():
        replace_hits(db, transcript_id, again.hits)
        if again.findings is not None:
            db.execute(
                "UPDATE analysis SET findings = ? WHERE transcript_id = ?",
                [to_json(again.findings), transcript_id],
            )
