"""Promises and follow-ups: who does what, and when."""

from collections.abc import Sequence

from callreview.analysis.findings.rules import (
    find_matches,
    finding_of,
    load_rules,
    ruled_out,
    time_said,
)
from callreview.analysis.findings.signs import Signs
from callreview.analysis.statements import Statement
from callreview.domain.finding import Finding


def find_promises(statements: Sequence[Statement], signs: Signs) -> list[Finding]:
    """What somebody said they would do after the call.

    `details`: "who" (the role), "what" and "when" (words of the call; "when" only where it was said).
    """
    rules = load_rules("promise")
    matches = {match.said.place: match for match in find_matches(rules, statements)}
    found = []
    for said in statements:
        if match := matches.get(said.place):
            details = _details(said, match.what, match.when)
            found.append(match.finding("promise", match.rule.label, details))
        elif signs.shows(said, "promise") and not said.asks and not ruled_out(rules, said):
            details = _details(said, said.text, time_said(rules, said))
            sure = signs.likely(said, "promise")
            found.append(finding_of("promise", "follow_up", said, sure, details))
    return found


def _details(said: Statement, what: str, when: str) -> dict[str, str]:
    return {"who": said.role, "what": what} | ({"when": when} if when else {})
