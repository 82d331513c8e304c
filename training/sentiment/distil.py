"""Trains a classifier of half the layers to answer like a trained one: it costs half.

It learns its teacher's states (`training.halving`) and answers (Hinton and others, arXiv:1503.02531),
from all texts but those set aside, labelled or not, and the labels where there are some.
Usage: python -m training.sentiment.distil DATA_FOLDER TEACHER_FOLDER OUT_FOLDER [--epochs N]
"""

import argparse
import random
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch.nn import functional

from training.halving import States, halved, states_loss
from training.learning import SEED, Descent, grouped, mean_of
from training.sentiment.corpora import Example
from training.sentiment.metrics import table
from training.sentiment.model import SentimentModel, encode, load, probabilities, save
from training.sentiment.prepare_data import VOCABULARY, normalised, read
from training.sentiment.train import as_recognised, draw

BATCH = 48
LEARNING_RATE = 3e-4
MOST_OF_A_GROUP = {"goemotions": 4000, "nsmc": 2500, "multidogo": 1000, "unlabelled": 12_000}
"""Texts drawn per epoch from each (source, class)."""
REPEATS = {"own": 3}
TEMPERATURE = 2.0
LABEL_WEIGHT = 0.5
NO_LABEL = -100
"""What `cross_entropy` leaves out."""
LONGEST_UNLABELLED = 200
_HANGUL = re.compile("[가-힣]")


@dataclass(frozen=True)
class Batch:
    """Piece ids and mask (texts x pieces) and labels (texts), NO_LABEL where there is none."""

    ids: torch.Tensor
    mask: torch.Tensor
    labels: torch.Tensor


def main() -> None:
    """Read the arguments, train, save after each epoch."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("teacher", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=3)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    teacher, tokenizer = load(arguments.teacher)
    student = small(teacher)
    labelled, dev = (read(arguments.data / name) for name in ("train.tsv", "dev.tsv"))
    set_aside = dev + read(arguments.data / "test.tsv")
    lines = (arguments.data / VOCABULARY).read_text(encoding="utf-8").split("\n")
    rest = list(unlabelled(lines, [*labelled, *set_aside]))
    print("labelled", len(labelled), "unlabelled", len(rest), flush=True)
    started = time.process_time()
    for epoch in distil(teacher, student, tokenizer, [*labelled, *rest], arguments.epochs):
        print(f"epoch {epoch}, {time.process_time() - started:.0f} CPU seconds", flush=True)
        save(arguments.out, student, tokenizer)
        print(table(dev, probabilities(student, tokenizer, dev)), flush=True)


def small(teacher: SentimentModel) -> SentimentModel:
    """Return a copy of the teacher with every second layer."""
    student = SentimentModel(halved(teacher.encoder))
    student.head.load_state_dict(teacher.head.state_dict())
    return student


def unlabelled(texts: Iterable[str], known: list[Example]) -> Iterator[Example]:
    """Yield the texts that are not among the known ones, each once."""
    seen = {normalised(example.text) for example in known}
    for text in texts:
        key = normalised(text)
        if key and key not in seen and len(text) <= LONGEST_UNLABELLED:
            seen.add(key)
            yield Example(text, NO_LABEL, "unlabelled", "ko" if _HANGUL.search(text) else "en", "")


def distil(
    teacher: SentimentModel,
    student: SentimentModel,
    tokenizer: Tokenizer,
    examples: list[Example],
    epochs: int,
) -> Iterator[int]:
    """Train the student in place with a linearly falling rate; yield the number of each epoch done."""
    chance = random.Random(SEED)
    steps = epochs * (len(_draw(examples, random.Random(SEED))) // BATCH + 1)
    descent = Descent(student, steps, LEARNING_RATE)
    teacher.encoder.config._attn_implementation = "sdpa"
    for epoch in range(epochs):
        student.train()
        for number, batch in enumerate(_batches(_draw(examples, chance), tokenizer, chance)):
            loss = _loss(teacher, student, batch)
            descent.step(loss)
            if number % 200 == 0:
                print(epoch, number, f"{loss.item():.3f}", flush=True)
        yield epoch + 1


def _draw(examples: list[Example], chance: random.Random) -> list[Example]:
    return draw(examples, chance, MOST_OF_A_GROUP, REPEATS)


def _batches(
    examples: list[Example], tokenizer: Tokenizer, chance: random.Random
) -> Iterator[Batch]:
    """Yield texts of about as many pieces, varied as in a call, in random order."""
    rows = as_recognised(examples, chance)
    tokenizer.no_padding()
    sizes = [len(row.ids) for row in tokenizer.encode_batch_fast([text for text, _ in rows])]
    for group in grouped(sizes, BATCH, chance):
        ids, mask = encode(tokenizer, [rows[i][0] for i in group])
        yield Batch(ids, mask, torch.tensor([rows[i][1] for i in group]))


def _loss(teacher: SentimentModel, student: SentimentModel, batch: Batch) -> torch.Tensor:
    with torch.autocast("cpu", torch.bfloat16):
        with torch.no_grad():
            wanted, goals = _answer(teacher, batch)
        logits, states = _answer(student, batch)
    answers = functional.kl_div(
        (logits / TEMPERATURE).log_softmax(-1),
        (wanted / TEMPERATURE).log_softmax(-1),
        reduction="batchmean",
        log_target=True,
    )
    total = TEMPERATURE**2 * answers
    total = total + states_loss(states, goals, batch.mask)
    if (batch.labels != NO_LABEL).any():
        total = total + LABEL_WEIGHT * functional.cross_entropy(logits, batch.labels)
    return total


def _answer(model: SentimentModel, batch: Batch) -> tuple[torch.Tensor, States]:
    """Return logits (texts x 3) and the states after the embeddings and after each layer."""
    given = model.encoder(input_ids=batch.ids, attention_mask=batch.mask, output_hidden_states=True)
    logits = model.head(model.dropout(mean_of(given[0], batch.mask)))
    return logits.float(), given.hidden_states


if __name__ == "__main__":
    main()
