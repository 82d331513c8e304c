"""Purchases given up: an offer that the customer declines and does not take later, and why."""

from collections.abc import Sequence
from functools import cache

from callreview.analysis.findings.rules import Match, Rule, find_matches, load_rules
from callreview.analysis.statements import Statement
from callreview.domain.finding import Finding

OFFER_TURNS = 4
"""An answer belongs to an offer that was made so many turns before at most."""

REASON_TURNS = 3
"""The reason is said in the sentence that declines, or in so many turns from there."""

UNCLEAR = "unclear"

_NO_REASON = ("offer", "settled", "decline", "decline_offer", "accept")


def find_purchases_given_up(statements: Sequence[Statement]) -> list[Finding]:
    """The last time the customer declines to buy, unless it was taken after all.

    `label` is the reason; `details`: "what" (the words that decline), "why" (the words with the
    reason, where one was said). One call gives up at most one purchase.
    """
    offers = [one.said.turn for one in find_matches(_rules("offer"), statements, questions=True)]
    declined = _declined(statements, offers)
    if not declined:
        return []
    last = declined[-1]
    accepted = find_matches(_rules("accept"), statements)
    if any(last.said.turn < one.said.turn for one in accepted if _answers(one, offers)):
        return []
    reason = _reason(declined, statements)
    label = reason.rule.label if reason else UNCLEAR
    details = {"what": last.said.text, **({"why": reason.said.text} if reason else {})}
    return [last.finding("purchase_given_up", label, details)]


def _declined(statements: Sequence[Statement], offers: Sequence[int]) -> list[Match]:
    settled = [match.said.turn for match in _settled(statements)]
    plain = find_matches(_rules("decline"), statements)
    # "No, thank you" declines only what was offered just before.
    answers = [
        match
        for match in find_matches(_rules("decline_offer"), statements)
        if any(_is_open(offer, match.said.turn, settled) for offer in offers)
    ]
    by_place = {(m.said.turn, m.said.first_word): m for m in (*answers, *plain)}
    return [by_place[place] for place in sorted(by_place)]


def _is_open(offer: int, turn: int, settled: Sequence[int]) -> bool:
    """Whether an offer of one turn still waits for an answer in another."""
    return 0 < turn - offer <= OFFER_TURNS and not any(offer < one < turn for one in settled)


def _settled(statements: Sequence[Statement]) -> list[Match]:
    """Where an offer is taken, or the agent goes on to what else there is."""
    accepted = find_matches(_rules("accept"), statements)
    return [*accepted, *find_matches(_rules("settled"), statements, questions=True)]


def _answers(accepted: Match, offers: Sequence[int]) -> bool:
    """Whether somebody accepts an offer (they are told by their turns), not just anything."""
    return any(0 < accepted.said.turn - offer <= OFFER_TURNS for offer in offers)


def _reason(declined: Sequence[Match], statements: Sequence[Statement]) -> Match | None:
    """The surest reason near where the customer declines; what was said last goes before."""
    reasons = find_matches(_reasons(), statements)
    for match in reversed(declined):
        turn = match.said.turn
        near = [one for one in reasons if turn <= one.said.turn < turn + REASON_TURNS]
        here = [one for one in near if one.said == match.said] or near
        if here:
            return max(here, key=lambda one: one.confidence)
    return None


@cache
def _rules(label: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in load_rules("purchase") if rule.label == label)


@cache
def _reasons() -> tuple[Rule, ...]:
    return tuple(rule for rule in load_rules("purchase") if rule.label not in _NO_REASON)
