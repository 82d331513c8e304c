"""Calls: the list, one call's metadata and its recording."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, cast

from callreview.config.language import _
from callreview.domain.call import CallFilter, CallMetadata, CallSummary
from callreview.domain.errors import UserError
from callreview.domain.recording import Damage, Recording, SourceFile
from callreview.storage.call_filters import LANGUAGE, TABLES, conditions
from callreview.storage.processing import STATUS
from callreview.storage.recorder import Row
from callreview.storage.serialise import from_json, to_json

if TYPE_CHECKING:
    from sqlite_utils import Database

_SUMMARY_COLUMNS: Final = {
    "id": "call.id",
    "reference": "call.reference",
    "started_at": "call.started_at",
    "agent": "call.agent",
    "customer": "coalesce(nullif(call.customer_id, ''), call.caller)",
    "duration_s": "cast(recording.frames AS REAL) / recording.sample_rate",
    "queue": "call.queue",
    "direction": "call.direction",
    "outcome": "call.outcome",
    "campaign": "call.campaign",
    "team": "call.team",
    "language": LANGUAGE,
    "status": STATUS,
    "channels": "recording.channels",
    "sentiment": "figure.sentiment",
    "score": "newest.final",
    "scorecard": "coalesce(scorecard.name, '')",
    "failed": "coalesce(newest.form_failed, 0)",
    "problem": (
        "CASE WHEN processing.sha256 = recording.sha256 THEN processing.problem ELSE '' END"
    ),
    "shift": "figure.shift",
    "dead_air_s": "figure.dead_air_s",
    "interruptions": "figure.interruptions",
    "talk_share": "figure.talk_share",
    "reason": "coalesce(figure.reason, '')",
    "found": "coalesce(figure.found, '{}')",
}
"""The fields of a CallSummary, in their order, and where they come from."""

_FAILED: Final = tuple(_SUMMARY_COLUMNS).index("failed")

_SUMMARY: Final = f"""
    SELECT {", ".join(_SUMMARY_COLUMNS.values())}
    FROM {TABLES}
    LEFT JOIN scorecard ON scorecard.id = newest.scorecard_id
"""


def list_calls(db: "Database", wanted: CallFilter | None = None) -> list[CallSummary]:
    """The calls of the list that fit `wanted`, newest first."""
    where, values = conditions(wanted or CallFilter())
    # The plus keeps SQLite from walking the index on started_at, which reads the tables crosswise:
    # sorting afterwards takes half the time with 10,000 calls.
    rows = db.execute(f"{_SUMMARY} {where} ORDER BY +call.started_at DESC, call.id DESC", values)
    return [_summary(row) for row in rows]


def call_summary(db: "Database", call_id: int) -> CallSummary:
    """One call as in the list; UserError when it is gone."""
    row = db.execute(f"{_SUMMARY} WHERE call.id = ?", [call_id]).fetchone()
    if row is None:
        raise _unknown(str(call_id))
    return _summary(row)


def find_call(db: "Database", id_or_reference: str | int) -> int:
    """The id of the call with this reference or, failing that, this id; UserError for none."""
    text = str(id_or_reference)
    call_id = call_with_reference(db, text)
    if call_id is None and text.isascii() and text.isdecimal() and len(text) < 19:
        row = db.execute("SELECT id FROM call WHERE id = ?", [int(text)]).fetchone()
        call_id = None if row is None else int(row[0])
    if call_id is None:
        raise _unknown(text)
    return call_id


def call_with_reference(db: "Database", reference: str) -> int | None:
    """The id of the call with this reference, None when there is none."""
    row = db.execute("SELECT id FROM call WHERE reference = ?", [reference]).fetchone()
    return None if row is None else int(row[0])


def load_metadata(db: "Database", call_id: int) -> CallMetadata:
    """What is known about a call; UserError when it is gone."""
    cursor = db.execute("SELECT * FROM call WHERE id = ?", [call_id])
    found = cursor.fetchone()
    if found is None:
        raise _unknown(str(call_id))
    row = dict(zip((column[0] for column in cursor.description), found, strict=True))
    del row["id"]
    return CallMetadata(**{**row, "extra": json.loads(row["extra"])})


def load_recording(db: "Database", call_id: int) -> Recording:
    """The recording of a call; UserError when the call is gone."""
    row = db.execute(
        "SELECT sources, sha256, pcm_file, peaks_file, channels, sample_rate, frames, damage, "
        "pcm_sha256 FROM recording WHERE call_id = ?",
        [call_id],
    ).fetchone()
    if row is None:
        raise _unknown(str(call_id))
    return Recording(
        sources=from_json(tuple[SourceFile, ...], row[0]),
        sha256=row[1],
        pcm_file=row[2],
        peaks_file=row[3],
        channels=row[4],
        sample_rate=row[5],
        frames=row[6],
        damage=from_json(tuple[Damage, ...], row[7]),
        pcm_sha256=row[8],
    )


def metadata_row(metadata: CallMetadata) -> Row:
    """The columns of table `call` for this metadata."""
    row = dict(vars(metadata))
    return {**row, "extra": to_json(metadata.extra)}


def recording_row(recording: Recording) -> Row:
    """The columns of table `recording` for this recording, without its call."""
    row = cast("Row", dict(vars(recording)))
    return {**row, "sources": to_json(recording.sources), "damage": to_json(recording.damage)}


def _summary(row: Sequence[Any]) -> CallSummary:
    fields = list(row)
    fields[_FAILED] = bool(fields[_FAILED])
    fields[-1] = json.loads(fields[-1])
    return CallSummary(*fields)


def _unknown(call: str) -> UserError:
    return UserError(
        _("There is no call “{call}” in this workspace. `callreview calls` lists them.").format(
            call=call
        )
    )
