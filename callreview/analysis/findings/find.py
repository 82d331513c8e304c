"""Everything that is found in a call beside sentiment, hits and talk metrics: one line for each family."""

from callreview.analysis.findings.complaints import calm_turns, find_complaints
from callreview.analysis.findings.mentions import find_mentions
from callreview.analysis.findings.moments import find_moments
from callreview.analysis.findings.promises import find_promises
from callreview.analysis.findings.purchases import find_purchases_given_up
from callreview.analysis.findings.questions_answered import find_questions
from callreview.analysis.findings.signs import Signs
from callreview.analysis.personal_data.mask import find_masked
from callreview.analysis.phrases.list_checks import check_lists
from callreview.analysis.settings import AnalysisSettings
from callreview.analysis.statements import statements_of
from callreview.analysis.thresholds import sure_enough
from callreview.analysis.topics.call_topics import find_topics
from callreview.domain.finding import Finding
from callreview.domain.transcript import Transcript

DEFINITION = "findings-3"
"""The version of all rules here; stored with the call under "findings"."""


def find_findings(
    transcript: Transcript,
    duration_s: float,
    settings: AnalysisSettings,
) -> tuple[Finding, ...]:
    """What is found in a masked transcript with sentiment and hits, in the order of time.

    Everything depends on the roles the speakers have, so all is found again when they change.
    """
    statements = statements_of(transcript.turns)
    signs = Signs(statements, calm_turns(transcript.turns))
    found = (
        *find_moments(transcript.turns, duration_s),
        *find_masked(transcript),
        *check_lists(transcript, settings.lists),
        *find_topics(statements, settings.topics),
        *find_promises(statements, signs),
        *find_complaints(statements, signs),
        *find_mentions(transcript.turns, statements, settings.products),
        *find_questions(statements, signs),
        *find_purchases_given_up(statements, signs),
    )
    return tuple(sorted(filter(sure_enough, found), key=lambda one: (one.start_s, one.end_s)))
