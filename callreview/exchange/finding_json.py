"""Findings as JSON: what `findings --json` prints. Times are seconds, rounded to milliseconds."""

from collections.abc import Callable, Sequence

from callreview.domain.finding import Finding
from callreview.domain.transcript import Transcript, join_words

Json = dict[str, object]


def findings_to_json(
    findings: Sequence[Finding], transcript: Transcript | None, describe: Callable[[Finding], str]
) -> list[Json]:
    """Describe findings in their order; `text` are the words of the transcript that show each.

    `describe` puts a finding into the user's words.
    """
    return [
        {
            "kind": one.kind,
            "label": one.label,
            "start_s": round(one.start_s, 3),
            "end_s": round(one.end_s, 3),
            "role": one.role,
            "confidence": round(one.confidence, 3),
            "turn": one.turn,
            "text": words_of(one, transcript),
            "details": dict(one.details),
            "description": describe(one),
        }
        for one in findings
    ]


def words_of(finding: Finding, transcript: Transcript | None) -> str:
    """The words of the transcript that show a finding, "" where there are none."""
    if transcript is None or finding.turn is None or finding.turn >= len(transcript.turns):
        return ""
    words = transcript.turns[finding.turn].words
    first = finding.first_word or 0
    last = len(words) - 1 if finding.last_word is None else finding.last_word
    return join_words(words[first : last + 1])
