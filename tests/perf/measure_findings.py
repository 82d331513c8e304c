"""Precision and recall of promises, complaints, purchases given up and answered questions.

Over labelled turns and short dialogues of our own (tests/data/understanding), in English and
Korean. The patterns were tuned on the rows of even number; these figures are of the odd ones. For
false findings in talk that is not ours, the customers' turns of MultiDoGO and Banking77 are searched
too where they are there; how many of those are right was judged by reading them.
"""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

from callreview.analysis.findings.complaints import find_complaints
from callreview.analysis.findings.promises import find_promises
from callreview.analysis.findings.purchases import find_purchases_given_up
from callreview.analysis.findings.questions_answered import find_questions
from callreview.analysis.statements import Statement, statements_of
from callreview.analysis.thresholds import sure_enough
from callreview.domain.finding import Finding
from tests.conftest import SHARED
from tests.unit.dialogues import labelled, spoken, turns_of

Find = Callable[[list[Statement]], list[Finding]]
DIALOGUES = SHARED / "text" / "dialogue"


def main() -> None:
    print("odd rows (rules and sets are by the same author): turns, precision %, recall %")
    for language in ("en", "ko"):
        for name, find in (("promise", find_promises), ("complaint", find_complaints)):
            rows = [(row[0] == "yes", [(row[1], row[2])]) for row in labelled(f"{name}.{language}")]
            _report(f"{name} {language}", rows[1::2], find)
        _purchases(language)
        _questions(language)
    _other_talk()


def _report(name: str, rows: list, find: Find) -> None:
    found = [(wanted, bool(_found(find, lines))) for wanted, lines in rows]
    hits = sum(wanted and got for wanted, got in found)
    precision = hits / max(1, sum(got for _wanted, got in found))
    recall = hits / sum(wanted for wanted, _got in found)
    print(f"{name:24} {len(rows):4} {100 * precision:6.1f} {100 * recall:6.1f}")


def _found(find: Find, lines: list) -> list[Finding]:
    return [one for one in find(statements_of(turns_of(lines))) if sure_enough(one)]


def _purchases(language: str) -> None:
    rows = labelled(f"purchase.{language}")[1::2]
    dialogues = [(r[0] == "yes", [("agent", r[2]), ("customer", r[3])]) for r in rows]
    _report(f"purchase given up {language}", dialogues, find_purchases_given_up)
    given_up = [
        (row[1], found[0].label)
        for row, (wanted, lines) in zip(rows, dialogues, strict=True)
        if wanted and (found := _found(find_purchases_given_up, lines))
    ]
    right = sum(wanted == got for wanted, got in given_up)
    print(f"{'  reason ' + language:24} {len(given_up):4} {100 * right / len(given_up):6.1f}")


def _questions(language: str) -> None:
    rows = labelled(f"questions.{language}")[1::2]
    answers = []
    for wanted, asked, rest in rows:
        found = _found(find_questions, [("customer", asked), *spoken(rest)])
        answers.append((wanted, found[0].details["answered"] if found else "not found"))
    right = sum(wanted == got for wanted, got in answers)
    print(
        f"{'question answered ' + language:24} {len(rows):4} {100 * right / len(rows):6.1f} right"
    )


def _other_talk() -> None:
    texts = list(dict.fromkeys(_texts()))
    if not texts:
        print("no other talk: ../shared is not there")
        return
    statements = statements_of(turns_of([("customer", text) for text in texts]))
    for name, find in (("promises", find_promises), ("complaints", find_complaints)):
        print(f"{name} in {len(texts)} turns of other customers: {len(find(statements))}")


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
