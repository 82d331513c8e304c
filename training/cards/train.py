"""Trains the model that finds card data; about 70 CPU-minutes.

Usage: python -m training.cards.train OUT.pt
"""

import random
import sys
import time
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch.nn import functional

from callreview.analysis.personal_data.card_tagger import (
    END_OF_LINE,
    START,
    UNKNOWN_PIECE,
    WINDOW_PIECES,
)
from training.cards.dialogues import CARD, OF_A_CARD, UNKNOWN, Lines, all_dialogues
from training.cards.model import CardModel, tokenizer, untrained
from training.cards.variety import varied, vocabulary_of
from training.learning import SEED, Descent, grouped

EPOCHS = 5
BATCH = 12
LEARNING_RATE = 2e-4
TWO_CALLS = 0.15
"""So often a call goes on in another: card data must be told from what stands far from it."""

Pieces = list[tuple[int, int]]
"""Ids, each with what the word is that begins with it, or `UNKNOWN`."""

_PAD = 1


def main() -> None:
    """Train and save the weights."""
    torch.manual_seed(SEED)
    model, calls = untrained(), [*all_dialogues()]
    chance = random.Random(SEED)
    steps = EPOCHS * -(-len(calls) // BATCH)
    descent, started = Descent(model, steps, LEARNING_RATE), time.process_time()
    model.train()
    for epoch in range(EPOCHS):
        losses = []
        for batch in _batches(calls, chance):
            loss = _loss(model, batch)
            descent.step(loss)
            losses.append(loss.item())
        spent, left = time.process_time() - started, sum(losses) / len(losses)
        print(f"epoch {epoch}, {spent:.0f} CPU seconds, {left:.4f}", flush=True)
    torch.save(model.state_dict(), Path(sys.argv[1]))


def _batches(calls: Sequence[Lines], chance: random.Random) -> Iterator[list[Pieces]]:
    """Windows of the calls, a little changed each time, those of like length together."""
    windows, vocabulary = [], vocabulary_of(calls)
    for call in calls:
        lines = call
        if chance.random() < TWO_CALLS:
            other = chance.choice(calls)
            lines = [*other, *call] if chance.random() < 0.5 else [*call, *other]
        windows.append(_window(varied(lines, vocabulary, chance), chance))
    for group in grouped([len(window) for window in windows], BATCH, chance):
        yield [windows[place] for place in group]


def _window(lines: Lines, chance: random.Random) -> Pieces:
    """As many lines as the model reads at once, from any line on that has enough behind it."""
    encoded = [_line(role, said) for role, said in lines]
    left = [sum(map(len, encoded[start:])) for start in range(len(encoded))]
    starts = [start for start, size in enumerate(left) if size >= 0.6 * WINDOW_PIECES]
    start = chance.choice(starts) if starts and left[0] >= WINDOW_PIECES else 0
    window: Pieces = [(START, UNKNOWN)]
    for line in encoded[start:]:
        if len(window) + len(line) > WINDOW_PIECES:
            break
        window += line
    return window


def _line(role: str, said: Sequence[tuple[str, int]]) -> Pieces:
    marker = _tokenizer().token_to_id("▁agent" if role == "agent" else "▁customer")
    pieces = [(marker, UNKNOWN)]
    for word, what in said:
        first, *others = _ids(word)
        pieces += [(first, what), *((piece, UNKNOWN) for piece in others)]
    return [*pieces, (END_OF_LINE, UNKNOWN)]


def _loss(model: CardModel, batch: Sequence[Pieces]) -> torch.Tensor:
    longest = max(map(len, batch))
    rows = [[*pieces, *[(_PAD, UNKNOWN)] * (longest - len(pieces))] for pieces in batch]
    ids, what = torch.tensor(rows).unbind(-1)
    with torch.autocast("cpu", torch.bfloat16):
        scores = model(ids, (ids != _PAD).long())
    scores, what = scores.float().flatten(0, 1), what.flatten()
    known, either = (what >= 0) & (what < OF_A_CARD), what == OF_A_CARD
    lost = functional.cross_entropy(scores[known], what[known], reduction="sum")
    of_a_card = functional.log_softmax(scores[either], -1)[:, CARD:].logsumexp(-1)
    total: torch.Tensor = (lost - of_a_card.sum()) / (known.sum() + either.sum())
    return total


@cache
def _tokenizer() -> Tokenizer:
    return tokenizer()


@cache
def _ids(word: str) -> tuple[int, ...]:
    return tuple(_tokenizer().encode(word, add_special_tokens=False).ids) or (UNKNOWN_PIECE,)


if __name__ == "__main__":
    main()
