"""Turns as lines of a text file, one a line: the words, or a role, a tab and the words."""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from callreview.exchange.delimited_text import decode_text, read_text

STANDARD_INPUT = "-"
_ROLE = re.compile(r"\s*([^\W_][\w.-]{0,29}(?: \d{1,3})?)\s*:?\t(.*\S.*)", re.DOTALL)


@dataclass(frozen=True)
class TurnLine:
    """One line: who speaks ("" where the line does not say it) and what is said."""

    role: str
    text: str


def read_turn_lines(name: str) -> tuple[TurnLine, ...]:
    """The lines of a file, or of standard input when `name` is "-".

    Encodings and errors are those of `read_table`. Lines end with LF or CRLF; blank lines are turns
    without words. A role is one word ("agent", "speaker 2") before the first tab, whatever it is.
    """
    if name == STANDARD_INPUT:
        text = decode_text(Path(name), sys.stdin.buffer.read()).lstrip("\ufeff")
    else:
        text = read_text(Path(name))
    return parse_turn_lines(text)


def parse_turn_lines(text: str) -> tuple[TurnLine, ...]:
    """The lines of a text; the end of the last line begins no further one."""
    lines = text.replace("\r\n", "\n").split("\n")
    if lines[-1] == "":
        lines.pop()
    return tuple(map(_turn_line, lines))


def _turn_line(line: str) -> TurnLine:
    parts = _ROLE.fullmatch(line)
    return TurnLine(parts[1], parts[2]) if parts else TurnLine("", line.replace("\t", " "))
