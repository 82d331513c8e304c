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


def calm_turns(turns: Sequence[Turn]) -> frozenset[int]:
    """The places of the turns in which nobody complains, by their sentiment."""
    return frozenset(
        place
        for place, turn in enumerate(turns)
        if turn.sentiment is not None and turn.sentiment.negative < LEAST_NEGATIVE
    )


def find_complaints(statements: Sequence[Statement], signs: Signs) -> list[Finding]:
    """Complaints, at most one of each sort in a turn; `details`: "what" (words of the call)."""
    found: dict[tuple[int, str], Finding] = {}
    for match in find_matches(load_rules("complaint"), statements):
        key = (match.said.turn, match.rule.label)
        if key not in found:
            found[key] = match.finding("complaint", match.rule.label, {"what": match.what})
    known = {turn for turn, _sort in found}
    clearest = sorted(statements, key=lambda said: -signs.likely(said, "complaint"))
    for said in clearest:
        if said.turn not in known and signs.shows(said, "complaint"):
            known.add(said.turn)
            sure = signs.likely(said, "complaint")
            what = {"what": said.text}
            found[said.turn, WENT_WRONG] = finding_of("complaint", WENT_WRONG, said, sure, what)
    return list(found.values())
