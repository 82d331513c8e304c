"""Linear classifiers of a text by its letters and by its meaning, trained beforehand.

A classifier's score is the sum of its weights for the letters and words that are in the text
(`text_grams`), of its weights for the vector of the text (`topics.text_encoder`), and of its bias.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from callreview.analysis.arrays import Floats
from callreview.analysis.text_grams import text_grams


@dataclass(frozen=True)
class TextClassifiers:
    """Weights of letters (classifiers x PLACES) and of meaning (classifiers x SIZE), and biases.

    Of a text that is like the training's, meaning adds at most `lift` to what the letters say.
    """

    names: tuple[str, ...]
    grams: Floats
    vectors: Floats
    bias: Floats
    lift: Floats

    def by_letters(self, texts: Sequence[str]) -> Floats:
        """Scores (texts x classifiers) by letters and bias alone."""
        scores = np.empty((len(texts), len(self.names)), np.float32)
        for row, text in enumerate(texts):
            places, weights = text_grams(text)
            scores[row] = self.grams[:, places] @ weights + self.bias
        return scores

    def by_meaning(self, vectors: Floats) -> Floats:
        """What the vectors (texts x SIZE) of texts add to their scores (texts x classifiers)."""
        added: Floats = vectors @ self.vectors.T
        return added


def read_classifiers(path: Path) -> TextClassifiers:
    """The classifiers of a file that `training.classifiers` has written."""
    with np.load(path) as stored:
        return TextClassifiers(
            tuple(map(str, stored["names"])),
            stored["grams"].astype(np.float32) * stored["scales"][:, np.newaxis],
            stored["vectors"].astype(np.float32),
            stored["bias"],
            stored["lift"],
        )
