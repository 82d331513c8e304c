"""Complaints: said outright, or told by contact again and again, broken promises and long waits."""

from collections.abc import Sequence

from callreview.analysis.findings.rules import find_matches, load_rules
from callreview.analysis.statements import Statement
from callreview.domain.finding import Finding


def find_complaints(statements: Sequence[Statement]) -> list[Finding]:
    """Complaints, at most one of each sort in a turn; `details`: "what" (words of the call)."""
    found: dict[tuple[int, str], Finding] = {}
    for match in find_matches(load_rules("complaint"), statements):
        key = (match.said.turn, match.rule.label)
        if key not in found:
            found[key] = match.finding("complaint", match.rule.label, {"what": match.what})
    return list(found.values())
