"""Trains the classifier on CPU, one thread; prints the dev figures after each epoch.

Usage: python -m training.sentiment.train DATA_FOLDER OUT_FOLDER [--epochs N] [--without-own]
       [--start TRAINED_FOLDER] [--learning-rate R] [--refine]
"""

import argparse
import random
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import nn

from training.learning import SEED, Descent, grouped
from training.sentiment.augmentation import varied
from training.sentiment.corpora import LABELS, NEUTRAL, Example
from training.sentiment.metrics import table
from training.sentiment.model import (
    SentimentModel,
    build,
    encode,
    freeze,
    load,
    probabilities,
    save,
)
from training.sentiment.prepare_data import VOCABULARY, read

BATCH = 32
LEARNING_RATE = 1.2e-4
REFINING_RATE = 6e-5
LABEL_SMOOTHING = 0.02
MOST_OF_A_GROUP = {"goemotions": 3500, "nsmc": 2200, "multidogo": 1000}
"""Texts drawn per epoch from each (source, class): else GoEmotions and good reviews drown all."""
REFINING = {"goemotions": 1600, "kote": 1100, "nsmc": 800, "multidogo": 300, "banking77": 300}
"""The same for a last epoch (--refine), in which service talk is half of all."""
REPEATS = {"own": 2}
JOINABLE_SOURCES = ("own", "patterns")
"""Sources whose texts get a neutral turn beside them: turns of a call are often two sentences."""


def main() -> None:
    """Read the arguments, train, save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--without-own", action="store_true", help="to see what own turns bring")
    parser.add_argument("--start", type=Path, help="go on from this trained folder")
    parser.add_argument("--refine", action="store_true", help="mostly service talk")
    parser.add_argument("--learning-rate", type=float, default=LEARNING_RATE)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    examples = read(arguments.data / "train.tsv")
    if arguments.without_own:
        examples = [e for e in examples if e.source not in JOINABLE_SOURCES]
    model, tokenizer = begin(arguments.start, arguments.data)
    print("pieces", tokenizer.get_vocab_size(), "texts", len(examples), flush=True)
    dev = read(arguments.data / "dev.tsv")
    started = time.process_time()
    rate = arguments.learning_rate
    if arguments.refine:
        MOST_OF_A_GROUP.update(REFINING)
        rate = REFINING_RATE
    for epoch in train(model, tokenizer, examples, arguments.epochs, rate):
        print(f"epoch {epoch}, {time.process_time() - started:.0f} CPU seconds", flush=True)
        save(arguments.out, model, tokenizer)
        print(table(dev, probabilities(model, tokenizer, dev)), flush=True)


def begin(start: Path | None, data: Path) -> tuple[SentimentModel, Tokenizer]:
    """Return the model to train: the one in the folder `start`, or a new one."""
    if start is None:
        return build((data / VOCABULARY).read_text(encoding="utf-8").split("\n"))
    model, tokenizer = load(start)
    freeze(model)
    return model, tokenizer


def train(
    model: SentimentModel,
    tokenizer: Tokenizer,
    examples: list[Example],
    epochs: int,
    learning_rate: float,
) -> Iterator[int]:
    """Train in place with a linearly falling learning rate; yield the number of each epoch done."""
    chance = random.Random(SEED)
    steps = epochs * (len(draw(examples, random.Random(SEED))) // BATCH + 1)
    descent = Descent(model, steps, learning_rate)
    loss_of = nn.CrossEntropyLoss(_class_weights(examples), label_smoothing=LABEL_SMOOTHING)
    for epoch in range(epochs):
        model.train()
        for texts, labels in batches(draw(examples, chance), chance):
            ids, mask = encode(tokenizer, texts)
            with torch.autocast("cpu", torch.bfloat16):
                logits = model(ids, mask)
            descent.step(loss_of(logits.float(), labels))
        yield epoch + 1


def draw(
    examples: list[Example],
    chance: random.Random,
    most_of_a_group: Mapping[str, int] = MOST_OF_A_GROUP,
    repeats: Mapping[str, int] = REPEATS,
) -> list[Example]:
    """Return one epoch's texts: large groups sampled, own turns repeated."""
    groups: dict[tuple[str, int], list[Example]] = defaultdict(list)
    for example in examples:
        groups[example.source, example.label].append(example)
    drawn: list[Example] = []
    for (source, _label), members in groups.items():
        most = min(most_of_a_group.get(source, len(members)), len(members))
        drawn += chance.sample(members, most) * repeats.get(source, 1)
    return drawn


def batches(
    examples: list[Example], chance: random.Random
) -> Iterator[tuple[list[str], torch.Tensor]]:
    """Yield texts of like length with their labels, in random order."""
    rows = as_recognised(examples, chance)
    for group in grouped([len(text.encode()) for text, _label in rows], BATCH, chance):
        yield [rows[i][0] for i in group], torch.tensor([rows[i][1] for i in group])


def as_recognised(examples: list[Example], chance: random.Random) -> list[tuple[str, int]]:
    """Return texts, as a recogniser might write them, and labels."""
    neutral: dict[str, list[str]] = defaultdict(list)
    for example in examples:
        if example.source in JOINABLE_SOURCES and example.label == NEUTRAL:
            neutral[example.language].append(example.text)
    rows = []
    for e in examples:
        partners = neutral[e.language] if e.source in JOINABLE_SOURCES else []
        rows.append((varied(e.text, e.language, partners, chance), e.label))
    return rows


def _class_weights(examples: list[Example]) -> torch.Tensor:
    drawn = draw(examples, random.Random(SEED))
    counts = [sum(e.label == label for e in drawn) for label in range(len(LABELS))]
    return torch.tensor([len(drawn) / (len(LABELS) * count) for count in counts])


if __name__ == "__main__":
    main()
