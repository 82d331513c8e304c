"""Where in a TOML file a field stands, so that a person finds what is wrong with it."""

import re
from pathlib import Path

from callreview.config.language import _
from callreview.domain.errors import UserError
from callreview.domain.plain_data import FieldError

_TOKEN = re.compile(r"#[^\n]*|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'|[\[\]]|[^\s,\[\]#\"']+")


def in_line(path: Path, problem: FieldError) -> UserError:
    """The problem in the user's language, with the file and the line it is in."""
    text = _(problem.template).format(**problem.values)
    line = line_of(path.read_text(encoding="utf-8-sig"), str(problem.values.get("where", "")))
    if line is None:
        return UserError(f"{path}: {text}")
    return UserError(_("{file}, line {line}: {problem}").format(file=path, line=line, problem=text))


def line_of(toml: str, where: str) -> int | None:
    """The line (from 1) of a field such as "role", or of an item of a list such as "phrases.3".

    None when the field is not there.
    """
    name, _dot, number = where.partition(".")
    found = re.search(rf"^[ \t]*{re.escape(name)}[ \t]*[.=]", toml, re.MULTILINE)
    if found is None or not name:
        return None
    place = _item(toml, found.end(), int(number)) if number.isdecimal() else found.end()
    return toml.count("\n", 0, place) + 1


def _item(toml: str, start: int, number: int) -> int:
    """Where item `number` (from 1) of the list that begins after `start` stands."""
    place = start
    for token in _TOKEN.finditer(toml, start):
        if token.group()[0] in "#[":
            continue
        if token.group() == "]":
            break
        place, number = token.start(), number - 1
        if number == 0:
            break
    return place
