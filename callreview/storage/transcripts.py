"""Transcripts: every version is kept, one is active for each recording of a call."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from callreview.domain.call_analysis import CallAnalysis
from callreview.domain.finding import Finding
from callreview.domain.sentiment import SpeakerSentiment, TurnSentiment
from callreview.domain.talk_metrics import Interval, TalkMetrics
from callreview.domain.transcript import (
    Hit,
    MaskedSpan,
    Role,
    SoundNote,
    Speaker,
    StageCost,
    Transcript,
    Turn,
)
from callreview.storage.recorder import Value
from callreview.storage.serialise import from_json, to_json, words_from_json, words_to_json

if TYPE_CHECKING:
    from sqlite_utils import Database

_TURN_COLUMNS = (
    "transcript_id, position, speaker, start_s, end_s, text, language, words, "
    "sentiment, negative, neutral, positive, speaker_confidence, overlap_s"
)


def store_transcript(
    db: "Database", call_id: int, transcript: Transcript, analysis: CallAnalysis
) -> int:
    """Add a transcript with its sentiment, hits and analysis and make it the active one.

    It belongs to the recording that the call has now. Roles that a person assigned stay. Returns
    the id of the transcript. Call it inside `Workspace.write`.
    """
    transcript_id = _insert_transcript(db, call_id, transcript)
    _insert_speakers(db, call_id, transcript.speakers)
    _insert_turns(db, transcript_id, transcript.turns)
    _insert_hits(db, transcript_id, [turn.hits for turn in transcript.turns])
    db.execute(
        "INSERT INTO analysis (transcript_id, sentiment, metrics, models, speech, findings) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        [transcript_id, *analysis_row(analysis).values()],
    )
    return transcript_id


def replace_hits(db: "Database", transcript_id: int, hits: Sequence[Sequence[Hit]]) -> None:
    """Replace the hits of a transcript's turns, in their order, after lists changed."""
    db.execute(
        "DELETE FROM hit WHERE turn_id IN (SELECT id FROM turn WHERE transcript_id = ?)",
        [transcript_id],
    )
    _insert_hits(db, transcript_id, hits)


def replace_analysis(db: "Database", transcript_id: int, analysis: CallAnalysis) -> None:
    """Replace what was found out with a transcript, after it was counted again."""
    row = analysis_row(analysis)
    columns = ", ".join(f"{name} = ?" for name in row)
    db.execute(
        f"UPDATE analysis SET {columns} WHERE transcript_id = ?", [*row.values(), transcript_id]
    )


def active_transcript(db: "Database", call_id: int) -> int | None:
    """The id of the active transcript of the call's present recording, None when there is none."""
    row = db.execute(
        "SELECT transcript.id FROM transcript JOIN recording USING (call_id, sha256) "
        "WHERE call_id = ? AND active",
        [call_id],
    ).fetchone()
    return None if row is None else int(row[0])


def load_transcript(db: "Database", call_id: int) -> Transcript | None:
    """The active transcript with sentiment and hits, None when the call was not transcribed."""
    transcript_id = active_transcript(db, call_id)
    return None if transcript_id is None else read_transcript(db, call_id, transcript_id)


def read_transcript(db: "Database", call_id: int, transcript_id: int) -> Transcript:
    """Any version of a call's transcript by its id, with the present roles of its speakers."""
    language, speakers, models, masked, dropped, stages, voices_alike, sound_notes = db.execute(
        "SELECT language, speakers, models, masked, dropped, stages, voices_alike, sound_notes "
        "FROM transcript WHERE id = ?",
        [transcript_id],
    ).fetchone()
    known = {speaker.id: speaker for speaker in load_speakers(db, call_id)}
    return Transcript(
        language=language,
        speakers=tuple(known[name] for name in json.loads(speakers)),
        turns=_load_turns(db, transcript_id, {name: s.role for name, s in known.items()}),
        models=from_json(dict[str, str], models),
        masked=from_json(tuple[MaskedSpan, ...], masked),
        dropped=from_json(dict[str, int], dropped),
        stages=from_json(tuple[StageCost, ...], stages),
        voices_alike=bool(voices_alike),
        sound_notes=from_json(tuple[SoundNote, ...], sound_notes),
    )


def load_speakers(db: "Database", call_id: int) -> tuple[Speaker, ...]:
    """All speakers that were ever found in a call, with their present roles."""
    rows = db.execute(
        "SELECT id, role, channel, confidence FROM speaker WHERE call_id = ? ORDER BY rowid",
        [call_id],
    )
    return tuple(Speaker(*row) for row in rows)


def assigned_roles(db: "Database", call_id: int) -> dict[str, Role]:
    """The roles that a person has given to speakers of a call, by their id."""
    rows = db.execute("SELECT id, role FROM speaker WHERE call_id = ? AND assigned", [call_id])
    return dict(rows.fetchall())


def load_analysis(db: "Database", call_id: int) -> CallAnalysis | None:
    """What was found out about the call as a whole, None when it was not analysed."""
    transcript_id = active_transcript(db, call_id)
    return None if transcript_id is None else read_analysis(db, transcript_id)


def read_analysis(db: "Database", transcript_id: int) -> CallAnalysis | None:
    """What was found out with a version of the transcript, None when it was not analysed."""
    row = db.execute(
        "SELECT sentiment, metrics, models, speech, findings FROM analysis WHERE transcript_id = ?",
        [transcript_id],
    ).fetchone()
    if row is None:
        return None
    return CallAnalysis(
        sentiment=from_json(dict[Role, SpeakerSentiment], row[0]),
        metrics=from_json(TalkMetrics, row[1]),
        models=from_json(dict[str, str], row[2]),
        speech=from_json(dict[str, tuple[Interval, ...]], row[3]),
        findings=from_json(tuple[Finding, ...], row[4]),
    )


def analysis_row(analysis: CallAnalysis) -> dict[str, Value]:
    """The columns of table `analysis`, without its transcript."""
    return {
        "sentiment": to_json(analysis.sentiment),
        "metrics": to_json(analysis.metrics),
        "models": to_json(analysis.models),
        "speech": to_json(analysis.speech),
        "findings": to_json(analysis.findings),
    }


def _insert_transcript(db: "Database", call_id: int, transcript: Transcript) -> int:
    db.execute(
        "UPDATE transcript SET active = 0 WHERE call_id = ? AND active "
        "AND sha256 = (SELECT sha256 FROM recording WHERE recording.call_id = ?)",
        [call_id, call_id],
    )
    cursor = db.execute(
        "INSERT INTO transcript (call_id, version, active, sha256, language, speakers, models, "
        "masked, dropped, stages, voices_alike, sound_notes, created_at) "
        "SELECT call_id, (SELECT coalesce(max(version), 0) + 1 FROM transcript "
        "WHERE call_id = ?), 1, sha256, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM recording WHERE call_id = ?",
        [
            call_id,
            transcript.language,
            to_json([speaker.id for speaker in transcript.speakers]),
            to_json(transcript.models),
            to_json(transcript.masked),
            to_json(transcript.dropped),
            to_json(transcript.stages),
            int(transcript.voices_alike),
            to_json(transcript.sound_notes),
            datetime.now(UTC).isoformat(timespec="seconds"),
            call_id,
        ],
    )
    if cursor.rowcount != 1:
        raise KeyError(call_id)
    return int(cursor.lastrowid or 0)


def _insert_speakers(db: "Database", call_id: int, speakers: Sequence[Speaker]) -> None:
    db.conn.executemany(
        "INSERT INTO speaker (call_id, id, role, channel, confidence, assigned) "
        "VALUES (?, ?, ?, ?, ?, 0) "
        "ON CONFLICT (call_id, id) DO UPDATE SET channel = excluded.channel, "
        "role = CASE WHEN assigned THEN role ELSE excluded.role END, "
        "confidence = CASE WHEN assigned THEN confidence ELSE excluded.confidence END",
        [(call_id, one.id, one.role, one.channel, one.confidence) for one in speakers],
    )


def _insert_turns(db: "Database", transcript_id: int, turns: Sequence[Turn]) -> None:
    db.conn.executemany(
        f"INSERT INTO turn ({_TURN_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                transcript_id,
                position,
                turn.speaker,
                turn.start_s,
                turn.end_s,
                turn.text,
                turn.language,
                words_to_json(turn.words),
                *_sentiment_columns(turn.sentiment),
                turn.speaker_confidence,
                turn.overlap_s,
            )
            for position, turn in enumerate(turns)
        ],
    )


def _sentiment_columns(sentiment: TurnSentiment | None) -> tuple[Value, ...]:
    if sentiment is None:
        return (None, None, None, None)
    return (sentiment.label, sentiment.negative, sentiment.neutral, sentiment.positive)


def _insert_hits(db: "Database", transcript_id: int, hits: Sequence[Sequence[Hit]]) -> None:
    turn_ids = db.execute(
        "SELECT id FROM turn WHERE transcript_id = ? ORDER BY position", [transcript_id]
    )
    db.conn.executemany(
        "INSERT INTO hit (turn_id, position, list, phrase, start_s, end_s, start_char, end_char, "
        "near) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (turn_id, position, *vars(hit).values())
            for (turn_id,), found in zip(turn_ids.fetchall(), hits, strict=True)
            for position, hit in enumerate(found)
        ],
    )


def _load_turns(db: "Database", transcript_id: int, roles: Mapping[str, Role]) -> tuple[Turn, ...]:
    hits: dict[int, list[Hit]] = {}
    for turn_id, near, *hit in db.execute(
        "SELECT turn_id, near, list, phrase, hit.start_s, hit.end_s, start_char, end_char FROM hit "
        "JOIN turn ON turn.id = hit.turn_id WHERE transcript_id = ? ORDER BY turn_id, hit.position",
        [transcript_id],
    ):
        hits.setdefault(turn_id, []).append(replace(Hit(*hit), near=bool(near)))
    rows = db.execute(
        "SELECT id, speaker, start_s, end_s, words, language, speaker_confidence, overlap_s, "
        "sentiment, negative, neutral, positive FROM turn WHERE transcript_id = ? ORDER BY position",
        [transcript_id],
    )
    return tuple(
        Turn(
            speaker=speaker,
            role=roles.get(speaker, "unknown"),
            start_s=start_s,
            end_s=end_s,
            words=words_from_json(words),
            language=language,
            sentiment=None if label is None else TurnSentiment(label, *scores),
            hits=tuple(hits.get(turn_id, ())),
            speaker_confidence=sure,
            overlap_s=overlap_s,
        )
        for turn_id, speaker, start_s, end_s, words, language, sure, overlap_s, label, *scores in rows
    )
