"""Texts and phrases in one spelling, so that they can be compared, with the way back.

Case, punctuation, width and the apostrophes of English ("I'm", "I am", "dont") make no
difference. Every character of the one spelling knows which characters of the text it stands for.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

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


@dataclass(frozen=True)
class SpelledText:
    """A text in the one spelling.

    `places[i]` is where word i begins in `text`, `sources[i]` the characters of the source that
    it stands for; `space` is how many characters stand between two words.
    """

    text: str
    places: list[int]
    sources: list[tuple[int, int]]
    space: int

    def starts_word(self, place: int) -> bool:
        """Whether a word begins at this place of `text`."""
        index = bisect_left(self.places, place)
        return index < len(self.places) and self.places[index] == place

    def source(self, first: int, last: int) -> tuple[int, int]:
        """The characters of the source, start and end, for those from `first` to `last` here."""
        return self._source(first)[0], self._source(last)[1]

    def _source(self, place: int) -> tuple[int, int]:
        index = bisect_right(self.places, place) - 1
        start, end = self.sources[index]
        after = self.places[index + 1] if index + 1 < len(self.places) else len(self.text)
        # A word that is spelled longer or shorter can only be told apart as a whole.
        if after - self.space - self.places[index] != end - start:
            return start, end
        start += place - self.places[index]
        return start, start + 1


def spell_words(text: str) -> SpelledText:
    """The words of the text between single spaces, with a space before and after."""
    return _spell(text, " ")


def spell_run_together(text: str) -> SpelledText:
    """The words of the text without spaces: Korean as written by people who space differently."""
    return _spell(text, "")


def _spell(text: str, space: str) -> SpelledText:
    matches = list(_WORD.finditer(text))
    words = [_spelled_word(match.group()) + space for match in matches]
    places = list(accumulate(map(len, words), initial=len(space)))[:-1]
    sources = [match.span() for match in matches]
    return SpelledText(space + "".join(words), places, sources, len(space))


def _irregular(word: str) -> str:
    head, apostrophe, ending = word.rpartition("'")
    if not apostrophe:
        return word
    if ending == "t" and head.endswith("n"):
        return f"{head[:-1]} not"
    if ending == "s":
        return f"{head} is" if head in _IS else word
    return f"{head} {_ENDINGS[ending]}" if ending in _ENDINGS else word


@lru_cache(maxsize=50_000)
def _spelled_word(word: str) -> str:
    if not word.isascii():
        word = unicodedata.normalize("NFKC", word).translate(_APOSTROPHES)
    word = word.lower()
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    return _irregular(word) if "'" in word else word


_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'"})
