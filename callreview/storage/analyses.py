"""Analyses that were made again, of transcripts that stay as they are."""

from typing import TYPE_CHECKING

from callreview.domain.call_analysis import CallAnalysis
from callreview.domain.transcript import Transcript
from callreview.storage.serialise import to_json
from callreview.storage.transcripts import (
    active_transcript,
    load_speakers,
    replace_analysis,
    replace_hits,
)

if TYPE_CHECKING:
    from sqlite_utils import Database


def made_otherwise(db: "Database", settings: str) -> list[int]:
    """The calls whose active analysis was not made with these settings (their fingerprint).

    Oldest first. What was transcribed and could not be analysed is among them.
    """
    rows = db.execute(
        "SELECT transcript.call_id FROM transcript JOIN recording USING (call_id, sha256) "
        "LEFT JOIN analysis ON analysis.transcript_id = transcript.id "
        "WHERE transcript.active AND coalesce(analysis.models ->> 'settings', '') <> ? "
        "ORDER BY transcript.call_id",
        [settings],
    )
    return [call_id for (call_id,) in rows]


def replace_analysed(
    db: "Database", call_id: int, transcript_id: int, transcript: Transcript, analysis: CallAnalysis
) -> bool:
    """Write sentiment, hits, models and analysis over the old ones; call it in `Workspace.write`.

    False, and nothing is written, when another transcript is active by now or a speaker has
    another role: what was found is no longer true then.
    """
    roles = {speaker.id: speaker.role for speaker in load_speakers(db, call_id)}
    same = all(roles.get(speaker.id) == speaker.role for speaker in transcript.speakers)
    if active_transcript(db, call_id) != transcript_id or not same:
        return False
    db.conn.executemany(
        "UPDATE turn SET sentiment = ?, negative = ?, neutral = ?, positive = ? "
        "WHERE transcript_id = ? AND position = ?",
        [
            (s.label, s.negative, s.neutral, s.positive, transcript_id, position)
            for position, turn in enumerate(transcript.turns)
            if (s := turn.sentiment) is not None
        ],
    )
    db.execute(
        "UPDATE transcript SET models = ? WHERE id = ?",
        [to_json(transcript.models), transcript_id],
    )
    replace_hits(db, transcript_id, [turn.hits for turn in transcript.turns])
    replace_analysis(db, transcript_id, analysis)
    return True
