"""A keyword list as a file of its own, to hand on and to take in (TOML, as those that are shipped)."""

import json
from pathlib import Path

from callreview.analysis.phrases.keyword_lists import KeywordList, list_to_data, read_list
from callreview.config.files import write_whole_file

__all__ = ["read_list", "write_list"]


def write_list(keyword_list: KeywordList, path: Path) -> None:
    """Write the list to a TOML file that `read_list` reads back.

    Raises UserError when the folder does not exist, EnvironmentProblem when the computer refuses.
    """
    lines = (f"{name} = {_toml(value)}\n" for name, value in list_to_data(keyword_list).items())
    text = "".join(lines)
    write_whole_file(path, lambda part: part.write_text(text, "utf-8"))


def _toml(value: object) -> str:
    if isinstance(value, dict):
        pairs = (f"{_text(str(key))} = {_toml(item)}" for key, item in value.items())
        return f"{{ {', '.join(pairs)} }}"
    if isinstance(value, list):
        return "".join(("[\n", *(f"    {_toml(item)},\n" for item in value), "]"))
    if isinstance(value, bool):
        return str(value).lower()
    return _text(value) if isinstance(value, str) else str(value)


def _text(text: str) -> str:
    # JSON escapes as TOML does, but for DEL.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
