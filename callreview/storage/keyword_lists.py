"""Keyword lists of the workspace, as the words of their own format: analysis knows their meaning."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True)
class StoredKeywordList:
    """A keyword list by name and language; `body` is what analysis.keywords needs, as JSON."""

    name: str
    language: str
    body: Mapping[str, Any]


def load_keyword_lists(db: "Database") -> list[StoredKeywordList]:
    """All keyword lists in the order of the user; empty in a new workspace."""
    rows = db.execute(
        "SELECT name, language, body FROM keyword_list ORDER BY position, name, language"
    )
    return [StoredKeywordList(name, language, json.loads(body)) for name, language, body in rows]
