"""How sure a finding has to be to be kept, by its kind; the rest is never stored or shown."""

from collections.abc import Mapping

from callreview.domain.finding import Finding, FindingKind

THRESHOLDS: Mapping[FindingKind, float] = {
    "contact_reason": 0.5,
    "topic": 0.85,
    "promise": 0.6,
    "complaint": 0.6,
    "mention": 0.6,
    "question": 0.5,
    "purchase_given_up": 0.6,
}
"""Chosen on one half of the labelled turns in tests/data/understanding, measured on the other."""


def sure_enough(finding: Finding) -> bool:
    """Whether the finding is kept; kinds that are not named are always sure."""
    return finding.confidence >= THRESHOLDS.get(finding.kind, 0.0)
