"""Fails when a text has no Korean translation, or a translation lost a placeholder."""

import re
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from collect_translations import TRANSLATIONS, collect

PLACEHOLDER = re.compile(r"{(\w*)[^}]*}")


def problems() -> list[str]:
    """Every text that a Korean reader would see in English or broken."""
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "callreview.pot"
        collect(template)
        wanted = read_po(template.open("rb"))
    path = TRANSLATIONS / "ko" / "LC_MESSAGES" / "callreview.po"
    translated = read_po(path.open("rb"), locale="ko")
    found = []
    for message in wanted:
        if message.id:
            found += _problems_of(message, translated.get(message.id, message.context))
    return found


def _problems_of(wanted: Message, translated: Message | None) -> list[str]:
    text = wanted.id if isinstance(wanted.id, str) else wanted.id[-1]
    strings = _strings(translated)
    if not strings or not all(strings):
        return [f"not translated: {text!r}"]
    lost = set(PLACEHOLDER.findall(text)) ^ set(PLACEHOLDER.findall(strings[-1]))
    return [f"placeholders differ {sorted(lost)}: {text!r}"] if lost else []


def _strings(message: Message | None) -> list[str]:
    if message is None or message.fuzzy:
        return []
    return [message.string] if isinstance(message.string, str) else list(message.string)


if __name__ == "__main__":
    lines = problems()
    for line in lines:
        print(line, file=sys.stderr)
    print(f"Korean catalogue: {len(lines)} problems")
    sys.exit(bool(lines))
