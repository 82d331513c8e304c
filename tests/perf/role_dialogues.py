"""Dialogues whose roles are known, as the recogniser would hear them.

The sample calls stand in the repository. Where they lie beside it, the scripts, dialogues and
machine drafts of `../shared/data` are added. Texts without times get invented ones. `own lines`
are calls put together at random from the sentences of `training/sentiment/own_turns.tsv`, for
want of Korean dialogues: what each person says fits the role but not what the other says.
"""

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from callreview.domain.talk_metrics import Interval
from callreview.domain.transcript import Role
from callreview.speech.recognised import ChannelWords, HeardWord

REPOSITORY = Path(__file__).resolve().parents[2]
SHARED = REPOSITORY.parent / "shared" / "data"
SAMPLES = REPOSITORY / "resources" / "samples"

WORD_S, GAP_S = 0.35, 0.4
LINES_OF_A_CALL = 5


@dataclass(frozen=True)
class Line:
    """What one person says in one go; `words` have their times (seconds) where they are known."""

    role: Role
    text: str
    words: tuple[HeardWord, ...] = ()


@dataclass(frozen=True)
class Dialogue:
    """A dialogue of a set, with the language it is in."""

    group: str
    language: str
    lines: tuple[Line, ...]


def dialogues() -> list[Dialogue]:
    """All dialogues there are, in an order that is always the same."""
    found = [*_samples(), *_own_lines()]
    if SHARED.is_dir():
        found += [*_scripts(), *_contacts(), *_chats(), *_drafts()]
    return found


def as_heard(lines: Sequence[Line], language: str, first: Role) -> list[ChannelWords]:
    """The channels of a dialogue; `first` has channel 0."""
    said: dict[Role, list[HeardWord]] = {"agent": [], "customer": []}
    now_s = 0.5
    for line in lines:
        words = line.words or _timed(line.text, now_s)
        said[line.role] += words
        now_s = max(now_s, words[-1].end_s + GAP_S)
    roles: list[Role] = [first, "customer" if first == "agent" else "agent"]
    return [_channel(number, language, said[role]) for number, role in enumerate(roles)]


def _channel(number: int, language: str, words: Sequence[HeardWord]) -> ChannelWords:
    ordered = sorted(words, key=lambda word: word.start_s)
    speech = tuple(Interval(word.start_s, word.end_s) for word in ordered)
    return ChannelWords(number, language, 1.0, tuple(ordered), speech)


def _timed(text: str, start_s: float) -> tuple[HeardWord, ...]:
    return tuple(
        HeardWord(word, start_s + n * WORD_S, start_s + (n + 0.9) * WORD_S, 0.9)
        for n, word in enumerate(text.split())
    )


def _samples() -> Iterator[Dialogue]:
    for path in sorted((SAMPLES / "truth").glob("*.json")):
        truth = json.loads(path.read_text("utf-8"))
        lines = tuple(
            Line(
                turn["speaker"],
                turn["text"],
                tuple(HeardWord(w["text"], w["start_s"], w["end_s"], 0.9) for w in turn["words"]),
            )
            for turn in truth["turns"]
        )
        yield Dialogue("sample calls", truth["language"], lines)


def _own_lines() -> Iterator[Dialogue]:
    path = REPOSITORY / "training" / "sentiment" / "own_turns.tsv"
    rows = list(csv.reader(path.read_text("utf-8").splitlines(), delimiter="\t"))
    for language in ("en", "ko"):
        chance = Random(language)
        agent = [
            text for code, _s, kind, text in rows if (code, kind) == (language, "agent_courtesy")
        ]
        customer = [
            text
            for code, _s, kind, text in rows
            if code == language and kind in ("service", "complaint", "implicit_complaint", "worry")
        ]
        chance.shuffle(agent)
        chance.shuffle(customer)
        for start in range(0, len(agent) - LINES_OF_A_CALL + 1, LINES_OF_A_CALL):
            pairs = zip(
                agent[start : start + LINES_OF_A_CALL],
                customer[start : start + LINES_OF_A_CALL],
                strict=True,
            )
            both: list[tuple[Role, Role]] = [("agent", "customer"), ("customer", "agent")]
            order = both[chance.random() < 0.5]
            lines = [Line(r, {"agent": a, "customer": c}[r]) for a, c in pairs for r in order]
            yield Dialogue("own lines", language, tuple(lines))


def _scripts() -> Iterator[Dialogue]:
    for path in sorted((SHARED / "references").glob("*.json")):
        script = json.loads(path.read_text("utf-8"))
        segments = [s for s in script.get("segments", ()) if s.get("speaker") and s["text"].strip()]
        if {s["speaker"] for s in segments} == {"agent", "customer"}:
            lines = tuple(Line(s["speaker"], s["text"]) for s in segments)
            yield Dialogue("scripts", "en", lines)


def _contacts() -> Iterator[Dialogue]:
    path = SHARED / "text" / "dialogue" / "fake_vcons.jsonl"
    for row in path.read_text("utf-8").splitlines():
        turns = json.loads(row)["turns"]
        lines = [Line("agent" if t["role"] == "agent" else "customer", t["text"]) for t in turns]
        yield Dialogue("contacts", "en", tuple(line for line in lines if line.text.strip()))


def _chats() -> Iterator[Dialogue]:
    folder = SHARED / "text" / "dialogue"
    for chat in json.loads((folder / "abcd_sample.json").read_text("utf-8")):
        yield _chat([(who, text) for who, text in chat["original"]])
    azure = json.loads((folder / "azure_customer_support.json").read_text("utf-8"))
    for talk in azure["analysisInput"]["conversations"]:
        yield _chat([(item["participantId"], item["text"]) for item in talk["conversationItems"]])
    aws = json.loads((folder / "aws_call_analytics_example.json").read_text("utf-8"))
    yield _chat([(turn["ParticipantRole"], turn["Content"]) for turn in aws["Transcript"]])


def _chat(said: Sequence[tuple[str, str]]) -> Dialogue:
    roles: dict[str, Role] = {"agent": "agent", "customer": "customer"}
    lines = [
        Line(roles[w.lower()], text) for w, text in said if w.lower() in roles and text.strip()
    ]
    return Dialogue("chats", "en", tuple(lines))


def _drafts() -> Iterator[Dialogue]:
    """What a recogniser made of the two sides of calls: with its errors and its times."""
    for name, other in (
        ("Auto_Repairs_40_UTC_agent", "caller"),
        ("speechmatics_agent", "customer"),
    ):
        sides: list[tuple[Role, str]] = [
            ("agent", name),
            ("customer", name.replace("agent", other)),
        ]
        lines = [
            (piece["start"], _draft_line(role, piece))
            for role, file in sides
            for piece in _draft(file)["segments"]
            if piece["text"].strip()
        ]
        ordered = sorted(lines, key=lambda item: item[0])
        yield Dialogue("drafts", "en", tuple(line for _start_s, line in ordered))


def _draft(name: str) -> dict[str, Any]:
    text = (SHARED / "machine_drafts" / f"{name}.json").read_text("utf-8")
    return dict(json.loads(text))


def _draft_line(role: Role, piece: dict[str, Any]) -> Line:
    return Line(role, piece["text"], _timed(piece["text"], piece["start"]))
