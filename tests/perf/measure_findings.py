"""Precision and recall of promises, complaints, purchases given up and questions in dialogues.

Dialogues in tests/data/understanding, English and Korean: on `dialogues` thresholds were chosen;
`unseen` was written by somebody who had seen neither rules nor other sets, after all was chosen.
For false findings in talk that is not ours, the customers' turns of MultiDoGO and Banking77 are
searched too where they are there; how many of those are right was judged by reading them.
"""

import csv
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from callreview.analysis.findings.complaints import calm_turns, find_complaints
from callreview.analysis.findings.promises import find_promises
from callreview.analysis.findings.purchases import find_purchases_given_up
from callreview.analysis.findings.questions_answered import find_questions
from callreview.analysis.findings.signs import Signs
from callreview.analysis.sentiment.classifier import SentimentClassifier, load_sentiment
from callreview.analysis.statements import statements_of
from callreview.analysis.thresholds import sure_enough
from callreview.domain.sentiment import label_turn
from tests.conftest import SHARED
from tests.unit.dialogues import labelled, turns_of

SETS = ("dialogues", "unseen")
DIALOGUES = SHARED / "text" / "dialogue"


def main() -> None:
    print("precision % and recall % of turns (purchases: of calls)")
    for name in SETS:
        for language in ("en", "ko"):
            calls = [_Call(lines) for lines in _dialogues(f"{name}.{language}").values()]
            print(f"{name}.{language}: {len(calls)} calls")
            for kind in ("promise", "complaint", "question"):
                _report_turns(kind, calls)
            _report_purchases(calls)
    _other_talk()


class _Call:
    """A dialogue, what is labelled in its turns, and what is found in it."""

    def __init__(self, lines: list[list[str]]) -> None:
        turns = turns_of([(role, text) for _number, role, text, _labels in lines])
        likely = _classifier().classify([turn.text for turn in turns])
        self.turns = tuple(
            replace(turn, sentiment=label_turn(turn.text, one))
            for turn, one in zip(turns, likely, strict=True)
        )
        self.labels = [labels.split(",") if labels else [] for *_said, labels in lines]
        statements = statements_of(self.turns)
        signs = Signs(statements, calm_turns(self.turns))
        found = (
            *find_promises(statements, signs),
            *find_complaints(statements, signs),
            *find_questions(statements, signs),
            *find_purchases_given_up(statements, signs),
        )
        self.found = [one for one in found if sure_enough(one)]

    def wanted(self, kind: str) -> set[int]:
        """The turns that are labelled."""
        names = ("answered", "unanswered") if kind == "question" else (kind,)
        return {turn for turn, own in enumerate(self.labels) if set(own) & set(names)}


@cache
def _classifier() -> SentimentClassifier:
    return load_sentiment(None)


def _dialogues(name: str) -> dict[str, list[list[str]]]:
    calls: dict[str, list[list[str]]] = {}
    for row in labelled(name):
        calls.setdefault(row[0], []).append(row)
    return calls


def _report_turns(kind: str, calls: list[_Call]) -> None:
    hits = missed = false = 0
    for call in calls:
        found = {one.turn for one in call.found if one.kind == kind}
        wanted = call.wanted(kind)
        hits += len(found & wanted)
        missed += len(wanted - found)
        false += len(found - wanted)
    _print(kind, hits, missed, false)
    if kind == "question":
        pairs = [
            (one.label == "yes", "answered" in call.labels[one.turn or 0])
            for call in calls
            for one in call.found
            if one.kind == kind and one.turn in call.wanted(kind)
        ]
        right = sum(said == true for said, true in pairs)
        print(f"  {'answered or not':20} {100 * right / len(pairs):6.1f} right of {len(pairs)}")


def _report_purchases(calls: list[_Call]) -> None:
    hits = missed = false = right = 0
    for call in calls:
        wanted = [name[9:] for own in call.labels for name in own if name.startswith("given_up:")]
        found = [one.label for one in call.found if one.kind == "purchase_given_up"]
        hits += bool(wanted and found)
        missed += bool(wanted and not found)
        false += bool(found and not wanted)
        right += bool(set(wanted) & set(found))
    _print("purchase given up", hits, missed, false)
    print(f"  {'  its reason':20} {100 * right / max(1, hits):6.1f} right of {hits}")


def _print(kind: str, hits: int, missed: int, false: int) -> None:
    precision = 100 * hits / max(1, hits + false)
    recall = 100 * hits / max(1, hits + missed)
    print(f"  {kind:20} {precision:6.1f} {recall:6.1f}  of {hits + missed}", flush=True)


def _other_talk() -> None:
    texts = list(dict.fromkeys(_texts()))
    if not texts:
        print("no other talk: ../shared is not there")
        return
    call = _Call([["", "customer", text, ""] for text in texts])
    for kind in ("promise", "complaint"):
        count = sum(one.kind == kind for one in call.found)
        print(f"findings of the kind {kind} in {len(texts)} turns of other customers: {count}")


def _texts() -> Iterator[str]:
    for path in sorted(DIALOGUES.glob("multidogo_*_dev.tsv")):
        yield from (row["utterance"] for row in _rows(path, "\t"))
    if (DIALOGUES / "banking77_test.csv").is_file():
        yield from (row["text"] for row in _rows(DIALOGUES / "banking77_test.csv", ","))


def _rows(path: Path, delimiter: str) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


if __name__ == "__main__":
    main()
