"""The steps that brought the database to its present shape, oldest first; none is ever changed."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from callreview.storage.migrations import findings, first, speech

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

Step = Callable[["Database"], None]

STEPS: Mapping[str, Step] = {
    "0001_first": first.create_tables,
    "0002_speech": speech.add_what_speech_finds,
    "0003_findings": findings.add_findings,
}
"""Every migration by name, in order. A new shape is a new step at the end."""


def migrations(steps: Mapping[str, Step] = STEPS) -> "Migrations":
    """The steps as sqlite-utils applies them: each once, in order, remembered in the database."""
    from sqlite_utils import Migrations

    result = Migrations("callreview")
    for name, step in steps.items():
        result(name=name)(step)
    return result
