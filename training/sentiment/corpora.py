"""Reads the labelled corpora and brings each to negative, neutral or positive."""

import csv
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LABELS = ("negative", "neutral", "positive")
NEGATIVE, NEUTRAL, POSITIVE = range(3)

GOEMOTIONS_POSITIVE = frozenset(
    {
        "admiration",
        "amusement",
        "excitement",
        "gratitude",
        "joy",
        "love",
        "optimism",
        "pride",
        "relief",
    }
)
GOEMOTIONS_NEGATIVE = frozenset(
    {
        "anger",
        "annoyance",
        "disappointment",
        "disapproval",
        "disgust",
        "embarrassment",
        "fear",
        "grief",
        "nervousness",
        "sadness",
    }
)
GOEMOTIONS_NO_EVIDENCE = frozenset({"approval", "caring", "remorse"})
"""Dropped when alone: 'I'd like to update my address' would be positive, an agent's apology
negative."""

KOTE_POSITIVE = frozenset({1, 2, 4, 7, 8, 13, 14, 16, 28, 32, 40, 42, 43})
KOTE_NEUTRAL = frozenset({11, 15, 24, 29, 39})
"""Resolve, curiosity, none, realisation, surprise. Every other label is negative."""
KOTE_BALANCE = 1 / 3
"""A comment leans one way when (positive - negative) / all labels is beyond this."""

NSMC_NEGATIVE_UP_TO, NSMC_POSITIVE_FROM = 4, 9

_UPSET_BANKING = re.compile(
    r"stolen|lost|compromised|swallowed|not_recognised|charged_twice|not_working|wrong|declined"
    r"|failed|not_showing|not_received|fee_charged|extra_charge|_charge$|blocked|unable"
)
_COLOURED = re.compile(
    r"!|still|angry|upset|frustrat|ridiculous|unaccept|terribl|horribl|worst|bad\b|hate|annoy"
    r"|disappoint|sorry|worr|scared|confus|never|wrong|problem|issue|broke|not work|n't work"
    r"|why (?:is|was|has|did|do|does|can|am)|urgent|asap|thank|great|good|nice|awesome|perfect"
    r"|love|happy|glad|excellent|wonderful|appreciate|fine|cool|lost|stole|crash|error|unable",
    re.IGNORECASE,
)
_OTHER_INTENTS = frozenset(
    {"closinggreeting", "confirmation", "outofdomain", "rejection", "thankyou"}
    | {"reportlostcard", "reportbrokensoftware", "reportbrokenphone", "disputecharge"}
    | {"closeaccount", "cancelserviceintent"}
)
"""Intents too short or too upset to count as calm service talk."""


@dataclass(frozen=True)
class Example:
    """One labelled text; `source` names its corpus, `kind` a group inside it (may be empty)."""

    text: str
    label: int
    source: str
    language: str
    kind: str = ""


def goemotions(path: Path, names: list[str]) -> Iterator[Example]:
    """Yield Reddit comments in English; rows with both or no clear signs are left out."""
    for row in _tab_rows(path):
        label = goemotions_label({names[int(i)] for i in row[1].split(",")})
        if label is not None:
            text = row[0].replace("[NAME]", "Sam").replace("[RELIGION]", "that")
            yield Example(text, label, "goemotions", "en")


def goemotions_label(emotions: set[str]) -> int | None:
    """Return the class of a set of emotion names, None where they give no clear one."""
    positive = bool(emotions & GOEMOTIONS_POSITIVE)
    negative = bool(emotions & GOEMOTIONS_NEGATIVE)
    if (positive and negative) or emotions <= GOEMOTIONS_NO_EVIDENCE:
        return None
    return POSITIVE if positive else NEGATIVE if negative else NEUTRAL


def kote(path: Path) -> Iterator[Example]:
    """Yield Korean web comments."""
    for row in _tab_rows(path):
        label = kote_label({int(i) for i in row[2].split(",")})
        yield Example(row[1].strip('"').replace('""', '"'), label, "kote", "ko")


def kote_label(emotions: set[int]) -> int:
    """Return the class of a set of KOTE label numbers by the balance of their signs."""
    positive = len(emotions & KOTE_POSITIVE)
    negative = len(emotions - KOTE_POSITIVE - KOTE_NEUTRAL)
    balance = (positive - negative) / len(emotions)
    if abs(balance) <= KOTE_BALANCE:
        return NEUTRAL
    return POSITIVE if balance > 0 else NEGATIVE


def nsmc(path: Path) -> Iterator[Example]:
    """Yield Korean film reviews with a clear rating; the band between is left out."""
    for row in list(_tab_rows(path))[1:]:
        rating = int(row[2])
        if rating <= NSMC_NEGATIVE_UP_TO or rating >= NSMC_POSITIVE_FROM:
            label = POSITIVE if rating >= NSMC_POSITIVE_FROM else NEGATIVE
            yield Example(row[1], label, "nsmc", "ko")


def banking77(path: Path) -> Iterator[Example]:
    """Yield calm bank queries as neutral; upset ones carry no label and are left out."""
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            calm = not _UPSET_BANKING.search(row["category"]) and not _COLOURED.search(row["text"])
            if calm:
                yield Example(row["text"].strip(), NEUTRAL, "banking77", "en")


def multidogo(path: Path) -> Iterator[Example]:
    """Yield calm customer turns as neutral and plain thanks as positive."""
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            text, intent = (row["utterance"] or "").strip(), row["intent"]
            if intent == "thankyou" and "thank" in text.lower():
                yield Example(text, POSITIVE, "multidogo", "en")
            elif intent not in _OTHER_INTENTS and len(text) >= 8 and not _COLOURED.search(text):
                yield Example(text, NEUTRAL, "multidogo", "en")


def own_turns(path: Path, source: str = "own") -> Iterator[Example]:
    """Yield the contact-centre turns written for this project (language, label, kind, text)."""
    for language, label, kind, text in _tab_rows(path):
        yield Example(text, LABELS.index(label), source, language, kind)


def pattern_turns(path: Path, most: int = 40) -> Iterator[Example]:
    """Yield at most so many turns of each pattern, in which one of [a|b|c] is said at a time."""
    chance = random.Random(len("patterns"))
    for language, label, kind, pattern in _tab_rows(path):
        parts = [part.split("|") for part in re.split(r"[\[\]]", pattern)]
        turns = {"".join(chance.choice(part) for part in parts).strip() for _ in range(most * 3)}
        for text in (
            sorted(turns)[:most] if len(turns) <= most else chance.sample(sorted(turns), most)
        ):
            yield Example(text, LABELS.index(label), "patterns", language, kind)


def vocabulary_texts(folder: Path) -> Iterator[str]:
    """Yield texts that choose the vocabulary: everyday Korean, service talk, all reviews."""
    yield from everyday_texts(folder)
    for row in _comma_rows(folder / "dialogue" / "banking77_test.csv"):
        yield row[0]


def everyday_texts(folder: Path) -> Iterator[str]:
    """Yield texts without labels that no figure of ours is measured on."""
    for row in _comma_rows(folder / "sentiment" / "songys_chatbot.csv"):
        yield from row[:2]
    for row in _tab_rows(folder / "sentiment" / "nsmc_ratings_sample.tsv"):
        yield row[1]
    for line in (folder / "dialogue" / "fake_vcons.jsonl").read_text(encoding="utf-8").splitlines():
        yield from (turn["text"] for turn in json.loads(line)["turns"])


def _comma_rows(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.reader(stream)


def _tab_rows(path: Path) -> Iterator[list[str]]:
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            yield line.rstrip("\r").split("\t")
