"""Korean phrases of which the recogniser misheard a syllable: "헤지하고 싶어요" for "해지하고 싶어요".

Nearly a phrase is what sounds alike by 88 of 100 (rapidfuzz `ratio`, Hangul taken apart into
letters that sound alike: ㅈ ㅊ ㅉ count as one), from the start of a word on and however it is spaced.
Only what stands after the beginning or before the end of a phrase is compared: an error in one place
leaves one of them as it is.
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

import ahocorasick

from callreview.analysis.phrases.keyword_lists import KeywordList
from callreview.analysis.phrases.korean_forms import spoken_forms
from callreview.analysis.phrases.patterns import Found, Pattern, spoken_patterns
from callreview.analysis.phrases.spelling import SpelledTurns, spell_run_together
from callreview.domain.letters import letters

ALIKE = 88.0
"""Least likeness of sounds: more than for letters, of which fewer are the same."""

FEWEST_SYLLABLES = 4
"""Shorter phrases are nearly other words by chance."""

_KEPT = 0.37
"""The share of a phrase that an error in one place leaves at its beginning or at its end."""
_SENSES = ("안", "못", "없")
"""What turns the sense around; to leave it out is no error of hearing."""

_DIGIT = re.compile(r"\d")


class _Phrase(NamedTuple):
    """A way to say a phrase: without spaces, and as it sounds."""

    pattern: Pattern
    text: str
    sounds: str


_Windows = Iterable[tuple[int, int]]
"""Places of a text, first and after the last, that may be a phrase."""


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
            both = (_by_size(begins.get(key, ())), _by_size(ends.get(key, ())))
            self._pieces.add_word(key, (len(key), *both))
        self._any = bool(begins)
        if begins:
            self._pieces.make_automaton()

    def find(
        self, texts: Sequence[str], words: Sequence[Sequence[str]]
    ) -> Iterator[tuple[int, Found]]:
        """What is nearly a phrase, with the number of its turn."""
        if not self._any or all(map(str.isascii, texts)):
            return
        text = _Sounding(SpelledTurns(texts, words, ""))
        for last, (length, begins, ends) in self._pieces.iter(text.spelled.text):
            first = last - length + 1
            word = text.spelled.word_at(first)
            if begins and text.spelled.places[word] == first:
                for size, phrases in begins:
                    yield from text.alike(word, phrases, _beginning(text.spelled, word, size))
            for size, phrases in ends:
                yield from text.alike(word, phrases, _ending(text.spelled, last + 1, size))


class _Sounding:
    """The texts of turns as they are spelled and as they sound."""

    def __init__(self, spelled: SpelledTurns) -> None:
        from rapidfuzz import fuzz

        self.spelled = spelled
        each = [_SOUNDS[character] for character in spelled.text]
        self._sounds = "".join(each)
        self._places = list(accumulate(map(len, each), initial=0))
        self._ratio = fuzz.ratio

    def alike(
        self, word: int, phrases: Sequence[_Phrase], windows: _Windows
    ) -> Iterator[tuple[int, Found]]:
        """Each phrase that one of the windows, which are in the turn of a word, nearly is.

        A window that is the phrase exactly is left out.
        """
        text, places, ratio = self.spelled.text, self._places, self._ratio
        for first, end in windows:
            heard = self._sounds[places[first] : places[end]]
            for phrase in phrases:
                if ratio(phrase.sounds, heard, score_cutoff=ALIKE) and _is_meant(
                    phrase.text, text[first:end]
                ):
                    turn = self.spelled.turn_of(word)
                    place = self.spelled.source(turn, first, end - 1)
                    yield turn, Found(phrase.pattern, *place, near=True)


def _by_size(phrases: Iterable[_Phrase]) -> tuple[tuple[int, tuple[_Phrase, ...]], ...]:
    sizes: dict[int, list[_Phrase]] = {}
    for phrase in phrases:
        sizes.setdefault(len(phrase.text), []).append(phrase)
    return tuple((size, tuple(same)) for size, same in sizes.items())


def _phrases(keyword_list: KeywordList) -> Iterator[_Phrase]:
    for pattern, spoken in spoken_patterns(keyword_list):
        for form in spoken_forms(spoken):
            text = spell_run_together(form)
            if not pattern.excluded and not pattern.literal and len(text) >= FEWEST_SYLLABLES:
                yield _Phrase(pattern, text, sounds(text))


def _beginning(spelled: SpelledTurns, word: int, size: int) -> _Windows:
    """What may be a phrase of so many syllables from a word on: one less, or one more, too."""
    first = spelled.places[word]
    stop = spelled.stops[spelled.turn_of(word)]
    return [(first, end) for end in range(first + size - 1, min(first + size + 1, stop) + 1)]


def _ending(spelled: SpelledTurns, end: int, size: int) -> _Windows:
    """What may be a phrase of so many syllables up to place `end`, from the start of a word on."""
    latest = end - size + 1
    word = spelled.word_at(max(latest, 0))
    opening = spelled.firsts[spelled.turn_of(spelled.word_at(end - 1))]
    windows = []
    while word >= opening and spelled.places[word] >= latest - 2:
        windows.append((spelled.places[word], end))
        word -= 1
    return windows


def _is_meant(phrase: str, heard: str) -> bool:
    """Whether what sounds like the phrase may mean it, and is not the phrase itself."""
    if phrase in heard or any((sense in phrase) != (sense in heard) for sense in _SENSES):
        return False
    return _DIGIT.findall(phrase) == _DIGIT.findall(heard)


def sounds(text: str) -> str:
    """The letters of a text; those that a recogniser takes for each other are the same letter."""
    return "".join(map(_SOUNDS.__getitem__, text))


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

_FOLDED = str.maketrans({other: one for one, same in _ALIKE_SOUNDS.items() for other in same})


class _Sounds(dict[str, str]):
    """How each character sounds, found out once."""

    def __missing__(self, character: str) -> str:
        # What parts turns is no letter, but must have its place.
        folded = letters(character).translate(_FOLDED)
        heard = self[character] = folded if character != "\n" else character
        return heard


_SOUNDS = _Sounds()
