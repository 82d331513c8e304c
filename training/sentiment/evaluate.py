"""Measures the exported model through the product's own run time on the test split.

Usage: python -m training.sentiment.evaluate MODEL_FOLDER DATA_FOLDER [--baselines]
Prints Markdown tables and writes the figures into MODEL_FOLDER/config.json.
"""

import argparse
import json
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from callreview.analysis.sentiment.onnx import OnnxSentiment
from training.sentiment.baselines import textblob, vader
from training.sentiment.corpora import NEGATIVE, NEUTRAL, POSITIVE, Example
from training.sentiment.metrics import (
    Matrix,
    accuracy,
    calibration_error,
    corpus_name,
    groups,
    labels_of,
    macro_f1,
    table,
    two_way,
)
from training.sentiment.prepare_data import read

TURN_THRESHOLD = 0.4
"""A turn is negative from 2.0 of 5 on: the product's label rule."""


def main() -> None:
    """Print all tables and store the figures beside the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("--baselines", action="store_true")
    arguments = parser.parse_args()
    test = read(arguments.data / "test.tsv")
    model = OnnxSentiment(arguments.model)
    given = classify(model, test)
    print(table(test, given))
    print_own_kinds(test, given)
    print_two_way(test, given)
    if arguments.baselines:
        print_baselines(test)
    print("ms a turn:", milliseconds_a_turn(model, test))
    store_figures(arguments.model / "config.json", test, given)


def classify(model: OnnxSentiment, examples: Sequence[Example]) -> Matrix:
    """Return the model's probabilities, texts x 3."""
    rows = model.classify([example.text for example in examples])
    return np.array([[row.negative, row.neutral, row.positive] for row in rows])


def print_own_kinds(test: list[Example], given: Matrix) -> None:
    """Print accuracy per kind of own turn: likeliest class, and the product's label rule."""
    truth = labels_of(test)
    print("\n| own turns | texts | likeliest class | product's label rule |\n|---|---|---|---|")
    own = groups(test, lambda e: f"{e.language} {e.kind}" if e.source == "own" else "")
    for name, rows in own.items():
        if name:
            by_rule = float((turn_labels(given[rows]) == truth[rows]).mean())
            share = accuracy(truth[rows], given[rows])
            print(f"| {name} | {len(rows)} | {share:.0%} | {by_rule:.0%} |")


def turn_labels(given: Matrix) -> npt.NDArray[np.int64]:
    """Return the class of each row by the product's label rule."""
    positive = np.where(given[:, POSITIVE] >= TURN_THRESHOLD, POSITIVE, NEUTRAL)
    return np.where(given[:, NEGATIVE] >= TURN_THRESHOLD, NEGATIVE, positive)


def print_two_way(test: list[Example], given: Matrix) -> None:
    """Print negative against positive for the reviews, which have no neutral class."""
    rows = [i for i, example in enumerate(test) if example.source == "nsmc"]
    print(f"\nnsmc, negative against positive: {two_way(labels_of(test)[rows], given[rows]):.1%}")


def print_baselines(test: list[Example]) -> None:
    """Print the same table for two lexicon classifiers over the English texts."""
    english = [example for example in test if example.language == "en"]
    for name, classifier in (("VADER", vader), ("TextBlob", textblob)):
        print(f"\n{name}\n{table(english, classifier([e.text for e in english]))}")


def milliseconds_a_turn(model: OnnxSentiment, test: list[Example]) -> float:
    """Return the median of five runs over 200 own turns, as one call has them."""
    texts = [example.text for example in test if example.source == "own"][:200]
    runs = []
    for _ in range(5):
        started = time.perf_counter()
        model.classify(texts)
        runs.append((time.perf_counter() - started) * 1000 / len(texts))
    return round(statistics.median(runs), 2)


def store_figures(path: Path, test: list[Example], given: Matrix) -> None:
    """Write accuracy, macro-F1 and calibration error per corpus into the configuration."""
    config, truth = json.loads(path.read_text()), labels_of(test)
    config["figures"] = {
        name: _figures(truth[rows], given[rows]) for name, rows in groups(test, corpus_name).items()
    }
    path.write_text(json.dumps(config, indent=2) + "\n")


def _figures(truth: npt.NDArray[np.int64], given: Matrix) -> dict[str, float | None]:
    score = macro_f1(truth, given)
    return {
        "texts": len(truth),
        "accuracy": round(accuracy(truth, given), 4),
        "macro_f1": None if score is None else round(score, 4),
        "ece": round(calibration_error(truth, given), 4),
    }


if __name__ == "__main__":
    main()
