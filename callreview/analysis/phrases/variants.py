"""The ways in which a phrase of a keyword list may be said.

What a supervisor writes, all other characters standing for themselves:

- `call|ring me` - "call me" or "ring me"; with spaces around it, `|` parts whole phrases;
- `call (you) back` - what is in brackets may be left out; `(you|him)` - one of them, or neither;
  in Korean it may follow without a space: `취소(를) 부탁`.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import product

MOST_VARIANTS = 64
"""More of them is most likely a typing error, and costs memory."""

_LETTER = re.compile(r"[^\W_]")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_WHOLE = re.compile(r"\s+\|\s+")
_WORDS = re.compile(r"([^\s|]+(?:\|[^\s|]+)+)")


def variants(phrase: str) -> tuple[str, ...]:
    """All ways to say the phrase that have a letter or digit; at most MOST_VARIANTS of them."""
    found: dict[str, None] = {}
    for text in _ways(phrase):
        if _LETTER.search(text):
            found[text] = None
        if len(found) == MOST_VARIANTS:
            break
    return tuple(found)


def has_too_many(phrase: str) -> bool:
    """Whether there are more ways to say the phrase than are looked for."""
    count = 1
    for group in _BRACKETS.findall(phrase):
        count *= 2 + group.count("|")
    for words in _WORDS.findall(_BRACKETS.sub("", phrase)):
        count *= 1 + words.count("|")
    return count > MOST_VARIANTS


def _ways(phrase: str) -> Iterator[str]:
    if "|" not in phrase and "(" not in phrase:
        yield " ".join(phrase.split())
        return
    for spoken in _choices(_BRACKETS, phrase, lambda group: (*group.split("|"), "")):
        for whole in _WHOLE.split(spoken):
            yield from map(_tidied, _choices(_WORDS, whole, lambda words: words.split("|")))


def _choices(
    pattern: re.Pattern[str], text: str, options: Callable[[str], Sequence[str]]
) -> Iterator[str]:
    """The text with each stretch that the pattern takes replaced by each of its options."""
    parts = pattern.split(text)
    each = [options(part) if number % 2 else (part,) for number, part in enumerate(parts)]
    return map("".join, product(*each))


def _tidied(text: str) -> str:
    return " ".join(text.split())
