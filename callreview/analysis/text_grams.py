"""The letters and words of a text as places in a table of fixed size, for `text_classifiers`.

Runs of 2 to 5 characters within words, words, and two and three words in a row; each has its place
by its checksum (feature hashing: Weinberger and others, 2009).
"""

import zlib
from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from callreview.analysis.arrays import Floats
from callreview.analysis.phrases.spelling import spelled_words

PLACES = 1 << 16
SHORTEST, LONGEST = 2, 5
_MOST_WORDS_IN_A_ROW = 3

Places = npt.NDArray[np.int64]


def text_grams(text: str) -> tuple[Places, Floats]:
    """The places of what is in the text, each once, and how much each counts (length 1 in all)."""
    words = " ".join(spelled_words(text)).split()
    found = [place for word in words for place in _of_word(word)]
    found += _of_rows(words)
    places, counts = np.unique(np.array(found, np.int64), return_counts=True)
    weights = 1 + np.log(counts, dtype=np.float32)
    length = np.float32(max(float(np.linalg.norm(weights)), 1e-9))
    return places, (weights / length).astype(np.float32)


@lru_cache(maxsize=20_000)
def _of_word(word: str) -> tuple[int, ...]:
    whole = f" {word} "
    runs = (
        whole[start : start + size]
        for size in range(SHORTEST, LONGEST + 1)
        for start in range(len(whole) - size + 1)
    )
    return tuple(_place(gram) for gram in (*runs, f"_{word}"))


def _of_rows(words: list[str]) -> Iterator[int]:
    for size in range(2, _MOST_WORDS_IN_A_ROW + 1):
        for start in range(len(words) - size + 1):
            yield _place("_" + "_".join(words[start : start + size]))


def _place(gram: str) -> int:
    return zlib.crc32(gram.encode()) % PLACES
