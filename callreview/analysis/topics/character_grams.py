"""How alike texts are by their letters: tf-idf of runs of 2 to 4 characters within words.

It knows nothing of meaning, but names of products and Korean stems with any ending.
"""

import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from callreview.analysis.arrays import Floats
from callreview.analysis.topics.text_encoder import unit

SHORTEST = 2
LONGEST = 4


class CharacterGrams:
    """Vectors of texts by the runs of characters that the known texts have."""

    def __init__(self, known: Sequence[str]) -> None:
        texts = Counter(gram for text in known for gram in set(_grams(text)))
        self._places = {gram: place for place, gram in enumerate(texts)}
        counts = np.array(list(texts.values()), np.float32)
        self._weights = np.log((1 + len(known)) / (1 + counts)) + 1

    def vectors(self, texts: Sequence[str]) -> Floats:
        """The vectors (texts x runs, length 1); zero where a text has no known run."""
        vectors = np.zeros((len(texts), len(self._places)), np.float32)
        for row, text in enumerate(texts):
            for gram, count in Counter(_grams(text)).items():
                place = self._places.get(gram)
                if place is not None:
                    vectors[row, place] = (1 + math.log(count)) * self._weights[place]
        return unit(vectors)


@lru_cache(maxsize=2000)
def _grams(text: str) -> tuple[str, ...]:
    words = [f" {word} " for word in text.lower().split()]
    return tuple(
        word[start : start + size]
        for word in words
        for size in range(SHORTEST, LONGEST + 1)
        for start in range(len(word) - size + 1)
    )
