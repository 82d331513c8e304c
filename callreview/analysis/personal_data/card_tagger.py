"""How likely the words of a call are of a payment card: a small model that reads what is said around them.

The model (resources/models/cards/MODEL_CARD.md) reads a few turns at once, the role before each.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, groupby, takewhile
from pathlib import Path

from callreview.analysis.arrays import Floats
from callreview.analysis.personal_data.found import Place
from callreview.analysis.text_model import TextModel, encodable, read_tokenizer
from callreview.config.paths import resources_dir
from callreview.domain.transcript import Turn

WINDOW_PIECES = 384
"""So much is read at once, as in training..."""
OVERLAP_PIECES = 192
"""...and so much of it, at most, again with what follows."""
LONGEST_LINE_PIECES = 120
"""A turn of more pieces is read as several."""
LONGEST_WORD_PIECES = 64
"""Of a word no more is read."""

START, END_OF_LINE, UNKNOWN_PIECE = 0, 2, 3
"""Pieces with which a text begins, a line ends, and for a word that has none."""

_ROLES = ("agent", "customer")


@dataclass(frozen=True)
class _Line:
    """What one speaker says, in pieces, and which words begin at which of them."""

    pieces: tuple[int, ...]
    words: tuple[tuple[int, tuple[Place, ...]], ...]


class CardTagger:
    """Runs the model of a folder (model.onnx, config.json) with the tokenizer of the topics' encoder."""

    def __init__(self, folder: Path, tokenizer: Path) -> None:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self._tokenizer = read_tokenizer(tokenizer, LONGEST_WORD_PIECES)
        self._model = TextModel(folder / "model.onnx", int(config["pad_id"]), optimised=True)
        self._roles = {role: self._pieces(role)[0] for role in _ROLES}

    def likelihoods(self, turns: Sequence[Turn], numbers: range) -> dict[Place, Floats]:
        """How likely each word of these turns (a range of `turns`) is none, or of one of `CARD_KINDS`, in this order."""
        lines = [line for number in numbers for line in self._lines(number, turns[number])]
        found: dict[Place, Floats] = {}
        for window in _windows(lines):
            for place, answer in self._answers(window):
                found[place] = _surer(found.get(place), answer)
        return found

    def _answers(self, window: Sequence[_Line]) -> Iterator[tuple[Place, Floats]]:
        pieces = [START, *(piece for line in window for piece in line.pieces)]
        answers = self._model.run([pieces])[0]
        start = 1
        for line in window:
            for at, places in line.words:
                for place in places:
                    yield place, answers[start + at]
            start += len(line.pieces)

    def _lines(self, number: int, turn: Turn) -> Iterator[_Line]:
        role = self._roles.get(turn.role, self._roles["customer"])
        pieces, words = [role], list[tuple[int, tuple[Place, ...]]]()
        for places, encoded in self._spaced(number, turn):
            if len(pieces) + len(encoded) >= LONGEST_LINE_PIECES:
                yield _Line((*pieces, END_OF_LINE), tuple(words))
                pieces, words = [role], []
            words.append((len(pieces), places))
            pieces += encoded
        yield _Line((*pieces, END_OF_LINE), tuple(words))

    def _spaced(self, number: int, turn: Turn) -> Iterator[tuple[tuple[Place, ...], list[int]]]:
        """What stands between spaces: the places of its words and its pieces."""
        for group in _between_spaces(turn):
            text = "".join(turn.words[place].text for place in group)
            yield tuple((number, place) for place in group), self._pieces(text) or [UNKNOWN_PIECE]

    def _pieces(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(encodable(text), add_special_tokens=False).ids
        return ids


@cache
def shipped_card_tagger() -> CardTagger:
    """The tagger that comes with CallReview; loaded once for each process."""
    models = resources_dir() / "models"
    return CardTagger(models / "cards", models / "topics" / "tokenizer.json")


def _between_spaces(turn: Turn) -> list[list[int]]:
    count = 0
    numbered = []
    for place, word in enumerate(turn.words):
        count += word.space_before or not place
        numbered.append((count, place))
    return [[place for _, place in group] for _, group in groupby(numbered, key=lambda n: n[0])]


def _windows(lines: Sequence[_Line]) -> Iterator[Sequence[_Line]]:
    """The lines in windows that fit the model; each begins with the end of the one before."""
    start = end = 0
    while end < len(lines):
        end = start + _fitting((lines[n] for n in range(start, len(lines))), WINDOW_PIECES - 1)
        yield lines[start:end]
        start = end - _fitting((lines[n] for n in range(end - 1, start, -1)), OVERLAP_PIECES)


def _fitting(lines: Iterable[_Line], most: int) -> int:
    """How many of the lines have no more pieces together."""
    sizes = accumulate(len(line.pieces) for line in lines)
    return sum(1 for _size in takewhile(lambda size: size <= most, sizes))


def _surer(one: Floats | None, other: Floats) -> Floats:
    """Which of two answers is surer that a word is card data."""
    return other if one is None or other[0] < one[0] else one
