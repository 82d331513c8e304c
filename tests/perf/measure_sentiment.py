"""Sentiment beside VADER, TextBlob and a fine-tuned MiniLM: the same texts, the same run.

    python tests/perf/measure_sentiment.py [--peers FOLDER] [--minilm FOLDER] [--no-voice]

Texts: the test splits of training/sentiment/prepare_data.py from ../shared/data/text, and the 27
labelled voice messages of ../shared/data through the recogniser. FOLDER of --peers is where
`pip install --target FOLDER vaderSentiment textblob` put the peers; that of --minilm holds the
exported baseline (training/sentiment/README.md). What is absent is skipped with a line that says so.
"""

import argparse
import csv
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY))

from callreview.analysis.sentiment.classifier import shipped_model_dir  # noqa: E402
from callreview.analysis.sentiment.onnx import OnnxSentiment  # noqa: E402
from training.sentiment.baselines import textblob, vader  # noqa: E402
from training.sentiment.corpora import LABELS, Example  # noqa: E402
from training.sentiment.metrics import (  # noqa: E402
    Matrix,
    accuracy,
    calibration_error,
    corpus_name,
    groups,
    labels_of,
    macro_f1,
)
from training.sentiment.prepare_data import OWN_TURNS, gather, split  # noqa: E402

SHARED = REPOSITORY.parent / "shared" / "data"
TEXTS = SHARED / "text"
MESSAGES = SHARED / "sentiment_voice_messages"
TURNS_OF_AN_HOUR = 900
DRAWS = 500
Classify = Callable[[list[str]], Matrix]

START = """
import time
wall, cpu = time.perf_counter(), time.process_time()
from callreview.analysis.sentiment.classifier import load_sentiment
model = load_sentiment(None)
model.classify(["hello there"])
print(time.perf_counter() - wall, time.process_time() - cpu)
"""


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", type=Path, help="folder with vaderSentiment and textblob")
    parser.add_argument("--minilm", type=Path, help="folder of the exported MiniLM baseline")
    parser.add_argument("--no-voice", action="store_true", help="leave the voice messages out")
    arguments = parser.parse_args()
    own = OnnxSentiment(shipped_model_dir())
    print(f"{own.name} {own.version}")
    classifiers: dict[str, Classify] = {"CallReview": by_onnx(own)}
    classifiers |= peers(arguments.peers) | minilm(arguments.minilm)
    if TEXTS.is_dir():
        test = split(gather(TEXTS))["test"]
        show(test, classifiers)
        show_rule(test, classifiers["CallReview"])
    else:
        print(f"the texts are not at {TEXTS}: no figures")
    if arguments.no_voice or not MESSAGES.is_dir():
        print("voice messages: left out")
    else:
        show_messages(classifiers)
    show_cost(own)


def by_onnx(model: OnnxSentiment) -> Classify:
    """The model's probabilities, texts x 3."""

    def classify(texts: list[str]) -> Matrix:
        return np.array([[r.negative, r.neutral, r.positive] for r in model.classify(texts)])

    return classify


def peers(folder: Path | None) -> dict[str, Classify]:
    """VADER and TextBlob, where they are installed."""
    if folder is not None:
        sys.path.append(str(folder))
    found: dict[str, Classify] = {}
    for name, classify in (("VADER", vader), ("TextBlob", textblob)):
        try:
            classify(["hello"])
            found[name] = classify
        except ImportError as missing:
            print(f"{name}: skipped, {missing}")
    return found


def minilm(folder: Path | None) -> dict[str, Classify]:
    """The fine-tuned MiniLM, where its folder is given."""
    if folder is None:
        print("MiniLM: skipped, no --minilm FOLDER")
        return {}
    return {"MiniLM": by_onnx(OnnxSentiment(folder))}


def show(test: list[Example], classifiers: dict[str, Classify]) -> None:
    """Macro-F1 (accuracy where a corpus has one class) and calibration error of each corpus."""
    truth = labels_of(test)
    given = {name: classify([e.text for e in test]) for name, classify in classifiers.items()}
    names = list(given)
    print("\nmacro-F1 / ECE, 15 bins (accuracy where there is one class); by chance: the ECE that")
    print("CallReview would show if its probabilities were exactly right, with so few texts;")
    heads = [*names, "by chance"]
    others = names[1:]
    if others:
        print("ahead of: by how many points, and within what in 95 % of samples of the texts")
        heads.append(f"ahead of {others[-1]}")
    print("| texts | n |", " | ".join(heads), "|\n" + "|---" * (2 + len(heads)) + "|")
    for group, rows in (groups(test, corpus_name) | groups(test, lambda e: e.language)).items():
        cells = [figures(truth[rows], given[name][rows]) for name in names]
        cells.append(f"{chance_error(given['CallReview'][rows]):.3f}")
        if others:
            cells.append(ahead(truth[rows], given["CallReview"][rows], given[others[-1]][rows]))
        print(f"| {group} | {len(rows)} |", " | ".join(cells), "|")


def figures(truth: np.ndarray, given: Matrix) -> str:
    """One cell of the table."""
    return f"{100 * score(truth, given):.1f} / {calibration_error(truth, given):.3f}"


def score(truth: np.ndarray, given: Matrix) -> float:
    """Macro-F1, or accuracy where there is one class."""
    found = macro_f1(truth, given)
    return accuracy(truth, given) if found is None else found


def ahead(truth: np.ndarray, own: Matrix, peer: Matrix) -> str:
    """By how many points the own score is above the peer's, with its 95 % bootstrap interval."""
    chance = np.random.default_rng(0)
    draws = [chance.integers(len(truth), size=len(truth)) for _n in range(DRAWS)]
    gaps = [100 * (score(truth[d], own[d]) - score(truth[d], peer[d])) for d in draws]
    low, high = np.quantile(gaps, (0.025, 0.975))
    gap = 100 * (score(truth, own) - score(truth, peer))
    return f"{gap:+.1f} ({low:+.1f} to {high:+.1f})"


def chance_error(given: Matrix) -> float:
    """The mean calibration error of labels drawn from the very probabilities: that of chance."""
    chance = np.random.default_rng(0)
    sums = given.cumsum(axis=1)
    draws = ((chance.random((len(given), 1)) > sums).sum(axis=1).clip(max=2) for _n in range(DRAWS))
    return float(np.mean([calibration_error(truth, given) for truth in draws]))


def show_rule(test: list[Example], classify: Classify) -> None:
    """How many own turns the product's label rule gets right, by kind."""
    own = [example for example in test if example.source == "own"]
    given, truth = classify([e.text for e in own]), labels_of(own)
    positive = np.where(given[:, 2] >= 0.4, 2, 1)
    labels = np.where(given[:, 0] >= 0.4, 0, positive)
    print("\nown turns, right by the label rule")
    for kind, rows in groups(own, lambda e: f"{e.language} {e.kind}").items():
        print(f"  {kind:24} {int((labels[rows] == truth[rows]).sum()):3} of {len(rows)}")


def show_messages(classifiers: dict[str, Classify]) -> None:
    """Macro-F1 of whole voice messages as the recogniser wrote them."""
    texts, truth = heard_messages()
    print(f"\n{len(texts)} voice messages through the recogniser")
    for name, classify in classifiers.items():
        given = classify(texts)
        right = int((given.argmax(1) == truth).sum())
        print(f"  {name:12} {right} of {len(texts)} right, {figures(truth, given)}")
        print(f"  {'':12} ECE by chance {chance_error(given):.3f}")


def heard_messages() -> tuple[list[str], np.ndarray]:
    """The text and the class of each voice message; the class is in the file's name."""
    from callreview.audio.decode import prepare_audio
    from callreview.domain.transcript import join_words
    from callreview.speech.models import model_folder
    from callreview.speech.recognise import Recogniser

    recogniser = Recogniser(model_folder(), workers=1)
    texts, labels = [], []
    for path in sorted(MESSAGES.glob("*.mp3")):
        with tempfile.TemporaryDirectory() as folder:
            heard = recogniser.recognise(prepare_audio([path], Path(folder) / "call.pcm"))
        texts.append(" ".join(join_words(channel.words) for channel in heard))
        labels.append(LABELS.index(path.stem.split("_")[1]))
    return texts, np.array(labels)


def show_cost(model: OnnxSentiment) -> None:
    """Seconds for the turns of an hour, all different, and of starting from nothing."""
    with OWN_TURNS.open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        texts = list(dict.fromkeys(row[3] for row in rows))[:: max(1, 2200 // TURNS_OF_AN_HOUR)]
    texts = texts[:TURNS_OF_AN_HOUR]
    wall, cpu = timed(lambda: model.classify(texts))
    print(f"\n{len(texts)} different turns: {wall:.2f} s wall, {cpu:.2f} s of one core")
    starts = [started() for _ in range(5)]
    wall, cpu = (statistics.median(one) for one in zip(*starts, strict=True))
    print(f"start (imports, model, first turn): {wall:.2f} s wall, {cpu:.2f} s of one core")


def timed(work: Callable[[], object], runs: int = 5) -> tuple[float, float]:
    """Median seconds of wall clock and of processor."""
    took = []
    for _ in range(runs):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        took.append((time.perf_counter() - wall, time.process_time() - cpu))
    return statistics.median(t[0] for t in took), statistics.median(t[1] for t in took)


def started() -> Sequence[float]:
    """Seconds of wall clock and processor that a new process takes to its first result."""
    done = subprocess.run(
        [sys.executable, "-c", START], capture_output=True, text=True, check=True, cwd=REPOSITORY
    )
    return [float(value) for value in done.stdout.split()]


if __name__ == "__main__":
    main()
