"""Promises and follow-ups: who does what, and when."""

from collections.abc import Sequence

from callreview.analysis.findings.rules import find_matches, load_rules
from callreview.analysis.statements import Statement
from callreview.domain.finding import Finding


def find_promises(statements: Sequence[Statement]) -> list[Finding]:
    """What somebody said they would do after the call.

    `details`: "who" (the role), "what" and "when" (words of the call; "when" only where it was said).
    """
    return [
        match.finding(
            "promise",
            match.rule.label,
            {
                "who": match.said.role,
                "what": match.what,
                **({"when": match.when} if match.when else {}),
            },
        )
        for match in find_matches(load_rules("promise"), statements)
    ]
