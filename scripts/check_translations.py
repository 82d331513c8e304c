"""Fails when a text has no Korean translation, or a translation lost a placeholder or a key."""

import re
import sys

from babel.messages.catalog import Catalog, Message
from collect_translations import collect, korean

PLACEHOLDER = re.compile(r"{(\w*)[^}]*}")
# "&File" is opened with Alt+F; "&&" would be a plain ampersand.
MENU_KEY = re.compile(r"&(?=\w)")


def problems(wanted: Catalog, translated: Catalog) -> list[str]:
    """Every text that a Korean reader would see in English or broken."""
    found = []
    for message in wanted:
        if message.id:
            found += _problems_of(message, translated.get(message.id, message.context))
    return found


def _problems_of(wanted: Message, translated: Message | None) -> list[str]:
    # Korean has one form for all numbers: it has to hold what the English plural holds.
    text = wanted.id if isinstance(wanted.id, str) else wanted.id[-1]
    strings = _strings(translated)
    if not strings or not all(strings):
        return [f"not translated: {text!r}"]
    found = []
    for string in strings:
        lost = set(PLACEHOLDER.findall(text)) ^ set(PLACEHOLDER.findall(string))
        if lost:
            found.append(f"placeholders differ {sorted(lost)}: {text!r}")
        if len(MENU_KEY.findall(text)) != len(MENU_KEY.findall(string)):
            found.append(f"the menu key differs: {text!r}")
    return found


def _strings(message: Message | None) -> list[str]:
    if message is None or message.fuzzy:
        return []
    return [message.string] if isinstance(message.string, str) else list(message.string)


if __name__ == "__main__":
    lines = problems(collect(), korean())
    for line in lines:
        print(line, file=sys.stderr)
    print(f"Korean catalogue: {len(lines)} problems")
    sys.exit(bool(lines))
