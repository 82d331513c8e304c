"""Korean phrases of which the recogniser misheard a syllable: "헤지하고 싶어요" for "해지하고 싶어요".

Nearly a phrase is what sounds alike by 88 of 100 (rapidfuzz `ratio`, Hangul taken apart into
letters that sound alike: ㅈ ㅊ ㅉ count as one), from the start of a word on and however it is spaced.
Only what stands after the beginning or before the end of a phrase is compared: an error in one place
leaves one of them as it is.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import ahocorasick

from callreview.analysis.keyword_lists import KeywordList
from callreview.analysis.korean_forms import spoken_forms
from callreview.analysis.phrase_patterns import Found, Pattern, spoken_patterns
from callreview.analysis.phrase_text import SpelledTurns, spell_run_together
from callreview.domain.letters import letters

ALIKE = 88.0
"""Least likeness of sounds: more than for letters, of which fewer are the same."""

FEWEST_SYLLABLES = 4
"""Shorter phrases are nearly other words by chance."""

_KEPT = 0.37
"""The share of a phrase that an error in one place leaves at its beginning or at its end."""
_SENSES = ("안", "못", "없")
"""What turns the sense around; to leave it out is no error of hearing."""


class _Phrase(NamedTuple):
    """A way to say a phrase: without spaces, and as it sounds."""

    pattern: Pattern
    text: str
    sounds: str


class NearSyllables:
    """Finds what is nearly a phrase, in languages that put endings onto words."""

    def __init__(self, lists: Iterable[KeywordList]) -> None:
        begins: dict[str, list[_Phrase]] = {}
        ends: dict[str, list[_Phrase]] = {}
        for phrase in (phrase for one in lists if one.near for phrase in _phrases(one)):
            kept = max(2, math.ceil(_KEPT * len(phrase.text)))
            begins.setdefault(phrase.text[:kept], []).append(phrase)
            ends.setdefault(phrase.text[-kept:], []).append(phrase)
        self._pieces = ahocorasick.Automaton()
        for key in begins.keys() | ends.keys():
            self._pieces.add_word(key, (len(key), begins.get(key, ()), ends.get(key, ())))
        self._any = bool(begins)
        if begins:
            self._pieces.make_automaton()

    def find(
        self, texts: Sequence[str], words: Sequence[Sequence[str]]
    ) -> Iterator[tuple[int, Found]]:
        """What is nearly a phrase, with the number of its turn; also what is one exactly."""
        if not self._any:
            return
        spelled = SpelledTurns(texts, words, "")
        for last, (length, begins, ends) in self._pieces.iter(spelled.text):
            first = last - length + 1
            word = spelled.word_at(first)
            turn = spelled.turn_of(word)
            if begins and spelled.places[word] == first:
                for phrase in begins:
                    yield from _best(
                        spelled, turn, phrase, _beginning(spelled, turn, phrase, first)
                    )
            for phrase in ends:
                yield from _best(spelled, turn, phrase, _ending(spelled, turn, phrase, last + 1))


def _phrases(keyword_list: KeywordList) -> Iterator[_Phrase]:
    for pattern, spoken in spoken_patterns(keyword_list):
        for form in spoken_forms(spoken):
            text = spell_run_together(form)
            if not pattern.excluded and not pattern.literal and len(text) >= FEWEST_SYLLABLES:
                yield _Phrase(pattern, text, sounds(text))


def _beginning(
    spelled: SpelledTurns, turn: int, phrase: _Phrase, first: int
) -> Iterator[tuple[int, int]]:
    """What may be the phrase from place `first` on: a syllable less or more than it has."""
    size = len(phrase.text)
    for end in range(first + size - 1, min(first + size + 1, spelled.stops[turn]) + 1):
        yield first, end


def _ending(
    spelled: SpelledTurns, turn: int, phrase: _Phrase, end: int
) -> Iterator[tuple[int, int]]:
    """What may be the phrase up to place `end`, from the start of a word on."""
    latest = end - len(phrase.text) + 1
    word = spelled.word_at(max(latest, 0))
    while word >= spelled.firsts[turn] and spelled.places[word] >= latest - 2:
        yield spelled.places[word], end
        word -= 1


def _best(
    spelled: SpelledTurns, turn: int, phrase: _Phrase, windows: Iterable[tuple[int, int]]
) -> Iterator[tuple[int, Found]]:
    """The window that is most alike to the phrase, if one is alike enough."""
    scored = ((_alike(phrase, spelled.text[first:end]), first, end) for first, end in windows)
    alike, first, end = max(scored, default=(0.0, 0, 0))
    if alike:
        yield turn, Found(phrase.pattern, *spelled.source(turn, first, end - 1), near=True)


def _alike(phrase: _Phrase, window: str) -> float:
    """How alike the window is to the phrase: 0, or 88 to 100."""
    from rapidfuzz import fuzz

    if any((sense in phrase.text) != (sense in window) for sense in _SENSES):
        return 0.0
    if [c for c in window if c.isdigit()] != [c for c in phrase.text if c.isdigit()]:
        return 0.0
    return fuzz.ratio(phrase.sounds, sounds(window), score_cutoff=ALIKE)


@lru_cache(maxsize=50_000)
def sounds(text: str) -> str:
    """The letters of a text; those that a recogniser takes for each other are the same letter."""
    return letters(text).translate(_SOUNDS)


_ALIKE_SOUNDS = {
    "ᄀ": "ᄁᄏᆨᆩᆪᆰᆿ",
    "ᄂ": "ᆫᆬᆭ",
    "ᄃ": "ᄄᄐᆮᇀ",
    "ᄅ": "ᆯᆲᆳᆴᆶ",
    "ᄆ": "ᆷᆱ",
    "ᄇ": "ᄈᄑᆸᆹᇁ",
    "ᄉ": "ᄊᆺᆻ",
    "ᄌ": "ᄍᄎᆽᆾ",
    "ᅢ": "ᅦ",
    "ᅤ": "ᅨ",
    "ᅬ": "ᅫᅰ",
    "": "ᄋᇂ",
}
"""Lax, tense and aspirated consonants, at the beginning or the end of a syllable (whose end may sound
as the beginning of the next), and vowels that have become one; a first ㅇ and a last ㅎ are silent."""

_SOUNDS = str.maketrans({other: one for one, same in _ALIKE_SOUNDS.items() for other in same})
