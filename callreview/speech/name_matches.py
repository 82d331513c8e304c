"""Where names of a glossary may be in words: stretches of words whose letters are nearly a term's."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from callreview.domain.letters import letters
from callreview.domain.transcript import Word

_FEWEST_LETTERS = 5
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
class Term:
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
class Window:
    """Words in a row and what could be a name in them: `core` between what stays before and after."""

    first: int
    size: int
    before: str
    core: str
    after: str
    key: str
    ordinary: bool


@dataclass(frozen=True)
class NameMatch:
    """A window that is a term, or nearly (`alike` 0..100)."""

    window: Window
    term: Term
    alike: float

    @property
    def places(self) -> range:
        """The places of the window's words in the transcript."""
        return range(self.window.first, self.window.first + self.window.size)

    @property
    def right(self) -> bool:
        """Whether the term is written there as it should be."""
        return self.window.core == self.term.text


def terms_of(terms: Sequence[str]) -> list[Term]:
    """The terms that have letters, each once."""
    return [
        Term(text, tuple(text.split()), letters(text), _is_short(text))
        for text in dict.fromkeys(" ".join(term.split()) for term in terms)
        if letters(text)
    ]


def _is_short(text: str) -> bool:
    """Whether so few letters are like other words by chance; a Hangul syllable says more."""
    syllables = len(_HANGUL.findall(text))
    return syllables < 3 if syllables else len(letters(text)) < _FEWEST_LETTERS


def windows_of(
    words: Sequence[Word], terms: Sequence[Term], ordinary: Collection[str] = frozenset()
) -> list[Window]:
    """Stretches of words, said in one go, of the lengths in which the terms may be heard.

    `ordinary` are words in lower case that mean themselves.
    """
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
) -> Iterator[Window]:
    """A window as it is, and without what may be a Korean particle at its end."""
    places = range(first, first + size)
    text = " ".join(words[place].text for place in places)
    before, core, possessive, after = (part or "" for part in _split(text))
    plain = all(_is_ordinary(words, place, ordinary) for place in places)
    for cut in (0, *_endings(core)):
        name, ending = core[: len(core) - cut], core[len(core) - cut :]
        if key := letters(name):
            rest = ending + possessive + after
            yield Window(first, size, before, name, rest, key, plain and not ending)


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


def matches_of(windows: Sequence[Window], terms: Sequence[Term], least: float) -> list[NameMatch]:
    """The windows that are at least so much alike to a term (0..100)."""
    from rapidfuzz import fuzz, process

    keys = list(dict.fromkeys(window.key for window in windows))
    by_key: dict[str, list[Window]] = {}
    for window in windows:
        by_key.setdefault(window.key, []).append(window)
    found = []
    for term in terms:
        near = process.extract(
            term.key, keys, scorer=fuzz.ratio, score_cutoff=least, processor=None, limit=None
        )
        found += [
            NameMatch(window, term, alike)
            for key, alike, _index in near
            for window in by_key[key]
            if window.size in term.sizes and (alike == 100.0 or window.size <= term.most)
        ]
    return found
