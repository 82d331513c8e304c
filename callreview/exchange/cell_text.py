"""Text made safe for the cells of a spreadsheet."""

import re
import unicodedata

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_FORMULA_SIGNS = ("=", "+", "-", "@", "\N{MINUS SIGN}")
_LEADING_CONTROLS = ("\t", "\r", "\n", "\0")


def safe_cell(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would take for a formula.

    That is text that starts with = + - @ TAB CR LF NUL, their full-width forms, or spaces before
    one of these (docs/definitions.md, "Exchange"). Control characters, which no spreadsheet can
    hold, are left out. Numbers never come here: they stay numbers.
    """
    shown = _CONTROL.sub("", text).encode("utf-8", "replace").decode("utf-8")
    # What is left out may have hidden what the cell starts with now.
    return f"'{shown}" if _is_dangerous(text) or _is_dangerous(shown) else shown


def _is_dangerous(text: str) -> bool:
    if text.startswith(_LEADING_CONTROLS):
        return True
    first = next((letter for letter in text if not _is_blank(letter)), "")
    return unicodedata.normalize("NFKC", first)[:1] in _FORMULA_SIGNS


def _is_blank(letter: str) -> bool:
    return letter.isspace() or unicodedata.category(letter) in ("Cc", "Cf", "Zs")
