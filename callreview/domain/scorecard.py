"""Scorecards: versioned forms of weighted questions. A published version never changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

ScoringMode = Literal["points", "normalised"]
AutoFail = Literal["none", "section", "form"]

Wording = Mapping[str, str]
"""Text by language code; "en" is always there."""


def wording_in(wording: Wording, language: str) -> str:
    """The wording in `language`, or in English when it was not translated."""
    return wording.get(language) or wording.get("en", "")


@dataclass(frozen=True)
class Option:
    """A possible answer and its value in [0, 1]."""

    value: float
    label: Wording


@dataclass(frozen=True)
class Question:
    """One question of a section.

    `weight` is the points the question can earn. An auto-fail question sets its section or the
    whole form to 0 when it is answered with value 0. A bonus adds to earned, not to possible.
    """

    key: str
    text: Wording
    help: Wording
    options: tuple[Option, ...]
    weight: float = 1.0
    allows_na: bool = True
    auto_fail: AutoFail = "none"
    critical: bool = False
    bonus: bool = False


@dataclass(frozen=True)
class Section:
    """Questions that belong together, with the section's weight in the form."""

    key: str
    title: Wording
    weight: float
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Scorecard:
    """One version of a form. `name` is what the command line calls it."""

    name: str
    version: int
    title: Wording
    mode: ScoringMode
    sections: tuple[Section, ...]

    def question(self, key: str) -> Question:
        """The question with this key; raises KeyError when the form has none."""
        for section in self.sections:
            for question in section.questions:
                if question.key == key:
                    return question
        raise KeyError(key)

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions in the order of the form."""
        return tuple(q for section in self.sections for q in section.questions)
