"""Trains an encoder of half the layers whose vectors are near those of multilingual-e5-small.

It reads texts without the prefix "query: " that its teacher needs. It sees no text of Banking77 and
MultiDoGO, on which its worth is measured, and none that training/sentiment/prepare_data.py set aside.
Usage: python -m training.topics.distil TEXT_FOLDER DATA_FOLDER TOKENIZER.json OUT_FOLDER [--epochs N]
       [--start TRAINED_FOLDER]
"""

import argparse
import random
import time
from collections.abc import Iterator
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch.nn import functional
from transformers import BertModel

from training.findings.examples import turns as sign_rows
from training.halving import halved, states_loss
from training.learning import SEED, Descent, grouped, mean_of
from training.sentiment.augmentation import varied
from training.sentiment.corpora import Example, everyday_texts
from training.sentiment.distil import unlabelled
from training.sentiment.model import encode
from training.sentiment.prepare_data import read
from training.sentiment.train import draw
from training.topics.encoder import PREFIX, pruned

BATCH = 48
LEARNING_RATE = 3e-4
MOST_OF_A_GROUP = {"goemotions": 3000, "nsmc": 1500, "unlabelled": 20_000}
"""Texts drawn per epoch from each (source, class)."""
REPEATS = {"own": 2}
MEASURED = ("banking77", "multidogo")
LONGEST = 60
"""Pieces; with the prefix the teacher's text must not be cut."""


def main() -> None:
    """Read the arguments, train, save after each epoch."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("tokenizer", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--start", type=Path, help="go on from this trained folder")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    tokenizer = Tokenizer.from_file(str(arguments.tokenizer))
    teacher = pruned(tokenizer)
    student = halved(teacher)
    if arguments.start:
        student = BertModel.from_pretrained(arguments.start, add_pooling_layer=False)
        student.embeddings.requires_grad_(False)
    train, dev, test = (read(arguments.data / f"{name}.tsv") for name in ("train", "dev", "test"))
    more = [*(row.text for row in sign_rows()), *everyday_texts(arguments.texts)]
    rest = unlabelled(more, [*train, *dev, *test])
    train = [*(example for example in train if example.source not in MEASURED), *rest]
    started = time.process_time()
    for epoch in distil(teacher, student, tokenizer, train, arguments.epochs):
        student.save_pretrained(arguments.out)
        with torch.inference_mode():
            batches = _batches(dev, tokenizer, random.Random(SEED))
            left = [_losses(teacher, student, tokenizer, texts)[0].item() for texts in batches]
        spent = time.process_time() - started
        print(
            f"epoch {epoch}, {spent:.0f} CPU seconds, dev {sum(left) / len(left):.3f}", flush=True
        )


def distil(
    teacher: BertModel,
    student: BertModel,
    tokenizer: Tokenizer,
    examples: list[Example],
    epochs: int,
) -> Iterator[int]:
    """Train the student in place with a linearly falling rate; yield the number of each epoch done."""
    chance = random.Random(SEED)
    steps = epochs * (len(_draw(examples, random.Random(SEED))) // BATCH + 1)
    descent = Descent(student, steps, LEARNING_RATE)
    teacher.config._attn_implementation = "sdpa"
    teacher.eval()
    for epoch in range(epochs):
        student.train()
        for number, texts in enumerate(_batches(_draw(examples, chance), tokenizer, chance)):
            left, states = _losses(teacher, student, tokenizer, texts)
            descent.step(left + states)
            if number % 50 == 0:
                print(epoch, number, f"{left.item():.3f} {states.item():.3f}", flush=True)
        student.eval()
        yield epoch + 1


def _draw(examples: list[Example], chance: random.Random) -> list[Example]:
    return draw(examples, chance, MOST_OF_A_GROUP, REPEATS)


def _batches(
    examples: list[Example], tokenizer: Tokenizer, chance: random.Random
) -> Iterator[list[str]]:
    """Yield texts of about as many pieces, varied as in a call, in random order."""
    texts = [varied(e.text, e.language, [], chance) for e in examples]
    tokenizer.no_padding()
    sizes = [len(row.ids) for row in tokenizer.encode_batch_fast(texts)]
    short = [i for i, size in enumerate(sizes) if size <= LONGEST]
    for group in grouped([sizes[i] for i in short], BATCH, chance):
        yield [texts[short[i]] for i in group]


def _losses(
    teacher: BertModel, student: BertModel, tokenizer: Tokenizer, texts: list[str]
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the part of the vectors' variance that is not explained, and the loss of the states."""
    ids, mask = encode(tokenizer, texts)
    longer, wide = encode(tokenizer, [PREFIX + text for text in texts])
    added = longer.shape[1] - ids.shape[1]
    with torch.autocast("cpu", torch.bfloat16):
        with torch.no_grad():
            goals = teacher(longer, wide, output_hidden_states=True).hidden_states
        states = student(ids, mask, output_hidden_states=True).hidden_states
    wanted = functional.normalize(mean_of(goals[-1].float(), wide), dim=-1)
    vectors = functional.normalize(mean_of(states[-1].float(), mask), dim=-1)
    spread = ((wanted - wanted.mean(0)) ** 2).sum(-1).mean()
    left = ((vectors - wanted) ** 2).sum(-1).mean() / spread
    # The first piece is the same; those of the prefix have no counterpart.
    kept = [torch.cat((goal[:, :1], goal[:, 1 + added :]), dim=1) for goal in goals]
    return left, states_loss(states, kept, mask)


if __name__ == "__main__":
    main()
