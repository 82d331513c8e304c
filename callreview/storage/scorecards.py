"""Scorecards of the workspace; a version that was stored never changes."""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from callreview.config.language import _
from callreview.domain.errors import UserError
from callreview.domain.scorecard import Scorecard
from callreview.storage.serialise import from_json, to_json

if TYPE_CHECKING:
    from sqlite_utils import Database


def install_scorecards(db: "Database", scorecards: Sequence[Scorecard]) -> None:
    """Store the versions that the workspace does not have yet.

    Raises UserError when a stored version has other content: it needs a new version number.
    """
    for card in scorecards:
        stored = db.execute(
            "SELECT body FROM scorecard WHERE name = ? AND version = ?", [card.name, card.version]
        ).fetchone()
        if stored is None:
            db.execute(
                "INSERT INTO scorecard (name, version, body) VALUES (?, ?, ?)",
                [card.name, card.version, to_json(card)],
            )
        elif stored[0] != to_json(card):
            raise UserError(
                _(
                    "Version {version} of the scorecard “{name}” is in this workspace with other "
                    "content. Give the changed form a new version number."
                ).format(version=card.version, name=card.name)
            )


def list_scorecards(db: "Database") -> list[Scorecard]:
    """The newest version of every scorecard, by name."""
    rows = db.execute("SELECT body, max(version) FROM scorecard GROUP BY name ORDER BY name")
    return [parse_scorecard(body) for body, _version in rows]


def latest_scorecard(db: "Database", name: str) -> Scorecard:
    """The newest version of the scorecard with this name; UserError when there is none."""
    return parse_scorecard(_latest(db, name)[1])


def latest_scorecard_id(db: "Database", name: str) -> int:
    """The row of the newest version of the scorecard with this name; UserError for none."""
    return _latest(db, name)[0]


@lru_cache(maxsize=64)
def parse_scorecard(body: str) -> Scorecard:
    """The scorecard of a stored body."""
    return from_json(Scorecard, body)


def _latest(db: "Database", name: str) -> tuple[int, str]:
    row: tuple[int, str] | None = db.execute(
        "SELECT id, body FROM scorecard WHERE name = ? ORDER BY version DESC LIMIT 1", [name]
    ).fetchone()
    if row is None:
        names = [n for (n,) in db.execute("SELECT DISTINCT name FROM scorecard ORDER BY name")]
        raise UserError(
            _("There is no scorecard “{name}”. There are: {names}.").format(
                name=name, names=", ".join(names)
            )
        )
    return row
