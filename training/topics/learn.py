"""Trains what CallReview knows of its own topics on calls written for it; a few CPU-minutes.

Usage: python -m training.topics.learn [OUT.npz]   (default: resources/topics/learnt.npz)
Multinomial logistic regression over letters and meaning of what customers say, with the class of
what is about nothing.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from callreview.analysis.topics.learnt import NOTHING, learnt_file
from callreview.analysis.topics.shipped import shipped_topics
from callreview.analysis.topics.text_encoder import shipped_encoder
from training.classifiers import Weights, fitted, letters, write

CALLS = Path(__file__).with_name("calls.tsv")
"""Customers' side of calls: language, call (its hand first), its reason, what the sentence is about, the sentence."""

OUTRIGHT = Path(__file__).with_name("outright.tsv")
"""Sentences that name the matter: language, topic, sentence."""

OUTRIGHT_REPEATS = 2
EXAMPLE_REPEATS = 8
"""The examples that users read count so often: what is said in so many words must be heard."""

PENALTIES = 1e-4, 1e-5
SPREAD = 4.0
"""Vectors are made so much longer, once their common part is taken away."""


@dataclass(frozen=True)
class Said:
    """A sentence and the topic it is about ("-": none)."""

    topic: str
    text: str


@dataclass(frozen=True)
class Call:
    """What a customer says in a call, in order, and the reasons that are right for it."""

    name: str
    reasons: frozenset[str]
    said: list[Said]


def main() -> None:
    """Train and write."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else learnt_file()
    torch.set_num_threads(1)
    said = [*said_in(calls()), *said_outright()]
    names = [NOTHING, *(topic.name for topic in shipped_topics().topics)]
    trained = train(said, names)
    write(out, names, trained, np.full(len(names), np.inf))
    print(f"{len(said)} sentences, {len(names) - 1} topics: {out}")


def train(said: Sequence[Said], names: Sequence[str]) -> Weights:
    """Return the weights for these topics; rare ones count somewhat more."""
    vectors = torch.tensor(shipped_encoder().embed([one.text for one in said]))
    common = vectors.mean(dim=0)
    places = {name: place for place, name in enumerate(names)}
    truth = torch.tensor([places.get(one.topic, 0) for one in said])
    shares = 1 / torch.bincount(truth, minlength=len(names)).clamp(min=1).sqrt()
    weights = shares / shares[truth].mean()

    def loss(scores: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.cross_entropy(scores, truth, weight=weights)

    known = letters([one.text for one in said])
    found = fitted((vectors - common) * SPREAD, known, len(names), PENALTIES, loss)
    # The product gives vectors as they are.
    moved = found.bias - SPREAD * (common @ found.vectors)
    return Weights(SPREAD * found.vectors, found.grams, moved)


def calls() -> list[Call]:
    """Return the calls in the order of the file."""
    found: dict[tuple[str, str], Call] = {}
    for line in CALLS.read_text(encoding="utf-8").splitlines():
        language, name, reasons, topic, text = line.split("\t")
        call = Call(name, frozenset(reasons.split("|")), [])
        found.setdefault((language, name), call).said.append(Said(topic, text))
    return list(found.values())


def said_in(among: Sequence[Call]) -> list[Said]:
    """Return all sentences of the calls."""
    return [one for call in among for one in call.said]


def said_outright() -> list[Said]:
    """Return the sentences that name the matter, and the examples of the shipped topics."""
    lines = OUTRIGHT.read_text(encoding="utf-8").splitlines()
    named = [Said(topic, text) for _language, topic, text in (line.split("\t") for line in lines)]
    shipped = shipped_topics()
    about = [Said(topic.name, text) for topic in shipped.topics for text in topic.examples]
    nothing = [Said(NOTHING, text) for text in shipped.background]
    return named * OUTRIGHT_REPEATS + [*about, *nothing] * EXAMPLE_REPEATS


if __name__ == "__main__":
    main()
