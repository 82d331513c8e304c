"""What the machine found in a call, each with the moment that shows it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from callreview.domain.transcript import Role

FindingKind = Literal[
    "moment",
    "contact_reason",
    "topic",
    "promise",
    "complaint",
    "mention",
    "question",
    "purchase_given_up",
    "list_check",
    "personal_data",
]


@dataclass(frozen=True)
class Finding:
    """One thing that was found out, from `start_s` to `end_s` seconds of the recording.

    `label` says which one of its kind: "fall" of the moments, the name of a topic or a keyword list,
    the type of the personal data. `turn` is the position of the turn that shows it in the transcript,
    `first_word` and `last_word` the words in it (inclusive); None where nobody said anything, as for
    something that was not said. `details` are further plain facts by name ("who", "when", "why",
    "answered"): words of the call, keys or figures as text, never personal data and never text of the
    user interface.
    """

    kind: FindingKind
    label: str
    start_s: float
    end_s: float
    role: Role = "unknown"
    confidence: float = 1.0
    turn: int | None = None
    first_word: int | None = None
    last_word: int | None = None
    details: Mapping[str, str] = field(default_factory=dict)
