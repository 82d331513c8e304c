"""Calls whose contact reasons are known: the customer's side, and what is found in it."""

from callreview.analysis.statements import statements_of
from callreview.analysis.topics.call_topics import find_topics
from callreview.analysis.topics.shipped import shipped_topics
from callreview.domain.transcript import Role
from tests.unit.dialogues import labelled, turns_of

Lines = list[tuple[Role, str]]


def call_reasons() -> dict[str, list[tuple[set[str], Lines]]]:
    """By the name of the set: of each call the reasons that are right, "none" among them, and lines.

    `reasons.*` (call, reasons, what the sentence is about, sentence) were written for this;
    `dialogues` are those of findings, whose reasons were told later.
    """
    sets = {f"reasons.{language}": _written(language) for language in ("en", "ko")}
    told = {(row[0], row[1]): set(row[2].split("|")) for row in labelled("dialogue_reasons")}
    for language in ("en", "ko"):
        calls: dict[str, Lines] = {}
        for call, role, text, *_labels in labelled(f"dialogues.{language}"):
            calls.setdefault(call, []).append(("agent" if role == "agent" else "customer", text))
        sets[f"dialogues.{language}"] = [(told[language, c], lines) for c, lines in calls.items()]
    return sets


def contact_reason(lines: Lines) -> str:
    """The contact reason that is found; empty where none is."""
    found = find_topics(statements_of(turns_of(lines)), shipped_topics().topics)
    return next((one.label for one in found if one.kind == "contact_reason"), "")


def _written(language: str) -> list[tuple[set[str], Lines]]:
    calls: dict[str, tuple[set[str], Lines]] = {}
    for call, reasons, _about, text in labelled(f"reasons.{language}"):
        _reasons, lines = calls.setdefault(call, (set(reasons.split("|")), []))
        lines.append(("customer", text))
    return list(calls.values())
