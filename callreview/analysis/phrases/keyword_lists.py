"""Keyword lists: what they hold and how they are read from and turned into plain data."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast, get_args

from callreview.analysis.phrases.variants import has_too_many, variants
from callreview.config.paths import resources_dir
from callreview.config.shipped import read_toml
from callreview.config.toml_lines import in_line
from callreview.domain.plain_data import N_, FieldError, Fields
from callreview.domain.scorecard import Wording

ListRole = Literal["agent", "customer", "any"]
ListPosition = Literal["anywhere", "start", "end"]
ListCheck = Literal["none", "appear", "not appear"]

USUAL_WITHIN_S = {"anywhere": 30.0, "start": 30.0, "end": 60.0}
"""Seconds from the start or the end of the talk in which a list is looked for."""

LONGEST_WITHIN_S = 3600.0

_FIELDS = (
    *("name", "title", "language", "role", "position", "within_s", "must", "near"),
    *("phrases", "exclusions"),
)


@dataclass(frozen=True)
class KeywordList:
    """Words and phrases to look for in what `role` says; `phrase_variants` says how they are written.

    A hit inside one of the `exclusions` does not count ("cancel" in "cancel that order number").
    With a `position` only hits within `within_s` seconds of the start or the end of the talk count.
    `must` says that one of the phrases has to be said, or that none may be. `near` finds words
    that are nearly those of a phrase too, as a recogniser mishears them.
    `name` and `language` (a code such as "en") together tell a list from all others.
    """

    name: str
    title: Wording
    language: str
    role: ListRole
    phrases: tuple[str, ...]
    exclusions: tuple[str, ...] = ()
    position: ListPosition = "anywhere"
    within_s: float = 30.0
    must: ListCheck = "none"
    near: bool = False


@cache
def load_shipped_lists() -> tuple[KeywordList, ...]:
    """The keyword lists that come with CallReview, in the order of their file names."""
    folder = resources_dir() / "keywords"
    return tuple(read_list(path) for path in sorted(folder.glob("*.toml")))


def read_list(path: Path) -> KeywordList:
    """The keyword list in a TOML file.

    Raises UserError that names the file, the line, and the field.
    """
    data = read_toml(path)
    try:
        return parse_list(data)
    except FieldError as problem:
        raise in_line(path, problem) from problem


def parse_list(data: Mapping[str, object]) -> KeywordList:
    """The keyword list that `data` describes.

    Raises FieldError (a UserError) that names the field and, in a list, the number of the phrase.
    """
    fields = Fields(data)
    fields.only(_FIELDS)
    position = fields.choice("position", get_args(ListPosition), "anywhere")
    return KeywordList(
        name=fields.text("name"),
        title=fields.wording("title"),
        language=fields.text("language"),
        role=cast(ListRole, fields.choice("role", get_args(ListRole), "any")),
        phrases=_phrases(fields, "phrases"),
        exclusions=_phrases(fields, "exclusions", ()),
        position=cast(ListPosition, position),
        within_s=_within_s(fields, USUAL_WITHIN_S[position]),
        must=cast(ListCheck, fields.choice("must", get_args(ListCheck), "none")),
        near=fields.flag("near", False),
    )


def list_to_data(keyword_list: KeywordList) -> dict[str, object]:
    """The list as plain data that `parse_list` reads back to an equal list."""
    return {
        "name": keyword_list.name,
        "title": dict(keyword_list.title),
        "language": keyword_list.language,
        "role": keyword_list.role,
        "position": keyword_list.position,
        "within_s": keyword_list.within_s,
        "must": keyword_list.must,
        "near": keyword_list.near,
        "phrases": list(keyword_list.phrases),
        "exclusions": list(keyword_list.exclusions),
    }


def _within_s(fields: Fields, usual: float) -> float:
    within_s = fields.weight("within_s", usual)
    if within_s > LONGEST_WITHIN_S:
        raise FieldError(
            N_("{where}: at most {most} seconds, found {found}"),
            where=fields.where("within_s"),
            most=LONGEST_WITHIN_S,
            found=within_s,
        )
    return within_s


def _phrases(fields: Fields, name: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
    phrases = fields.texts(name, default)
    for number, phrase in enumerate(phrases, 1):
        if not variants(phrase):
            template = N_("{where}: a phrase needs a letter or a digit, found {found}")
        elif has_too_many(phrase):
            template = N_("{where}: too many ways to say it, write several phrases: {found}")
        else:
            continue
        raise FieldError(template, where=f"{fields.where(name)}.{number}", found=phrase)
    return phrases
