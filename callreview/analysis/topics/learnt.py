"""How likely a statement is about each topic that comes with CallReview, learnt from many calls.

Multinomial logistic regression (training/topics/learn.py); one class is what is about nothing.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from callreview.analysis.arrays import Floats
from callreview.analysis.text_classifiers import TextClassifiers, read_classifiers
from callreview.config.paths import resources_dir

NOTHING = ""
"""The name of the class of what is about nothing."""


def learnt_likelihoods(texts: Sequence[str], vectors: Floats, names: Sequence[str]) -> Floats:
    """How likely (0..1; texts x names) each text, its vector beside it, is about each topic.

    0 for topics that are not known.
    """
    classifiers = _classifiers()
    scores = classifiers.by_letters(texts) + classifiers.by_meaning(vectors)
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    likely = powers / powers.sum(axis=1, keepdims=True)
    columns = {name: column for column, name in enumerate(classifiers.names) if name != NOTHING}
    found = np.zeros((len(texts), len(names)), np.float32)
    for place, name in enumerate(names):
        if name in columns:
            found[:, place] = likely[:, columns[name]]
    return found


def learnt_file() -> Path:
    """The file with the weights."""
    return resources_dir() / "topics" / "learnt.npz"


@cache
def _classifiers() -> TextClassifiers:
    return read_classifiers(learnt_file())
