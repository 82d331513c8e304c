"""Keyword lists: what they hold and how they are read from and turned into plain data."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast, get_args

from callreview.config.paths import resources_dir
from callreview.config.shipped import in_file, read_toml
from callreview.domain.plain_data import N_, FieldError, Fields
from callreview.domain.scorecard import Wording

ListRole = Literal["agent", "customer", "any"]

_FIELDS = ("name", "title", "language", "role", "phrases", "exclusions")
_LETTER = re.compile(r"[^\W_]")


@dataclass(frozen=True)
class KeywordList:
    """Words and phrases to look for in what `role` says.

    A hit inside one of the `exclusions` does not count ("cancel" in "cancel that order number").
    `name` and `language` (a code such as "en") together tell a list from all others.
    """

    name: str
    title: Wording
    language: str
    role: ListRole
    phrases: tuple[str, ...]
    exclusions: tuple[str, ...] = ()


@cache
def load_shipped_lists() -> tuple[KeywordList, ...]:
    """The keyword lists that come with CallReview, in the order of their file names."""
    folder = resources_dir() / "keywords"
    return tuple(read_list(path) for path in sorted(folder.glob("*.toml")))


def read_list(path: Path) -> KeywordList:
    """The keyword list in a TOML file.

    Raises UserError that names the file and the line (broken TOML) or the field.
    """
    data = read_toml(path)
    try:
        return parse_list(data)
    except FieldError as problem:
        raise in_file(path, problem) from problem


def parse_list(data: Mapping[str, object]) -> KeywordList:
    """The keyword list that `data` describes.

    Raises FieldError (a UserError) that names the field and, in a list, the number of the phrase.
    """
    fields = Fields(data)
    fields.only(_FIELDS)
    return KeywordList(
        name=fields.text("name"),
        title=fields.wording("title"),
        language=fields.text("language"),
        role=cast(ListRole, fields.choice("role", get_args(ListRole), "any")),
        phrases=_phrases(fields, "phrases"),
        exclusions=_phrases(fields, "exclusions", ()),
    )


def list_to_data(keyword_list: KeywordList) -> dict[str, object]:
    """The list as plain data that `parse_list` reads back to an equal list."""
    return {
        "name": keyword_list.name,
        "title": dict(keyword_list.title),
        "language": keyword_list.language,
        "role": keyword_list.role,
        "phrases": list(keyword_list.phrases),
        "exclusions": list(keyword_list.exclusions),
    }


def _phrases(fields: Fields, name: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
    phrases = fields.texts(name, default)
    for number, phrase in enumerate(phrases, 1):
        if not _LETTER.search(phrase):
            raise FieldError(
                N_("{where}: a phrase needs a letter or a digit, found {found}"),
                where=f"{fields.where(name)}.{number}",
                found=phrase,
            )
    return phrases
