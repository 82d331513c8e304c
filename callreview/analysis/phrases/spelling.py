"""Texts and phrases in one spelling, so that they can be compared, with the way back.

Case, punctuation, width and the apostrophes of English ("I'm", "I am", "dont") make no
difference. Every character of the one spelling knows which characters of the text it stands for.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

MOST_SPELLINGS = 50_000

# A letter may bring its accent as a character of its own.
_LETTERS = "(?:[^\\W_][\u0300-\u036f]*)+"
_WORD = re.compile(rf"{_LETTERS}(?:['’ʼ＇]{_LETTERS})*")
_ENDINGS = {"m": "am", "re": "are", "ve": "have", "ll": "will", "d": "would"}
# "'s" is short for "is" after these words only; elsewhere it is a genitive.
_IS = frozenset(
    {"it", "he", "she", "that", "this", "there", "here", "what", "who", "where", "how", "when"}
)
_IRREGULAR = {
    "can't": "can not",
    "cant": "can not",
    "cannot": "can not",
    "won't": "will not",
    "wont": "will not",
    "shan't": "shall not",
    "let's": "let us",
    "y'all": "you all",
    "im": "i am",
    "ive": "i have",
    "youre": "you are",
    "theyre": "they are",
    "dont": "do not",
    "didnt": "did not",
    "doesnt": "does not",
    "isnt": "is not",
    "wasnt": "was not",
    "gonna": "going to",
    "wanna": "want to",
    "gotta": "got to",
    "ok": "okay",
}


def spelled_words(text: str) -> list[str]:
    """The words of the text in the one spelling; "I'm" is one word of it, spelled "i am"."""
    return [_SPELLED[word] for word in _WORD.findall(text)]


def spell_words(text: str) -> str:
    """The words of the text between single spaces, with a space before and after."""
    return f" {' '.join(spelled_words(text))} "


def spell_run_together(text: str) -> str:
    """The words of the text without spaces: Korean as written by people who space differently."""
    return "".join(spelled_words(text))


class SpelledTurns:
    """The texts of turns in the one spelling, one below the other, with the way back.

    `words` are the spelled words of each text, "" for one that is left out; `space` is what stands
    between two of them.
    """

    def __init__(self, texts: Sequence[str], words: Sequence[Sequence[str]], space: str) -> None:
        self._texts = texts
        self._space = len(space)
        self.words = words
        self.text = "\n".join(space + space.join(each) + space for each in words)
        self.firsts: list[int] = []
        """The number of the first word of each turn, counted over all turns."""
        self.places: list[int] = []
        """Where each word begins in `text`."""
        self.ends: list[int] = []
        """Where each word ends in `text`, exclusive."""
        self.stops: list[int] = []
        """Where each turn ends in `text`, exclusive."""
        self._sources: dict[int, list[tuple[int, int]]] = {}
        self._lay_out()

    def _lay_out(self) -> None:
        place = 0
        for each in self.words:
            self.firsts.append(len(self.places))
            lengths = [len(word) + self._space for word in each]
            places = list(accumulate(lengths, initial=place + self._space))
            self.places += places[:-1]
            self.ends += [after - self._space for after in places[1:]]
            self.stops.append(places[-1])
            place = places[-1] + (1 if each else 1 + self._space)

    def word_at(self, place: int) -> int:
        """The number of the word, over all turns, that holds this place of `text`."""
        return bisect_right(self.places, place) - 1

    def turn_of(self, word: int) -> int:
        """The turn that a word (by its number) belongs to."""
        return bisect_right(self.firsts, word) - 1

    def begins_word(self, place: int) -> bool:
        """Whether a word begins at this place of `text`."""
        return self.places[self.word_at(place)] == place

    def source(self, turn: int, first: int, last: int) -> tuple[int, int]:
        """The characters of the turn's text, start and end, from place `first` to place `last`."""
        return self._source(turn, first)[0], self._source(turn, last)[1]

    def _source(self, turn: int, place: int) -> tuple[int, int]:
        word = self.word_at(place)
        start, end = self._words_of(turn)[word - self.firsts[turn]]
        spelled = self.words[turn][word - self.firsts[turn]]
        # A word that is spelled in another way can only be told apart as a whole.
        if len(spelled) != end - start and not self._texts[turn].startswith(spelled, start):
            return start, end
        start += place - self.places[word]
        return start, start + 1

    def _words_of(self, turn: int) -> list[tuple[int, int]]:
        known = self._sources.get(turn)
        if known is None:
            known = [found.span() for found in _WORD.finditer(self._texts[turn])]
            self._sources[turn] = known
        return known


def _irregular(word: str) -> str:
    head, apostrophe, ending = word.rpartition("'")
    if not apostrophe:
        return word
    if ending == "t" and head.endswith("n"):
        return f"{head[:-1]} not"
    if ending == "s":
        return f"{head} is" if head in _IS else word
    return f"{head} {_ENDINGS[ending]}" if ending in _ENDINGS else word


class _Spellings(dict[str, str]):
    """Words as they are spelled, found out once."""

    def __missing__(self, word: str) -> str:
        if len(self) >= MOST_SPELLINGS:
            self.clear()
        spelled = self[word] = _spelled_word(word)
        return spelled


_SPELLED = _Spellings()


def _spelled_word(word: str) -> str:
    if not word.isascii():
        word = unicodedata.normalize("NFKC", word).translate(_APOSTROPHES)
    word = word.lower()
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    return _irregular(word) if "'" in word else word


_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'"})
