"""Near-matches of names are written as the names are; ordinary words are left alone.

A stretch of words whose letters, without spaces, are nearly those of a term becomes the term. A term is
worth less than a true word: what is an ordinary word by itself is not taken for a name.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from typing import TypeVar

from callreview.domain.transcript import Word
from callreview.speech.name_matches import NameMatch, Term, matches_of, terms_of, windows_of

HeardT = TypeVar("HeardT", bound=Word)

ALIKE = 85.0
"""Least likeness of a near-match (rapidfuzz `ratio`, 0..100): no false ones in 30,000 windows."""

ALIKE_ORDINARY = 90.0
"""The same for words that are all ordinary ones: "bright lime" for "Brightline"."""

ALIKE_AT_ALL = 60.0
"""The same for words that are heard as the name when they are listened to again."""

WORTH_LISTENING = 65.0
"""Least likeness of words for which a window is listened to again."""

_LEAST_LENGTH = 0.65
# "And we" is nearly "Andrew".
_FEWEST_LETTERS_OF_ORDINARY = 8


def repair_names(
    words: Sequence[HeardT], terms: Sequence[str], ordinary: Collection[str] = frozenset()
) -> tuple[HeardT, ...]:
    """The words with names that were nearly recognised as they are written in the glossary.

    Times stay; so do punctuation, a possessive "'s" and Korean particles after the name. `ordinary`
    are words in lower case that mean themselves (`ordinary_words`): one alone is never taken for
    a name. Doing it again changes nothing.
    """
    known = terms_of(terms)
    if not known or not words:
        return tuple(words)
    found = matches_of(windows_of(words, known, ordinary), known, ALIKE)
    return _written(words, [match for match in found if _means(match)])


def may_hold_names(words: Sequence[Word], terms: Sequence[str]) -> bool:
    """Whether some words are somewhat like a term, and not that term already.

    It is worth listening to them again with the terms in mind.
    """
    known = terms_of(terms)
    found = _chosen(matches_of(windows_of(words, known), known, WORTH_LISTENING))
    return any(not match.right and _as_long(match) for match in found)


def names_heard(
    words: Sequence[HeardT], again: Sequence[Word], terms: Sequence[str]
) -> tuple[HeardT, ...]:
    """The words with the names that a second listening, with the names in mind, heard there.

    `again` is what it heard, in the same clock. Only words that are said at the time of such a name
    and are somewhat like it become the name; all others stay as they were heard first.
    """
    known = terms_of(terms)
    second = matches_of(windows_of(again, known), known, 100.0)
    spots = [(m.term, again[m.places[0]].start_s, again[m.places[-1]].end_s) for m in second]
    if not spots:
        return tuple(words)
    first = matches_of(windows_of(words, known), known, ALIKE_AT_ALL)
    return _written(words, [match for match in first if _at_one(match, words, spots)])


def _at_one(
    match: NameMatch, words: Sequence[Word], spots: Sequence[tuple[Term, float, float]]
) -> bool:
    """Whether a name was heard the second time where these words were heard the first time."""
    if match.alike == 100.0:
        return True
    start_s, end_s = words[match.places[0]].start_s, words[match.places[-1]].end_s
    return _as_long(match) and any(
        term == match.term and _shared(start_s, end_s, from_s, until_s) >= 0.5
        for term, from_s, until_s in spots
    )


def _as_long(match: NameMatch) -> bool:
    """Whether words and name have about as many letters: "and" is no "Andrew", told names or not."""
    short, long = sorted((len(match.window.key), len(match.term.key)))
    return short >= _LEAST_LENGTH * long


def _shared(start_s: float, end_s: float, from_s: float, until_s: float) -> float:
    """How much of the time that two stretches take is in both, 0..1."""
    both_s = min(end_s, until_s) - max(start_s, from_s)
    return both_s / max(max(end_s, until_s) - min(start_s, from_s), 0.01)


def _written(words: Sequence[HeardT], found: Sequence[NameMatch]) -> tuple[HeardT, ...]:
    """The words with the best of the matches written as their terms."""
    matches = _chosen(found)
    result: list[HeardT] = []
    done = 0
    for match in sorted(matches, key=lambda match: match.window.first):
        result += words[done : match.window.first]
        there = words[match.window.first : match.places.stop]
        result += there if match.right else _repaired(there, match)
        done = match.places.stop
    return (*result, *words[done:])


def _means(match: NameMatch) -> bool:
    """Whether a window that is like a term is to be taken for it by its letters alone."""
    window, term, alike = match.window, match.term, match.alike
    if alike == 100.0:
        # A term that is an ordinary word too ("Orange") is what was heard, a name or not.
        return not (window.ordinary and window.size == len(term.parts) == 1)
    if term.short or window.key == f"{term.key}s" or _digits(window.key) != _digits(term.key):
        return False
    if window.ordinary:
        long = len(term.key) >= _FEWEST_LETTERS_OF_ORDINARY
        return window.size > 1 and long and alike >= ALIKE_ORDINARY
    return True


def _digits(key: str) -> list[str]:
    return [character for character in key if character.isdigit()]


def _chosen(matches: Sequence[NameMatch]) -> list[NameMatch]:
    """The best matches that do not share a word; a name that is right already keeps its words."""
    chosen: list[NameMatch] = []
    taken: set[int] = set()
    for match in sorted(matches, key=_preference):
        if taken.isdisjoint(match.places):
            chosen.append(match)
            taken.update(match.places)
    return chosen


def _preference(match: NameMatch) -> tuple[float, bool, int, int, int]:
    window = match.window
    return (-match.alike, not match.right, -len(match.term.key), window.size, window.first)


def _repaired(there: Sequence[HeardT], match: NameMatch) -> list[HeardT]:
    """The words of the term at the times of those that were heard."""
    parts = list(match.term.parts)
    times = _times(there, parts)
    parts[0] = match.window.before + parts[0]
    parts[-1] += match.window.after
    confidence = min(word.confidence for word in there)
    return [
        replace(
            there[min(number, len(there) - 1)],
            text=part,
            start_s=start_s,
            end_s=end_s,
            confidence=confidence,
            space_before=there[0].space_before if number == 0 else True,
        )
        for number, (part, (start_s, end_s)) in enumerate(zip(parts, times, strict=True))
    ]


def _times(there: Sequence[Word], parts: Sequence[str]) -> list[tuple[float, float]]:
    if len(parts) == len(there):
        return [(word.start_s, word.end_s) for word in there]
    start_s, length_s = there[0].start_s, there[-1].end_s - there[0].start_s
    shares = accumulate((len(part) for part in parts), initial=0)
    whole = sum(len(part) for part in parts)
    edges = [start_s + length_s * share / whole for share in shares]
    edges[-1] = there[-1].end_s
    return list(pairwise(edges))
