"""Calls, one call and search results as lines for a terminal."""

from collections.abc import Mapping, Sequence
from typing import Any
from unicodedata import east_asian_width

from callreview.config.language import _
from callreview.domain.call import CallSummary
from callreview.domain.figure_text import clock, signed
from callreview.domain.search_hit import SearchHit
from callreview.services.finding_labels import label_name

GAP = "  "


def call_lines(calls: Sequence[CallSummary]) -> list[str]:
    """The call list as an aligned table with a header."""
    if not calls:
        return [_("There are no calls in this workspace yet.")]
    head = (
        *(_("Id"), _("Reference"), _("Date"), _("Agent"), _("Customer"), _("Length")),
        *(_("Status"), _("Contact reason"), _("Sentiment"), _("Score")),
    )
    return aligned([head, *(_call_cells(call) for call in calls)])


def _call_cells(call: CallSummary) -> tuple[str, ...]:
    return (
        *(str(call.id), call.reference, call.started_at[:16], call.agent, call.customer),
        clock(call.duration_s),
        *(call.status, label_name("contact_reason", call.reason) if call.reason else ""),
        "" if call.sentiment is None else signed(call.sentiment),
        "" if call.score is None else f"{call.score:.1f} %",
    )


def conversation_lines(call: Mapping[str, Any]) -> list[str]:
    """A call to read: what is known about it, then its turns."""
    lines = [f"{call['reference']}{GAP}{call['started_at']}{GAP}{clock(call['duration_s'])}", ""]
    lines += [
        f"{clock(turn['start_s']):>8}{GAP}{turn['role']}: {turn['text']}" for turn in call["turns"]
    ]
    return lines


def hit_lines(hits: Sequence[SearchHit]) -> list[str]:
    """Search results: call, time, who said or that somebody wrote it, and text."""
    if not hits:
        return [_("Nothing was found.")]
    return aligned(
        [(hit.reference, clock(hit.start_s or 0.0), hit.role or hit.kind, hit.text) for hit in hits]
    )


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows of cells as lines with aligned columns; Hangul takes two places."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return [
        GAP.join(
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
