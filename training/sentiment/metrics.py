"""Figures: accuracy, macro-F1 and calibration error per corpus."""

from collections import defaultdict
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from training.sentiment.corpora import Example

Matrix = npt.NDArray[np.float64]
"""Texts x 3: probabilities in the order of LABELS."""

BINS = 15


def softmax(values: Matrix, temperature: float = 1.0) -> Matrix:
    """Return probabilities of logits divided by the temperature."""
    powers: Matrix = np.exp((values - values.max(1, keepdims=True)) / temperature)
    powers /= powers.sum(1, keepdims=True)
    return powers


def labels_of(examples: list[Example]) -> npt.NDArray[np.int64]:
    """Return the true classes."""
    return np.array([example.label for example in examples], dtype=np.int64)


def accuracy(truth: npt.NDArray[np.int64], given: Matrix) -> float:
    """Return the share of texts whose likeliest class is the true one."""
    return float((given.argmax(1) == truth).mean())


def macro_f1(truth: npt.NDArray[np.int64], given: Matrix) -> float | None:
    """Return the mean F1 of the classes in the truth; None when there is but one."""
    guess, scores = given.argmax(1), []
    if len(np.unique(truth)) == 1:
        return None
    for label in np.unique(truth):
        hit = int(((guess == label) & (truth == label)).sum())
        total = int((guess == label).sum() + (truth == label).sum())
        scores.append(2 * hit / total)
    return float(np.mean(scores))


def calibration_error(truth: npt.NDArray[np.int64], given: Matrix) -> float:
    """Return the expected calibration error of the likeliest class over 15 equal bins."""
    confidence, right = given.max(1), given.argmax(1) == truth
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    parts = [bins == b for b in range(BINS)]
    gaps = [p.mean() * abs(right[p].mean() - confidence[p].mean()) for p in parts if p.any()]
    return float(sum(gaps))


def two_way(truth: npt.NDArray[np.int64], given: Matrix) -> float:
    """Return the accuracy of negative against positive, neutral left out of the answer."""
    return float((np.where(given[:, 0] > given[:, 2], 0, 2) == truth).mean())


def groups(examples: list[Example], key: Callable[[Example], str]) -> dict[str, list[int]]:
    """Return the places of the examples by group name, sorted by name."""
    places: dict[str, list[int]] = defaultdict(list)
    for i, example in enumerate(examples):
        places[key(example)].append(i)
    return dict(sorted(places.items()))


def corpus_name(example: Example) -> str:
    """Return what a row of the tables is called."""
    return f"{example.source} {example.language}"


def table(examples: list[Example], given: Matrix) -> str:
    """Return a Markdown table of the figures per corpus."""
    lines = ["| corpus | texts | accuracy | macro-F1 | ECE |", "|---|---|---|---|---|"]
    truth = labels_of(examples)
    for name, rows in groups(examples, corpus_name).items():
        part = truth[rows], given[rows]
        score = macro_f1(*part)
        lines.append(
            f"| {name} | {len(rows)} | {accuracy(*part):.1%}"
            f" | {'only one class' if score is None else f'{score:.1%}'}"
            f" | {calibration_error(*part):.3f} |"
        )
    return "\n".join(lines)
