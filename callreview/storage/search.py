"""Full-text search over what was said and what reviewers wrote."""

import unicodedata
from typing import TYPE_CHECKING, Any, Final

from callreview.domain.search_hit import HitKind, SearchHit
from callreview.domain.transcript import Role

if TYPE_CHECKING:
    from sqlite_utils import Database

_START: Final = "\x02"
_END: Final = "\x03"
_MOST_WORDS: Final = 64

_TURNS: Final = """
    SELECT call.id, call.reference, turn.start_s, turn.end_s, turn.text,
        highlight(turn_fts, 0, :start, :end), coalesce(speaker.role, 'unknown')
    FROM turn_fts
    JOIN turn ON turn.id = turn_fts.rowid
    JOIN transcript ON transcript.id = turn.transcript_id AND transcript.active
    JOIN recording ON recording.call_id = transcript.call_id
        AND recording.sha256 = transcript.sha256
    JOIN call ON call.id = transcript.call_id
    LEFT JOIN speaker ON speaker.call_id = call.id AND speaker.id = turn.speaker
    WHERE turn_fts MATCH :query
        AND (:role IS NULL OR coalesce(speaker.role, 'unknown') = :role)
    ORDER BY turn_fts.rowid DESC LIMIT :limit
"""
_COMMENTS: Final = """
    SELECT call.id, call.reference, comment.start_s, comment.end_s, comment.text,
        highlight(comment_fts, 0, :start, :end), NULL
    FROM comment_fts
    JOIN comment ON comment.id = comment_fts.rowid
    JOIN call ON call.id = comment.call_id
    WHERE comment_fts MATCH :query ORDER BY comment_fts.rowid DESC LIMIT :limit
"""
_NOTES: Final = """
    SELECT call.id, call.reference, evidence.start_s, evidence.end_s, answer.note,
        highlight(answer_fts, 0, :start, :end), NULL
    FROM answer_fts
    JOIN answer ON answer.id = answer_fts.rowid
    JOIN evaluation ON evaluation.id = answer.evaluation_id
    JOIN call ON call.id = evaluation.call_id
    LEFT JOIN evidence ON evidence.answer_id = answer.id AND evidence.position = 0
    WHERE answer_fts MATCH :query ORDER BY answer_fts.rowid DESC LIMIT :limit
"""
_KINDS: Final[dict[HitKind, str]] = {"turn": _TURNS, "comment": _COMMENTS, "note": _NOTES}


def search(
    db: "Database", text: str, limit: int = 500, role: Role | None = None
) -> list[SearchHit]:
    """Places that hold a word beginning with each word of `text`, at most `limit` of each kind.

    The newest calls come first, each in the order of its times. With `role`, only what was
    said by speakers who have this role now. Any text is safe: nothing in it is a command.
    """
    query = _query(text)
    if not query:
        return []
    values = {"query": query, "start": _START, "end": _END, "limit": limit, "role": role}
    kinds: dict[HitKind, str] = _KINDS if role is None else {"turn": _TURNS}
    hits = [_hit(kind, row) for kind, sql in kinds.items() for row in db.execute(sql, values)]
    return sorted(hits, key=lambda hit: (-hit.call_id, hit.start_s or 0.0))


def _query(text: str) -> str:
    """The text as an FTS5 query in which every word is a quoted prefix."""
    readable = text.encode("utf-8", "ignore").decode("utf-8").replace("\0", " ")
    words = unicodedata.normalize("NFC", readable).replace('"', " ").split()
    spoken = [word for word in words if any(character.isalnum() for character in word)]
    return " ".join(f'"{word}"*' for word in spoken[:_MOST_WORDS])


def _hit(kind: HitKind, row: tuple[Any, ...]) -> SearchHit:
    call_id, reference, start_s, end_s, text, marked, role = row
    return SearchHit(call_id, reference, kind, start_s, end_s, text, _ranges(text, marked), role)


def _ranges(text: str, marked: str) -> tuple[tuple[int, int], ...]:
    """Where the marks stand; characters of the text that look like a mark are none."""
    ranges: list[tuple[int, int]] = []
    at = start = 0
    for character in marked:
        if at < len(text) and character == text[at]:
            at += 1
        elif character == _START:
            start = at
        else:
            ranges.append((start, at))
    return tuple(ranges)
