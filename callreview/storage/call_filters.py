"""Choosing calls of the list: the conditions of a filter in SQL, and the values to choose from."""

from typing import TYPE_CHECKING, Final

from callreview.domain.call import CallFilter, FigureRange, FilterChoices, Found
from callreview.domain.finding import FindingKind
from callreview.storage.processing import JOINED, STATUS
from callreview.storage.recorder import Value

if TYPE_CHECKING:
    from sqlite_utils import Database

LANGUAGE: Final = "coalesce(nullif(call.language, ''), transcript.language, '')"
"""The language of a call: what the import says, else what was heard."""

TABLES: Final = f"""
    {JOINED}
    LEFT JOIN figure ON figure.transcript_id = transcript.id
    LEFT JOIN evaluation AS newest ON newest.id = (
        SELECT id FROM evaluation
        WHERE evaluation.call_id = call.id AND evaluation.status = 'final'
        ORDER BY finished_at DESC, id DESC LIMIT 1
    )
"""
"""What the conditions of `conditions` speak of."""

_ACTIVE: Final = """
    JOIN transcript ON transcript.id = {id} AND transcript.active
    JOIN recording ON recording.call_id = transcript.call_id
        AND recording.sha256 = transcript.sha256
"""
_CHOSEN: Final[tuple[FindingKind, ...]] = (
    *("topic", "complaint", "purchase_given_up", "mention", "list_check", "personal_data"),
)
"""The kinds whose labels calls are chosen by; of the others only that there are some."""

# Few values stand in very many rows: each value is looked up once, and the first active transcript
# that has it is enough. Joining all rows takes twenty times as long with 10,000 calls.
_LABELS: Final = f"""
    SELECT kind, label FROM (
        SELECT DISTINCT kind, label FROM finding WHERE kind IN ({", ".join(f"'{k}'" for k in _CHOSEN)})
    ) AS known
    WHERE EXISTS (
        SELECT 1 FROM finding {_ACTIVE.format(id="finding.transcript_id")}
        WHERE finding.kind = known.kind AND finding.label = known.label
    )
"""
_LISTS: Final = f"""
    SELECT list FROM (SELECT DISTINCT list FROM hit) AS known
    WHERE EXISTS (
        SELECT 1 FROM hit JOIN turn ON turn.id = hit.turn_id
        {_ACTIVE.format(id="turn.transcript_id")}
        WHERE hit.list = known.list
    )
"""
_TEXT_FIELDS: Final = (
    *("reference", "agent", "customer_id", "caller", "queue", "outcome", "campaign"),
)
_Condition = tuple[str, list[Value]]


def matching_calls(db: "Database", wanted: CallFilter) -> frozenset[int]:
    """The ids of the calls that fit; quicker than listing them."""
    where, values = conditions(wanted)
    return frozenset(id_ for (id_,) in db.execute(f"SELECT call.id FROM {TABLES} {where}", values))


def filter_choices(db: "Database") -> FilterChoices:
    """The values that occur in the calls of the workspace and in their active transcripts."""
    return FilterChoices(
        **{f"{field}s": _values(db, field) for field in ("agent", "team", "queue", "outcome")},
        languages=_distinct(db, f"SELECT DISTINCT {LANGUAGE} FROM {JOINED}"),
        reasons=_distinct(
            db, f"SELECT DISTINCT reason FROM figure {_ACTIVE.format(id='figure.transcript_id')}"
        ),
        found=_found_labels(db),
        lists=_distinct(db, _LISTS),
    )


def conditions(wanted: CallFilter) -> _Condition:
    """The WHERE clause over `TABLES` for a filter, and its values."""
    parts = [*_of_metadata(wanted), *_of_state(wanted), *map(_of_finding, wanted.found)]
    if wanted.reason:
        parts.append(("figure.reason = ?", [wanted.reason]))
    parts += [(_HAS_HIT, [name]) for name in wanted.lists]
    parts += map(_of_figure, wanted.figures)
    where = " AND ".join(condition for condition, _values in parts)
    return (f"WHERE {where}" if where else ""), [one for _part, own in parts for one in own]


_HAS_HIT: Final = (
    "transcript.id IN (SELECT turn.transcript_id FROM hit JOIN turn ON turn.id = hit.turn_id "
    "WHERE hit.list = ?)"
)


def _of_metadata(wanted: CallFilter) -> list[_Condition]:
    parts: list[_Condition] = [
        (f"call.{field} = ?", [value])
        for field in ("agent", "team", "queue", "outcome")
        if (value := getattr(wanted, field))
    ]
    if wanted.language:
        parts.append((f"{LANGUAGE} = ?", [wanted.language]))
    if wanted.started_from:
        parts.append(("call.started_at >= ?", [wanted.started_from]))
    if wanted.started_to:
        parts.append(("call.started_at < ?", [wanted.started_to]))
    if wanted.text:
        fields = " OR ".join(f"instr(lower(call.{field}), ?)" for field in _TEXT_FIELDS)
        parts.append((f"({fields})", [wanted.text.lower()] * len(_TEXT_FIELDS)))
    return parts


def _of_state(wanted: CallFilter) -> list[_Condition]:
    parts: list[_Condition] = []
    if wanted.status is not None:
        parts.append((f"{STATUS} = ?", [wanted.status]))
    if wanted.scored is not None:
        parts.append((f"newest.id IS {'NOT' if wanted.scored else ''} NULL", []))
    return parts


def _of_finding(found: Found) -> _Condition:
    # Without a label one index answers for all calls at once; a subquery per call is slower.
    label, values = ("AND label = ?", [found.label]) if found.label else ("", [])
    return (
        f"transcript.id IN (SELECT transcript_id FROM finding WHERE kind = ? {label})",
        [found.kind, *values],
    )


def _of_figure(wanted: FigureRange) -> _Condition:
    limits = ((">=", wanted.least), ("<=", wanted.most))
    chosen = [(sign, limit) for sign, limit in limits if limit is not None]
    parts = [f"figure.{wanted.figure} IS NOT NULL"]
    parts += [f"figure.{wanted.figure} {sign} ?" for sign, _limit in chosen]
    return " AND ".join(parts), [limit for _sign, limit in chosen]


def _values(db: "Database", field: str) -> tuple[str, ...]:
    return _distinct(db, f"SELECT DISTINCT {field} FROM call")


def _distinct(db: "Database", query: str) -> tuple[str, ...]:
    return tuple(sorted((value for (value,) in db.execute(query) if value), key=str.casefold))


def _found_labels(db: "Database") -> dict[FindingKind, tuple[str, ...]]:
    known: dict[FindingKind, list[str]] = {kind: [] for kind in _CHOSEN}
    for kind, label in db.execute(_LABELS):
        known[kind].append(label)
    return {kind: tuple(sorted(own, key=str.casefold)) for kind, own in known.items() if own}
