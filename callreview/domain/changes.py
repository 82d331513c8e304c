"""What changed in a workspace, for everyone who shows it."""

from dataclasses import dataclass
from typing import Final

CALLS: Final = "calls"
PROCESSING: Final = "processing"
TRANSCRIPTS: Final = "transcripts"
EVALUATIONS: Final = "evaluations"
COMMENTS: Final = "comments"
SCORECARDS: Final = "scorecards"
KEYWORD_LISTS: Final = "keyword lists"
GLOSSARY: Final = "glossary"
SETTINGS: Final = "settings"
HISTORY: Final = "history"


@dataclass(frozen=True)
class Changed:
    """A committed change: what it touched (the topics above), and who asked for it ("" unknown).

    HISTORY is among the topics when what can be undone or redone has changed.
    """

    topics: frozenset[str]
    initiator: str
