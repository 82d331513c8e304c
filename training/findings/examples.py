"""Which turns show a sign and which do not."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from training.sentiment.prepare_data import OWN_TURNS

TURNS = Path(__file__).with_name("turns.tsv")
"""Turns written for this: language, role, what it does, text."""

COMPLAINTS = frozenset({"complaint", "implicit_complaint"})
LABELLED = Path(__file__).parents[2] / "tests" / "data" / "understanding"
"""Labelled turns for tests; those of even number are learnt from, the others tested on."""

LABELLED_REPEATS = 3
PLAIN = ("none", "question")
PLAIN_REPEATS = 3
"""Short answers and questions are few among the turns and many in calls."""

_END = re.compile(r"[.?!。？！\s]+$")


@dataclass(frozen=True)
class Row:
    """A turn and what it does; of `sentiment` turns it is their kind."""

    does: str
    text: str
    from_sentiment: bool = False


@dataclass(frozen=True)
class SignExamples:
    """Texts, and for each whether it shows the sign."""

    sign: str
    texts: tuple[str, ...]
    shown: tuple[bool, ...]


def all_examples() -> list[SignExamples]:
    """The examples of all signs; `reason:...` only tells declining turns apart."""
    rows = list(_rows())
    declining = [row for row in rows if row.does.startswith("decline:")]
    reasons = sorted({row.does.partition(":")[2] for row in declining} - {"unclear"})
    return [
        _examples("promise", _promises(rows)),
        _examples("complaint", _complaints(rows)),
        _examples("question", _questions(rows)),
        *(_examples(sign, _sales(rows, sign)) for sign in ("offer", "accept", "decline")),
        *(
            _examples(f"reason:{why}", ((r.text, r.does == f"decline:{why}") for r in declining))
            for why in reasons
        ),
    ]


def _examples(sign: str, pairs: Iterable[tuple[str, bool]]) -> SignExamples:
    texts, shown = zip(*pairs, strict=True)
    return SignExamples(sign, texts, shown)


def turns() -> Iterator[Row]:
    """The turns written for this."""
    for line in TURNS.read_text(encoding="utf-8").splitlines():
        _language, _role, does, text = line.split("\t")
        yield Row(does, text)


def _rows() -> Iterator[Row]:
    yield from turns()
    for line in OWN_TURNS.read_text(encoding="utf-8").splitlines():
        _language, _label, kind, text = line.split("\t")
        yield Row(kind, text, from_sentiment=True)
    for _time in range(LABELLED_REPEATS):
        yield from _labelled()


def _labelled() -> Iterator[Row]:
    for language in ("en", "ko"):
        for yes, _role, text, *_when in _tab_rows(f"promise.{language}"):
            yield Row("promise" if yes == "yes" else "no_promise", text)
        for yes, _role, text, *_rest in _tab_rows(f"complaint.{language}"):
            yield Row("complaint" if yes == "yes" else "service", text, from_sentiment=True)
        for yes, reason, _offer, answer in _tab_rows(f"purchase.{language}"):
            yield Row(f"decline:{reason}" if yes == "yes" else "no_sale", answer)


def _tab_rows(name: str) -> list[list[str]]:
    lines = (LABELLED / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines[::2]]


def _promises(rows: list[Row]) -> Iterator[tuple[str, bool]]:
    for row in rows:
        if row.does != "relief":
            yield row.text, row.does == "promise"


def _complaints(rows: list[Row]) -> Iterator[tuple[str, bool]]:
    """Turning something down is no complaint, but for bad experience it may well be one."""
    for row in rows:
        if row.from_sentiment or row.does in ("promise", "offer", "accept"):
            yield row.text, row.does in COMPLAINTS
        elif row.does.startswith("decline:") and row.does != "decline:trust":
            yield row.text, False
        elif row.does in PLAIN:
            yield from [(row.text, False)] * PLAIN_REPEATS


def _questions(rows: list[Row]) -> Iterator[tuple[str, bool]]:
    """A recogniser often leaves out the question mark: what ends in one is learnt without it."""
    for row in rows:
        if row.does == "question":
            yield row.text, True
        elif row.text.endswith(("?", "？")):
            yield _END.sub("", row.text).lower(), True
        elif "?" not in row.text and (row.text.endswith(".") or row.does == "none"):
            yield _END.sub("", row.text).lower(), False


def _sales(rows: list[Row], sign: str) -> Iterator[tuple[str, bool]]:
    elsewhere = {"offer": {"service"}, "accept": {"thanks", "mild_positive", "relief", "praise"}}
    for row in rows:
        if row.does not in elsewhere.get(sign, set()):
            yield row.text, row.does.partition(":")[0] == sign
