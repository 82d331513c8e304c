"""Texts reduced to what makes them the same words."""

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=50_000)
def letters(text: str) -> str:
    """The letters and digits of a text as they are compared: no case, accents or spaces.

    Hangul is taken apart into its letters, so that one that was misheard is a small difference.
    """
    spelled = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in spelled if character.isalnum())
