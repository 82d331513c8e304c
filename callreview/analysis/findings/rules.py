"""Finding things by patterns that stand in data files: resources/findings/*.toml.

A file has `parts` (fragments by name, used as {name}) and `rules`. A rule says something of a
sentence when one of its patterns `say` is in it, none of `unless` is, and, with `when`, the
sentence also has the part `when`. Patterns are read over the words alone: small letters, single
spaces, no punctuation, contractions written out.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from callreview.analysis.statements import Statement
from callreview.config.paths import resources_dir
from callreview.config.shipped import read_toml
from callreview.domain.finding import Finding, FindingKind
from callreview.domain.plain_data import Fields
from callreview.domain.transcript import join_words

LANGUAGES = ("en", "ko")
SHORT_SENTENCE = 20
"""A sentence of so many words is shown as a whole."""

UNKNOWN_ROLE = 0.8
"""A rule about a role counts so much when nobody knows who speaks."""

_PART = re.compile(r"(?<!\{)\{([a-z]+)\}(?!\})")


@dataclass(frozen=True)
class Pattern:
    """A regular expression that is compiled when it is first needed: many never are in a call."""

    text: str

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The expression, ready to search with."""
        return re.compile(self.text)

    def search(self, text: str) -> re.Match[str] | None:
        """Where it is found first."""
        return self.compiled.search(text)


@dataclass(frozen=True)
class Rule:
    """One rule: what it says (`label`), of whom, how sure, and its patterns."""

    label: str
    roles: tuple[str, ...]
    confidence: float
    say: Pattern
    unless: Pattern | None
    times: Pattern | None
    needs_time: bool
    hangul: bool


@dataclass(frozen=True)
class Match:
    """Where a rule holds: the words of the statement from `first` to `last` (inclusive).

    `what` are these words as they are read, `when` the words that name a time ("" without).
    """

    rule: Rule
    said: Statement
    first: int
    last: int
    what: str
    when: str

    @property
    def confidence(self) -> float:
        """How sure it is: the rule's own, less where the role of the speaker is not known."""
        return self.rule.confidence * (UNKNOWN_ROLE if self.said.role == "unknown" else 1.0)

    def finding(self, kind: FindingKind, label: str, details: dict[str, str]) -> Finding:
        """The finding that this match shows."""
        return self.said.finding(
            kind, label, self.confidence, details, first=self.first, last=self.last
        )


@cache
def load_rules(kind: str) -> tuple[Rule, ...]:
    """The rules of all languages about a kind of finding; UserError names what is wrong in one."""
    return tuple(rule for language in LANGUAGES for rule in _rules_of(kind, language))


def _rules_of(kind: str, language: str) -> Iterable[Rule]:
    fields = Fields(read_toml(resources_dir() / "findings" / f"{kind}.{language}.toml"))
    parts = {name: str(text) for name, text in fields.table("parts").data.items()}
    times = _pattern([parts["when"]], parts) if "when" in parts else None
    for table in fields.tables("rules"):
        unless = table.texts("unless", ())
        yield Rule(
            label=table.text("label"),
            roles=table.texts("roles"),
            confidence=table.share("confidence"),
            say=_pattern(table.texts("say"), parts),
            unless=_pattern(unless, parts) if unless else None,
            times=times,
            needs_time=table.flag("when", False),
            hangul=language == "ko",
        )


def _pattern(texts: Sequence[str], parts: dict[str, str]) -> Pattern:
    whole = "|".join(f"(?:{text})" for text in texts)
    while _PART.search(whole):
        whole = _PART.sub(lambda part: parts[part[1]], whole)
    return Pattern(whole.replace("{{", "{").replace("}}", "}"))


def time_said(rules: Sequence[Rule], said: Statement) -> str:
    """The words of the statement that name a time, as the rules know them; "" without."""
    for rule in rules:
        found = rule.times.search(said.spelled.text) if rule.times else None
        if found is not None and found.group().strip():
            return _text(said, *said.spelled.words(found))
    return ""


def ruled_out(rules: Sequence[Rule], said: Statement) -> bool:
    """Whether words of the statement keep these rules from holding, such as "he said"."""
    text = said.spelled.text
    return any(
        rule.unless is not None and rule.unless.search(text) is not None
        for rule in rules
        if said.role in (*rule.roles, "unknown")
    )


def finding_of(
    kind: FindingKind, label: str, said: Statement, sure: float, details: dict[str, str]
) -> Finding:
    """The finding that a whole statement shows; less sure where nobody knows who speaks."""
    share = UNKNOWN_ROLE if said.role == "unknown" else 1.0
    return said.finding(kind, label, round(sure * share, 3), details)


def find_matches(
    rules: Sequence[Rule], statements: Sequence[Statement], *, questions: bool = False
) -> list[Match]:
    """The surest match of each statement in their order; `questions` says that those count too."""
    found = []
    for said in statements:
        plain = said.text.isascii()
        fitting = [
            rule
            for rule in rules
            if said.role in (*rule.roles, "unknown") and not (rule.hangul and plain)
        ]
        if not fitting or (said.asks and not questions):
            continue
        best = max(
            (match for rule in fitting if (match := _match(rule, said))),
            key=lambda match: match.confidence,
            default=None,
        )
        if best is not None:
            found.append(best)
    return found


def _match(rule: Rule, said: Statement) -> Match | None:
    text = said.spelled.text
    found = rule.say.search(text)
    if found is None or not found.group().strip():
        return None
    if rule.unless is not None and rule.unless.search(text):
        return None
    time = rule.times.search(text) if rule.times else None
    if rule.needs_time and time is None:
        return None
    spans = [said.spelled.words(found), *([said.spelled.words(time)] if time else [])]
    first, last = min(s[0] for s in spans), max(s[1] for s in spans)
    when = _text(said, *spans[1]) if time else ""
    if len(said.words) <= SHORT_SENTENCE:
        first, last = 0, len(said.words) - 1
    return Match(rule, said, first, last, _text(said, first, last), when)


def _text(said: Statement, first: int, last: int) -> str:
    return join_words(said.words[first : last + 1]).strip(" ,.;:!。、")
