"""Complaints: said outright, or told by what went wrong, contact again and again, long waits."""

from collections.abc import Sequence

from callreview.analysis.findings.rules import find_matches, finding_of, load_rules
from callreview.analysis.findings.signs import Signs
from callreview.analysis.statements import Statement
from callreview.domain.finding import Finding
from callreview.domain.transcript import Turn

WENT_WRONG = "went_wrong"
"""The sort of complaints that no pattern knows."""

LEAST_NEGATIVE = 0.3
"""Nobody complains in a turn that is less likely to be negative."""


def find_complaints(
    turns: Sequence[Turn], statements: Sequence[Statement], signs: Signs
) -> list[Finding]:
    """Complaints, at most one of each sort in a turn; `details`: "what" (words of the call)."""
    found: dict[tuple[int, str], Finding] = {}
    for match in find_matches(load_rules("complaint"), statements):
        key = (match.said.turn, match.rule.label)
        if key not in found:
            found[key] = match.finding("complaint", match.rule.label, {"what": match.what})
    known = {turn for turn, _sort in found}
    clearest = sorted(statements, key=lambda said: -signs.likely(said, "complaint"))
    for said in clearest:
        unknown = said.turn not in known and _may_complain(turns[said.turn])
        if unknown and signs.shows(said, "complaint"):
            known.add(said.turn)
            sure = signs.likely(said, "complaint")
            what = {"what": said.text}
            found[said.turn, WENT_WRONG] = finding_of("complaint", WENT_WRONG, said, sure, what)
    return list(found.values())


def _may_complain(turn: Turn) -> bool:
    return turn.sentiment is None or turn.sentiment.negative >= LEAST_NEGATIVE
