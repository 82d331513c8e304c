"""Phrases of which the recogniser misheard a word: "cancel my prescription" for "subscription".

Words are nearly a phrase when their letters, without spaces, are alike by 85 of 100 (rapidfuzz
`ratio`). One word of the phrase may be another, in one piece or in two; words may be written together;
"um" does not matter. Phrases are looked up by the words beside the one that was misheard, so
thousands of them cost little.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from callreview.analysis.phrases.keyword_lists import KeywordList
from callreview.analysis.phrases.patterns import (
    Automaton,
    Found,
    Pattern,
    searched,
    spoken_patterns,
)
from callreview.analysis.phrases.spelling import MOST_SPELLINGS, SpelledTurns, spelled_words

ALIKE = 85.0
"""Least likeness of words and phrase: 10 of 10 simulated errors, none false in 30,000 windows."""

FEWEST_LETTERS = 7
"""Shorter phrases are nearly other words by chance."""

ALIKE_WORD = 72.0
"""The same for the word that was misheard: one quite different is another word."""

_ALIKE_SHORT_WORD = 75.0
_SHORT = 4
_FILLERS = frozenset({"uh", "um", "er", "erm", "ah", "oh"})
_NEGATIONS = frozenset({"not", "no", "never"})
_OPPOSITE = re.compile("un|dis|in|im|ir|non|mis")
_DIGIT = re.compile(r"\d")


class _Plain(dict[str, str]):
    """Spelled words without spaces inside, fillers as nothing."""

    def __missing__(self, word: str) -> str:
        if len(self) >= MOST_SPELLINGS:
            self.clear()
        plain = self[word] = "" if word in _FILLERS else word.replace(" ", "")
        return plain


_PLAIN = _Plain()


class _Slot(NamedTuple):
    """A phrase, word by word, and the place of the word that may be another."""

    pattern: Pattern
    words: tuple[str, ...]
    place: int
    letters: int


class _Heard(NamedTuple):
    """The words of a turn that count, and the number of each among all words."""

    turn: int
    words: tuple[str, ...]
    numbers: tuple[int, ...]


_Key = tuple[str, str, str]
"""Where the slot is in the phrase, and the words beside it; "" where there are none."""


class NearWords:
    """Finds what is nearly a phrase, in languages that match whole words."""

    def __init__(self, lists: Iterable[KeywordList]) -> None:
        phrases = [phrase for one in lists if one.near for phrase in _phrases(one)]
        self._slots: dict[_Key, dict[str, list[_Slot]]] = {}
        for pattern, words in phrases:
            for key, slot in _slots(pattern, words):
                by_word = self._slots.setdefault(key, {})
                by_word.setdefault(words[slot.place], []).append(slot)
        self._known = frozenset(word for _pattern, words in phrases for word in words)
        self._together = searched(("".join(words), pattern) for pattern, words in phrases)

    def find(
        self, texts: Sequence[str], words: Sequence[Sequence[str]]
    ) -> Iterator[tuple[int, Found]]:
        """What is nearly a phrase, with the number of its turn; also what is one exactly."""
        if self._together is None:
            return
        spelled = SpelledTurns(texts, [[_PLAIN[word] for word in each] for each in words], "")
        yield from _written_together(self._together, spelled)
        meant = self._meant(spelled.words)
        for turn, each in enumerate(spelled.words):
            numbers = tuple(number for number, word in enumerate(each) if word)
            heard = _Heard(turn, tuple(each[number] for number in numbers), numbers)
            for pattern, first, last in self._misheard(heard, meant):
                yield turn, _found(spelled, heard, pattern, first, last)

    def _meant(self, words: Iterable[Sequence[str]]) -> dict[str, list[str]]:
        """The words of phrases that each word which no phrase has is somewhat like.

        A word that some phrase has is taken for what was said.
        """
        from rapidfuzz import fuzz, process

        heard = sorted({word for each in words for word in each} - self._known - {""})
        known = sorted(self._known)
        alike = process.cdist(heard, known, scorer=fuzz.ratio, score_cutoff=ALIKE_WORD)
        meant: dict[str, list[str]] = {}
        for row, column in zip(*(places.tolist() for places in alike.nonzero()), strict=True):
            if _same_sense(heard[row], known[column]):
                meant.setdefault(heard[row], []).append(known[column])
        return meant

    def _misheard(
        self, heard: _Heard, meant: Mapping[str, Sequence[str]]
    ) -> Iterator[tuple[Pattern, int, int]]:
        """Phrases of which one word was heard as another, or as two: first and last word."""
        said = ("", "", *heard.words, "", "", "")
        for place in range(2, len(said) - 3):
            alike = meant.get(said[place], ())
            if alike:
                yield from self._at(said, place, place + 1, alike)
            both = said[place] + said[place + 1]
            if said[place + 1] and both in self._known:
                yield from self._at(said, place, place + 2, (both,))

    def _at(
        self, said: Sequence[str], place: int, after: int, alike: Sequence[str]
    ) -> Iterator[tuple[Pattern, int, int]]:
        """Phrases that may have one of the words `alike` from `place` to before `after`."""
        for key in _keys(said, place, after):
            by_word = self._slots.get(key)
            if by_word is None:
                continue
            for slot in (slot for word in alike for slot in by_word.get(word, ())):
                if _fits(slot, said, place, after):
                    last = after + len(slot.words) - slot.place - 2
                    yield slot.pattern, place - slot.place - 2, last - 2


def _phrases(keyword_list: KeywordList) -> Iterator[tuple[Pattern, tuple[str, ...]]]:
    for pattern, spoken in spoken_patterns(keyword_list):
        words = tuple(word for word in map(_PLAIN.__getitem__, spelled_words(spoken)) if word)
        long = sum(map(len, words)) >= FEWEST_LETTERS
        if long and not pattern.excluded and not pattern.literal:
            yield pattern, words


def _slots(pattern: Pattern, words: tuple[str, ...]) -> Iterator[tuple[_Key, _Slot]]:
    letters = sum(map(len, words))
    around = ("", "", *words, "", "")
    for place in range(len(words)):
        before, after = around[place + 1], around[place + 3]
        if not before and not after:
            key = ("alone", "", "")
        elif not before:
            key = ("first", after, around[place + 4])
        elif not after:
            key = ("last", around[place], before)
        else:
            key = ("within", before, after)
        yield key, _Slot(pattern, words, place, letters)


def _keys(said: Sequence[str], place: int, after: int) -> tuple[_Key, ...]:
    """The slots that the words around may stand beside."""
    before, following = said[place - 1], said[after]
    return (
        ("within", before, following),
        ("first", following, said[after + 1]),
        ("first", following, ""),
        ("last", said[place - 2], before),
        ("last", "", before),
        ("alone", "", ""),
    )


def _fits(slot: _Slot, said: Sequence[str], place: int, after: int) -> bool:
    """Whether the words around are those of the phrase, and the whole is nearly the phrase."""
    words, own = slot.words, slot.place
    first, beyond = place - own, after + len(words) - own - 1
    if first < 2 or tuple(said[first:place]) != words[:own]:
        return False
    if tuple(said[after:beyond]) != words[own + 1 :]:
        return False
    return _is_nearly("".join(said[place:after]), words[own], slot.letters)


def _is_nearly(heard: str, meant: str, letters: int) -> bool:
    """Whether a word of a phrase of so many letters was misheard as this."""
    from rapidfuzz.distance import Indel

    both = len(heard) + len(meant)
    short = min(len(heard), len(meant)) <= _SHORT
    of_word = (1 - (_ALIKE_SHORT_WORD if short else ALIKE_WORD) / 100) * both
    of_phrase = (1 - ALIKE / 100) * (2 * letters + len(heard) - len(meant))
    most = int(min(of_word, of_phrase))
    return Indel.distance(heard, meant, score_cutoff=most) <= most


def _same_sense(heard: str, meant: str) -> bool:
    """Whether neither word is the opposite of the other, and numbers are the same."""
    if heard in _NEGATIONS or meant in _NEGATIONS:
        return False
    short, long = sorted((heard, meant), key=len)
    if long.endswith(short) and _OPPOSITE.fullmatch(long[: len(long) - len(short)]):
        return False
    return _DIGIT.findall(heard) == _DIGIT.findall(meant)


def _written_together(together: Automaton, spelled: SpelledTurns) -> Iterator[tuple[int, Found]]:
    """Phrases that are there letter for letter, however they are spaced."""
    ends = set(spelled.ends)
    for last, (length, patterns) in together.iter(spelled.text):
        first = last - length + 1
        if last + 1 in ends and spelled.begins_word(first):
            turn = spelled.turn_of(spelled.word_at(first))
            place = spelled.source(turn, first, last)
            yield from ((turn, Found(pattern, *place, near=True)) for pattern in patterns)


def _found(spelled: SpelledTurns, heard: _Heard, pattern: Pattern, first: int, last: int) -> Found:
    begin = spelled.firsts[heard.turn] + heard.numbers[first]
    end = spelled.firsts[heard.turn] + heard.numbers[last]
    place = spelled.source(heard.turn, spelled.places[begin], spelled.ends[end] - 1)
    return Found(pattern, *place, near=True)
