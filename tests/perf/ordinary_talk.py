"""Dialogues of others in which masks can be checked: `../shared/data` and the sample calls' scripts."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from callreview.domain.transcript import Turn
from tests.unit.card_dialogues import Dialogue

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "data"
PERSONAL = {
    *("ssn", "phone_number", "email_address", "address", "card_number", "account_number"),
    *("current_zipcode", "target_account_number"),
}
"""Slots of MultiDoGO that are personal data."""


@dataclass(frozen=True)
class Talk:
    """A dialogue and, where people have marked it, the words (turn, place) that are personal data."""

    name: str
    turns: tuple[Turn, ...]
    personal: frozenset[tuple[int, int]] | None = None


def multidogo(topic: str) -> Iterator[Talk]:
    """The customers' side of chats, every word labelled by people."""
    path = SHARED / "text" / "dialogue" / f"multidogo_{topic}_dev.tsv"
    calls: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            said, labels = row["utterance"] or "", (row["slot-labels"] or "").split()
            calls[row["conversationId"]].append((said, labels))
    for name, said_and_labels in calls.items():
        turns = _turns([("customer", said) for said, _labels in said_and_labels])
        personal = frozenset(
            (number, place)
            for number, (_said, labels) in enumerate(said_and_labels)
            for place, label in enumerate(labels)
            if label in PERSONAL
        )
        yield Talk(f"{topic} {name[:8]}", turns, personal)


def korean_lines() -> Iterator[Talk]:
    """Korean questions and answers of every day, each a talk of its own; nothing in them is personal."""
    path = SHARED / "text" / "sentiment" / "songys_chatbot.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file)):
            turns = _turns([("customer", row["Q"]), ("agent", row["A"])])
            yield Talk(f"songys {number}", turns, frozenset())


def sample_scripts() -> Iterator[Talk]:
    """What is said in the sample calls; lines with a card say so."""
    for path in sorted((ROOT / "resources" / "samples" / "truth").glob("*.json")):
        turns = json.loads(path.read_text("utf-8"))["turns"]
        said = _turns([(turn["speaker"], turn["text"]) for turn in turns])
        personal = frozenset(
            (number, place)
            for number, turn in enumerate(turns)
            if turn["contains"]
            for place in range(len(turn["text"].split()))
        )
        yield Talk(path.stem, said, personal)


def unmarked() -> Iterator[Talk]:
    """Insurance calls, scripts of made calls and drafts of real ones; nobody has marked them."""
    path = SHARED / "text" / "dialogue" / "fake_vcons.jsonl"
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        turns = json.loads(line)["turns"]
        yield Talk(f"vcon {number}", _turns([(turn["role"], turn["text"]) for turn in turns]))
    for folder in ("references", "machine_drafts"):
        for file in sorted((SHARED / folder).glob("*.json")):
            segments = json.loads(file.read_text("utf-8")).get("segments", [])
            said = [(one.get("speaker") or "", one["text"]) for one in segments]
            if said:
                yield Talk(f"{folder} {file.stem[:20]}", _turns(said))


def _turns(said: list[tuple[str, str]]) -> tuple[Turn, ...]:
    dialogue = Dialogue("en")
    for role, text in said:
        marked = text.translate(str.maketrans("{}<>", "    "))
        dialogue.say("agent" if role == "agent" else "customer", marked)
    return tuple(dialogue.turns)
