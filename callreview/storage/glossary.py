"""The glossary of a workspace: names of products and people as they are written."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def load_glossary(db: "Database") -> tuple[str, ...]:
    """All terms in the order of the user; empty in a new workspace."""
    rows = db.execute("SELECT term FROM glossary_term ORDER BY position, term")
    return tuple(term for (term,) in rows)


def agents_in_calls(db: "Database") -> list[str]:
    """The agents that calls name."""
    return [name for (name,) in db.execute("SELECT DISTINCT agent FROM call WHERE agent <> ''")]


def names_in_calls(db: "Database") -> list[str]:
    """The agents and campaigns that calls name, those of most calls first."""
    rows = db.execute(
        "SELECT name FROM (SELECT agent AS name FROM call UNION ALL SELECT campaign FROM call) "
        "WHERE name <> '' GROUP BY name ORDER BY count(*) DESC, name"
    )
    return [name for (name,) in rows]
