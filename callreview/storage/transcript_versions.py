"""The versions of a call's transcript: all are kept, one is active."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from callreview.config.language import _
from callreview.domain.errors import UserError
from callreview.domain.intervals import Intervals
from callreview.domain.known_voices import by_speaker
from callreview.domain.transcript_version import TranscriptVersion
from callreview.storage.serialise import from_json

if TYPE_CHECKING:
    from sqlite_utils import Database


def list_versions(db: "Database", call_id: int) -> list[TranscriptVersion]:
    """The versions of a call's transcript, the newest first."""
    rows = db.execute(
        "SELECT version, created_at, models, language, json_array_length(speakers), "
        "(SELECT count(*) FROM turn WHERE transcript_id = transcript.id), "
        "(SELECT coalesce(sum(json_array_length(words)), 0) FROM turn "
        "WHERE transcript_id = transcript.id), "
        "active AND transcript.sha256 = recording.sha256, transcript.sha256 = recording.sha256 "
        "FROM transcript JOIN recording USING (call_id) WHERE call_id = ? ORDER BY version DESC",
        [call_id],
    )
    return [_version(row) for row in rows]


def _version(row: Sequence[Any]) -> TranscriptVersion:
    number, created_at, models, language, speakers, turns, words, active, fits = row
    return TranscriptVersion(
        number=number,
        created_at=created_at,
        models=from_json(dict[str, str], models),
        language=language,
        speakers=speakers,
        turns=turns,
        words=words,
        active=bool(active),
        fits=bool(fits),
    )


def transcript_ids(db: "Database", call_id: int) -> list[int]:
    """The ids of all versions of a call's transcript, the oldest first."""
    rows = db.execute("SELECT id FROM transcript WHERE call_id = ? ORDER BY version", [call_id])
    return [transcript_id for (transcript_id,) in rows]


def find_version(db: "Database", call_id: int, number: int) -> int:
    """The id of a version of a call's transcript; UserError when there is none of this number."""
    row = db.execute(
        "SELECT id FROM transcript WHERE call_id = ? AND version = ?", [call_id, number]
    ).fetchone()
    if row is None:
        text = _("The call has no version {number} of its transcript.")
        raise UserError(text.format(number=number))
    return int(row[0])


def voices_before(db: "Database", call_id: int) -> dict[str, Intervals]:
    """When each voice speaks that was told apart in transcripts of the present recording.

    Voices that share a channel only: speakers with channels of their own cannot be mistaken.
    """
    rows = db.execute(
        "SELECT speaker.id, start_s, end_s FROM recording JOIN transcript USING (call_id, sha256) "
        "JOIN turn ON turn.transcript_id = transcript.id "
        "JOIN speaker ON speaker.call_id = recording.call_id AND speaker.id = turn.speaker "
        "WHERE recording.call_id = ? AND channel IS NULL",
        [call_id],
    )
    return by_speaker(rows)


def was_said(db: "Database", call_id: int, start_s: float, end_s: float) -> bool:
    """Whether any version for the present recording has somebody speak between two times."""
    found = db.execute(
        "SELECT 1 FROM recording JOIN transcript USING (call_id, sha256) "
        "JOIN turn ON turn.transcript_id = transcript.id "
        "WHERE recording.call_id = ? AND start_s <= ? AND end_s >= ? LIMIT 1",
        [call_id, end_s, start_s],
    )
    return found.fetchone() is not None
