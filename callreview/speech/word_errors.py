"""How far a recognised text is from what was really said: word and character error rates.

Both texts are normalised the same way before they are compared, so that only what a listener
would call a mistake counts:

- lower case; accents composed; punctuation and apostrophes gone; hyphens are spaces;
- `@` is "at", a dot inside a word is "dot", `%` is "percent", `&` is "and", `$` goes together with
  the word "dollars", "ok" is "okay";
- numbers are single digits, however they were written: "twenty-five", "25" and "two five" are all
  "2 5", because a recogniser may write "123-456" where the script says "one two three, four five
  six". What was really heard wrong ("fifteen" for "fifty") still counts.

Languages that are written without reliable spaces (Korean, Japanese, Chinese, Thai) are compared
by characters with spaces removed, as is usual for them.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

BY_CHARACTER = frozenset({"ko", "ja", "zh", "yue", "th"})

_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    "nineteen",
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUE = {word: value for value, word in enumerate(_UNITS)} | {
    word: 20 + 10 * index for index, word in enumerate(_TENS)
}
_SCALE = {"hundred": 100, "thousand": 1000}
_SAME = {"ok": "okay", "dollars": "", "dollar": "", "mister": "mr", "missus": "mrs"}


@dataclass(frozen=True)
class WordErrors:
    """Counts of a comparison; `units` are the words (or characters) of the reference."""

    units: int
    substitutions: int
    deletions: int
    insertions: int

    @property
    def rate(self) -> float:
        """Errors per unit of the reference; 0 when both are empty, may exceed 1."""
        errors = self.substitutions + self.deletions + self.insertions
        return errors / self.units if self.units else float(errors > 0)

    def __add__(self, other: "WordErrors") -> "WordErrors":
        return WordErrors(
            self.units + other.units,
            self.substitutions + other.substitutions,
            self.deletions + other.deletions,
            self.insertions + other.insertions,
        )


def count_word_errors(reference: str, recognised: str, language: str = "en") -> WordErrors:
    """Compare a recognised text with what was said; characters for Korean and its like."""
    import jiwer

    expected, heard = normalise(reference), normalise(recognised)
    if language in BY_CHARACTER:
        expected, heard = " ".join(expected.replace(" ", "")), " ".join(heard.replace(" ", ""))
    if not expected:
        return WordErrors(0, 0, 0, len(heard.split()))
    result = jiwer.process_words(expected, heard)
    units = result.hits + result.substitutions + result.deletions
    return WordErrors(units, result.substitutions, result.deletions, result.insertions)


def total_word_errors(parts: Iterable[WordErrors]) -> WordErrors:
    """The errors of several texts taken together."""
    return sum(parts, WordErrors(0, 0, 0, 0))


def normalise(text: str) -> str:
    """The text as it is compared: words separated by one space (rules: this module's head)."""
    text = unicodedata.normalize("NFKC", text).lower()
    text = re.sub(r"(?<=\d)[.,](?=\d)", "", text)
    text = re.sub(r"(?<=\w)\.(?=\w)", " dot ", text.replace("@", " at "))
    text = text.replace("%", " percent ").replace("&", " and ")
    text = re.sub(r"['’]", "", text)
    words = re.sub(r"[\W_]+", " ", text).split()
    return " ".join(" ".join(_numbers_as_digits(words)).split())


def _numbers_as_digits(words: list[str]) -> Iterator[str]:
    index = 0
    while index < len(words):
        word = words[index]
        if word in _VALUE:
            value, index = _spoken_number(words, index)
            yield " ".join(str(value))
            continue
        if word[0].isdigit():
            yield " ".join(re.findall(r"\d|\D+", word))
        elif word == "oh" and index and words[index - 1] in _UNITS[:10]:
            yield "0"
        else:
            yield _SAME.get(word, word)
        index += 1


def _spoken_number(words: list[str], index: int) -> tuple[int, int]:
    """The number that starts at `index` and where it ends: "two hundred five" is (205, +3)."""
    total = _VALUE[words[index]]
    index += 1
    if total >= 20 and index < len(words) and 0 < _VALUE.get(words[index], 0) < 10:
        total += _VALUE[words[index]]
        index += 1
    while index < len(words) and words[index] in _SCALE:
        total *= _SCALE[words[index]]
        index += 1
        rest = index + 1 if words[index : index + 1] == ["and"] else index
        if rest < len(words) and words[rest] in _VALUE:
            added, index = _spoken_number(words, rest)
            total += added
    return total, index
