"""What comes with CallReview as TOML files: the scorecards."""

import tomllib
from functools import cache
from pathlib import Path

from callreview.config.language import _
from callreview.config.paths import resources_dir
from callreview.domain.errors import UserError
from callreview.domain.plain_data import FieldError
from callreview.domain.scorecard import Scorecard
from callreview.domain.scorecard_form import parse_scorecard


@cache
def shipped_scorecards() -> tuple[Scorecard, ...]:
    """The scorecards that come with CallReview, in the order of their file names."""
    folder = resources_dir() / "scorecards"
    return tuple(read_scorecard(path) for path in sorted(folder.glob("*.toml")))


def read_scorecard(path: Path) -> Scorecard:
    """The scorecard in a TOML file.

    Raises UserError that names the file and the line (broken TOML) or the field.
    """
    data = read_toml(path)
    try:
        return parse_scorecard(data)
    except FieldError as problem:
        raise in_file(path, problem) from problem


def read_toml(path: Path) -> dict[str, object]:
    """The content of a TOML file; a byte order mark is allowed.

    Raises UserError that names the file, and the line where it is not TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        text = _("{file} cannot be read: {problem}")
        raise UserError(text.format(file=path, problem=problem)) from problem


def in_file(path: Path, problem: FieldError) -> UserError:
    """The problem in the user's language, with the file it is in."""
    return UserError(f"{path}: {_(problem.template).format(**problem.values)}")
