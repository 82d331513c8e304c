"""Purchases given up: an offer that the customer declines and does not take later, and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from callreview.analysis.findings.rules import Match, Rule, find_matches, finding_of, load_rules
from callreview.analysis.findings.signs import SURE, Signs, reason_to_decline
from callreview.analysis.statements import Statement
from callreview.domain.finding import Finding

OFFER_TURNS = 4
"""An answer belongs to an offer that was made so many turns before at most."""

REASON_TURNS = 3
"""Where the turn that declines has no reason, it is looked for in so many turns from there."""

PLAINLY = 0.85
"""So sure the classifiers have to be that something is declined of which no offer was heard."""

UNCLEAR = "unclear"

_NO_REASON = ("offer", "settled", "decline", "decline_offer", "accept")


@dataclass(frozen=True)
class _Declined:
    """Where the customer declines, and how sure that is."""

    said: Statement
    confidence: float


def find_purchases_given_up(statements: Sequence[Statement], signs: Signs) -> list[Finding]:
    """The last time the customer declines to buy, unless it was taken after all.

    `label` is the reason; `details`: "what" (the words that decline), "why" (the words with the
    reason, where one was said). One call gives up at most one purchase.
    """
    offers = sorted(_turns(_shown(statements, signs, "offer", questions=True)))
    accepted = _turns(_shown(statements, signs, "accept"))
    declined = _declined(statements, signs, offers, accepted)
    if not declined:
        return []
    last = declined[-1]
    if any(last.said.turn < turn for turn in accepted if _answers(turn, offers)):
        return []
    label, why = _reason(declined, statements)
    details = {"what": last.said.text} | ({"why": why} if why else {})
    return [finding_of("purchase_given_up", label, last.said, last.confidence, details)]


def _shown(
    statements: Sequence[Statement], signs: Signs, sign: str, *, questions: bool = False
) -> list[Statement]:
    """The statements in which rules or the classifiers see a sign."""
    matched = {
        one.said.place for one in find_matches(_rules(sign), statements, questions=questions)
    }
    return [said for said in statements if said.place in matched or signs.shows(said, sign)]


def _turns(statements: Iterable[Statement]) -> set[int]:
    return {said.turn for said in statements}


def _declined(
    statements: Sequence[Statement], signs: Signs, offers: Sequence[int], accepted: set[int]
) -> list[_Declined]:
    """Where the customer declines: plainly, or what was offered just before ("No, thank you")."""
    plain = {one.said.place: one.confidence for one in find_matches(_rules("decline"), statements)}
    matches = find_matches(_rules("decline_offer"), statements)
    answers = {one.said.place: one.confidence for one in matches}
    settled = accepted | _turns(one.said for one in _settled(statements))
    found = []
    for said in statements:
        likely = signs.likely(said, "decline")
        sure = max(plain.get(said.place, 0.0), likely if likely >= PLAINLY else 0.0)
        if any(_is_open(offer, said.turn, settled) for offer in offers):
            sure = max(sure, answers.get(said.place, 0.0), likely)
        if sure >= SURE:
            found.append(_Declined(said, sure))
    return found


def _settled(statements: Sequence[Statement]) -> list[Match]:
    """Where the agent goes on to what else there is."""
    return find_matches(_rules("settled"), statements, questions=True)


def _is_open(offer: int, turn: int, settled: set[int]) -> bool:
    """Whether an offer of one turn still waits for an answer in another."""
    return 0 < turn - offer <= OFFER_TURNS and not any(offer < one < turn for one in settled)


def _answers(turn: int, offers: Sequence[int]) -> bool:
    """Whether somebody accepts an offer (they are told by their turns), not just anything."""
    return any(0 < turn - offer <= OFFER_TURNS for offer in offers)


def _reason(declined: Sequence[_Declined], statements: Sequence[Statement]) -> tuple[str, str]:
    """The reason, by what the customer says in the turn that declines, and the words that say it.

    Where the classifiers do not know it, the surest rule near where the customer declines may.
    """
    last = declined[-1].said
    text = " ".join(said.text for said in statements if said.turn == last.turn)
    reason = reason_to_decline(text)
    if reason:
        return reason, text
    matches = find_matches(_reasons(), statements)
    near = [m for m in matches if last.turn <= m.said.turn < last.turn + REASON_TURNS]
    if not near:
        return UNCLEAR, ""
    best = max(near, key=lambda match: match.confidence)
    return best.rule.label, best.said.text


@cache
def _rules(label: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in load_rules("purchase") if rule.label == label)


@cache
def _reasons() -> tuple[Rule, ...]:
    return tuple(rule for rule in load_rules("purchase") if rule.label not in _NO_REASON)
