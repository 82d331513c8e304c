"""Near-matches of names are written as the names are; ordinary words are left alone.

A stretch of words whose letters, without spaces, are nearly those of a term becomes the term. A term is
worth less than a true word: what is an ordinary word by itself is not taken for a name.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import TypeVar

from callreview.domain.letters import letters
from callreview.domain.transcript import Word

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
_FEWEST_LETTERS = 5
# "And we" is nearly "Andrew".
_FEWEST_LETTERS_OF_ORDINARY = 8
_LONGEST_PAUSE_S = 1.0
_LONGEST_SUFFIX = 5
_WORD = re.compile(r"^(\W*)(.*?)(['’]s)?(\W*)$", re.DOTALL | re.IGNORECASE)
_BREAK = re.compile(r"[.,!?;:…]$")
_HANGUL = re.compile(r"[가-힣]")
_TITLE = "고객님|상담사|상담원|님|씨"
_PARTICLES = (
    "은|는|이|가|을|를|의|에|에게|에게서|에서|에서는|에서도|에는|에도|께서|께|한테|와|과|랑|이랑|도|만|로|으로|"
    "부터|까지|보다|처럼|마다|라고|이라고|라는|이라는|라고요|입니다|입니까|이에요|예요|이고|고|인데|인데요|이요|요|"
    "이시죠|시죠|이신가요|신가요|인가요|이죠|죠"
)
_ENDING = re.compile(f"(?:{_TITLE})?(?:{_PARTICLES})?")


@dataclass(frozen=True)
class _Term:
    """A term of the glossary, its words and its letters as they are compared."""

    text: str
    parts: tuple[str, ...]
    key: str
    short: bool

    @property
    def most(self) -> int:
        """In how many words it may nearly be heard; Korean is spaced as it pleases."""
        return len(self.parts) + (2 if len(_HANGUL.findall(self.text)) > 3 else 1)

    @property
    def sizes(self) -> range:
        """In how many words it may be heard: one fewer, or letter for letter each as two."""
        words = len(self.parts)
        return range(max(words - 1, 1), max(2 * words, self.most) + 1)


@dataclass(frozen=True)
class _Window:
    """Words in a row and what could be a name in them: `core` between what stays before and after."""

    first: int
    size: int
    before: str
    core: str
    after: str
    key: str
    ordinary: bool


@dataclass(frozen=True)
class _Match:
    """A window that is a term, or nearly (`alike` 0..100)."""

    window: _Window
    term: _Term
    alike: float

    @property
    def places(self) -> range:
        return range(self.window.first, self.window.first + self.window.size)

    @property
    def right(self) -> bool:
        return self.window.core == self.term.text


def repair_names(
    words: Sequence[HeardT], terms: Sequence[str], ordinary: Collection[str] = frozenset()
) -> tuple[HeardT, ...]:
    """The words with names that were nearly recognised as they are written in the glossary.

    Times stay; so do punctuation, a possessive "'s" and Korean particles after the name. `ordinary`
    are words in lower case that mean themselves (`ordinary_words`): one alone is never taken for
    a name. Doing it again changes nothing.
    """
    known = _terms(terms)
    if not known or not words:
        return tuple(words)
    found = _matches(_windows(words, known, ordinary), known, ALIKE)
    return _written(words, [match for match in found if _means(match)])


def may_hold_names(words: Sequence[Word], terms: Sequence[str]) -> bool:
    """Whether some words are somewhat like a term, and not that term already.

    It is worth listening to them again with the terms in mind.
    """
    known = _terms(terms)
    found = _chosen(_matches(_windows(words, known), known, WORTH_LISTENING))
    return any(not match.right and _as_long(match) for match in found)


def names_heard(
    words: Sequence[HeardT], again: Sequence[Word], terms: Sequence[str]
) -> tuple[HeardT, ...]:
    """The words with the names that a second listening, with the names in mind, heard there.

    `again` is what it heard, in the same clock. Only words that are said at the time of such a name
    and are somewhat like it become the name; all others stay as they were heard first.
    """
    known = _terms(terms)
    second = _matches(_windows(again, known), known, 100.0)
    spots = [(m.term, again[m.places[0]].start_s, again[m.places[-1]].end_s) for m in second]
    if not spots:
        return tuple(words)
    first = _matches(_windows(words, known), known, ALIKE_AT_ALL)
    return _written(words, [match for match in first if _at_one(match, words, spots)])


def _at_one(
    match: _Match, words: Sequence[Word], spots: Sequence[tuple[_Term, float, float]]
) -> bool:
    """Whether a name was heard the second time where these words were heard the first time."""
    if match.alike == 100.0:
        return True
    start_s, end_s = words[match.places[0]].start_s, words[match.places[-1]].end_s
    return _as_long(match) and any(
        term == match.term and _shared(start_s, end_s, from_s, until_s) >= 0.5
        for term, from_s, until_s in spots
    )


def _as_long(match: _Match) -> bool:
    """Whether words and name have about as many letters: "and" is no "Andrew", told names or not."""
    short, long = sorted((len(match.window.key), len(match.term.key)))
    return short >= _LEAST_LENGTH * long


def _shared(start_s: float, end_s: float, from_s: float, until_s: float) -> float:
    """How much of the time that two stretches take is in both, 0..1."""
    both_s = min(end_s, until_s) - max(start_s, from_s)
    return both_s / max(max(end_s, until_s) - min(start_s, from_s), 0.01)


def _written(words: Sequence[HeardT], found: Sequence[_Match]) -> tuple[HeardT, ...]:
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


def _terms(terms: Sequence[str]) -> list[_Term]:
    return [
        _Term(text, tuple(text.split()), letters(text), _is_short(text))
        for text in dict.fromkeys(" ".join(term.split()) for term in terms)
        if letters(text)
    ]


def _is_short(text: str) -> bool:
    """Whether so few letters are like other words by chance; a Hangul syllable says more."""
    syllables = len(_HANGUL.findall(text))
    return syllables < 3 if syllables else len(letters(text)) < _FEWEST_LETTERS


def _windows(
    words: Sequence[Word], terms: Sequence[_Term], ordinary: Collection[str] = frozenset()
) -> list[_Window]:
    sizes = sorted({size for term in terms for size in term.sizes})
    return [
        window
        for first in range(len(words))
        for size in sizes
        if _together(words[first : first + size], size)
        for window in _readings(words, first, size, ordinary)
    ]


def _together(words: Sequence[Word], size: int) -> bool:
    """Whether the words were said in one go."""
    return len(words) == size and not any(
        _BREAK.search(left.text) or right.start_s - left.end_s > _LONGEST_PAUSE_S
        for left, right in pairwise(words)
    )


def _readings(
    words: Sequence[Word], first: int, size: int, ordinary: Collection[str]
) -> Iterator[_Window]:
    """A window as it is, and without what may be a Korean particle at its end."""
    places = range(first, first + size)
    text = " ".join(words[place].text for place in places)
    before, core, possessive, after = (part or "" for part in _split(text))
    plain = all(_is_ordinary(words, place, ordinary) for place in places)
    for cut in (0, *_endings(core)):
        name, ending = core[: len(core) - cut], core[len(core) - cut :]
        if key := letters(name):
            rest = ending + possessive + after
            yield _Window(first, size, before, name, rest, key, plain and not ending)


def _split(text: str) -> tuple[str | None, ...]:
    found = _WORD.match(text)
    return found.groups() if found else ("", text, "", "")


def _endings(core: str) -> Iterator[int]:
    """How many syllables at the end of a name may be particles."""
    for length in range(1, min(_LONGEST_SUFFIX, len(core) - 2) + 1):
        ending = core[-length:]
        if _HANGUL.match(ending) and _ENDING.fullmatch(ending):
            yield length


def _is_ordinary(words: Sequence[Word], place: int, ordinary: Collection[str]) -> bool:
    """Whether a word means itself; one with a capital does where a sentence begins."""
    bare = words[place].text.strip(".,!?;:…\"'()[]-")
    if place == 0 or _BREAK.search(words[place - 1].text):
        bare = bare[:1].lower() + bare[1:]
    return bare in ordinary


def _matches(windows: Sequence[_Window], terms: Sequence[_Term], least: float) -> list[_Match]:
    """The windows that are at least so much alike to a term (0..100)."""
    from rapidfuzz import fuzz, process

    keys = list(dict.fromkeys(window.key for window in windows))
    by_key: dict[str, list[_Window]] = {}
    for window in windows:
        by_key.setdefault(window.key, []).append(window)
    found = []
    for term in terms:
        near = process.extract(
            term.key, keys, scorer=fuzz.ratio, score_cutoff=least, processor=None, limit=None
        )
        found += [
            _Match(window, term, alike)
            for key, alike, _index in near
            for window in by_key[key]
            if window.size in term.sizes and (alike == 100.0 or window.size <= term.most)
        ]
    return found


def _means(match: _Match) -> bool:
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


def _chosen(matches: Sequence[_Match]) -> list[_Match]:
    """The best matches that do not share a word; a name that is right already keeps its words."""
    chosen: list[_Match] = []
    taken: set[int] = set()
    for match in sorted(matches, key=_preference):
        if taken.isdisjoint(match.places):
            chosen.append(match)
            taken.update(match.places)
    return chosen


def _preference(match: _Match) -> tuple[float, bool, int, int, int]:
    window = match.window
    return (-match.alike, not match.right, -len(match.term.key), window.size, window.first)


def _repaired(there: Sequence[HeardT], match: _Match) -> list[HeardT]:
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
