"""Moments worth hearing: where the customer's mood falls, recovers, is worst, and the answer that helped.

A mood is the mean of the signed sentiment (-5..+5) of the customer's nearest turns with something in
them, long turns counting more. Nothing is found in a call in which nobody is unhappy. Rules and
figures: docs/definitions.md, "Moments".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from callreview.domain.finding import Finding
from callreview.domain.sentiment import TurnSentiment, columns
from callreview.domain.transcript import Turn

NEAREST = 3
"""So many turns make the mood before a moment, and as many the mood from it on."""
LEAST_CHANGE = 2.0
UNHAPPY = -1.0
"""A fall ends, a recovery and an answer that helped begin, where the mood is no better than this."""
GLAD = 0.5
WORST = -2.5
FULL_WEIGHT_COLUMNS = 40
"""A turn of this width or more has full weight; "okay" has a tenth of it."""
SHORTEST_ANSWER = 20
"""Columns of an agent's turn that can be called an answer."""
LEAST_CONFIDENCE = 0.5


@dataclass(frozen=True)
class _Said:
    """A turn, its place in the transcript, its sentiment and its width in columns."""

    place: int
    turn: Turn
    sentiment: TurnSentiment
    width: int

    @property
    def signed(self) -> float:
        return self.sentiment.signed

    @property
    def negative(self) -> float:
        return self.sentiment.negative

    @property
    def positive(self) -> float:
        return self.sentiment.positive

    @property
    def weight(self) -> float:
        return min(self.width / FULL_WEIGHT_COLUMNS, 1.0)


@dataclass(frozen=True)
class _Change:
    """The mood before and from a customer's turn on; `lasting` is that of the whole rest.

    `unhappy` says that the customer was negative at least twice, and not glad just before.
    """

    said: _Said
    before: float
    after: float
    lasting: float
    unhappy: bool

    @property
    def rise(self) -> float:
        return self.after - self.before


def find_moments(turns: Sequence[Turn], duration_s: float) -> tuple[Finding, ...]:
    """The moments of a call of `duration_s` seconds, at most one of each label, in order of time.

    Labels: "fall", "recovery", "worst_customer_turn", "best_agent_answer". Details: "from" and "to"
    are moods, "score" is a turn's signed sentiment, "share" the place in the call (0..1).
    """
    said = [
        _Said(i, turn, turn.sentiment, columns(turn.text))
        for i, turn in enumerate(turns)
        if turn.sentiment is not None
    ]
    customer = [one for one in said if one.turn.role == "customer"]
    changes = list(_changes(customer))
    found = (
        *_fall(changes, duration_s),
        *_recovery(changes, duration_s),
        *_worst(customer, duration_s),
        *_best_answer(said, changes, duration_s),
    )
    sure = (one for one in found if one.confidence >= LEAST_CONFIDENCE)
    return tuple(sorted(sure, key=lambda one: (one.start_s, one.end_s)))


def _changes(customer: Sequence[_Said]) -> Iterator[_Change]:
    for i in range(1, len(customer)):
        near = customer[max(i - NEAREST, 0) : i]
        before = mood(near)
        negative = sum(one.signed < 0 for one in customer[:i])
        unhappy = before <= UNHAPPY and negative > 1 and all(one.signed <= 0 for one in near)
        after = mood(customer[i : i + NEAREST])
        yield _Change(customer[i], before, after, mood(customer[i:]), unhappy)


def mood(turns: Sequence[_Said]) -> float:
    """Mean of the turns' signed sentiment by weight, -5..+5; 0 of none."""
    total = sum(one.weight for one in turns)
    return sum(one.signed * one.weight for one in turns) / total if total else 0.0


def _fall(changes: Sequence[_Change], duration_s: float) -> Iterator[Finding]:
    falls = [
        one
        for one in changes
        if one.rise <= -LEAST_CHANGE and one.after <= UNHAPPY and one.said.signed < 0
    ]
    if falls:
        chosen = min(falls, key=lambda one: one.rise)
        yield _moment("fall", chosen.said, duration_s, _moods(chosen), chosen.said.negative)


def _recovery(changes: Sequence[_Change], duration_s: float) -> Iterator[Finding]:
    rises = [one for one in changes if _recovers(one)]
    if rises:
        chosen = max(rises, key=lambda one: one.rise)
        sure = chosen.said.positive
        yield _moment("recovery", chosen.said, duration_s, _moods(chosen), sure)


def _recovers(change: _Change) -> bool:
    return (
        change.rise >= LEAST_CHANGE
        and change.unhappy
        and change.after >= GLAD
        and change.said.signed > 0
    )


def _worst(customer: Sequence[_Said], duration_s: float) -> Iterator[Finding]:
    bad = [one for one in customer if one.signed <= WORST]
    if bad:
        chosen = min(bad, key=lambda one: one.signed * one.weight)
        details = {"score": _figure(chosen.signed)}
        yield _moment("worst_customer_turn", chosen, duration_s, details, chosen.negative)


def _best_answer(
    said: Sequence[_Said], changes: Sequence[_Change], duration_s: float
) -> Iterator[Finding]:
    """The agent's longest turn right before the customer's mood got better the most, for good.

    Up to `GLAD` only: a warm goodbye is no better proof of a good answer than a quiet "fine".
    """
    helped = [one for one in changes if one.unhappy and _not_negative(one.said)]
    helped.sort(key=_comfort, reverse=True)
    for change in helped:
        if _comfort(change) < LEAST_CHANGE:
            return
        answer = _answer_before(said, change.said)
        if answer is not None:
            sure = 1 - change.said.negative
            moods = {"from": _figure(change.before), "to": _figure(change.lasting)}
            yield _moment("best_agent_answer", answer, duration_s, moods, sure)
            return


def _not_negative(said: _Said) -> bool:
    return said.signed >= 0 and 1 - said.negative >= LEAST_CONFIDENCE


def _comfort(change: _Change) -> float:
    return min(change.lasting, GLAD) - change.before


def _answer_before(said: Sequence[_Said], reaction: _Said) -> _Said | None:
    """The agent's longest turn between the customer's last turn of weight and this one."""
    answers: list[_Said] = []
    for one in reversed([one for one in said if one.place < reaction.place]):
        if one.turn.role == "agent":
            answers.append(one)
        elif one.turn.role == "customer" and one.weight > 1 / 2 and answers:
            break
    longest = max(answers, key=lambda one: one.width, default=None)
    if longest is None or longest.width < SHORTEST_ANSWER:
        return None
    return longest


def _figure(value: float) -> str:
    """One decimal; never "-0.0"."""
    return f"{round(value, 1) + 0.0:.1f}"


def _moods(change: _Change) -> dict[str, str]:
    return {"from": _figure(change.before), "to": _figure(change.after)}


def _moment(
    label: str, said: _Said, duration_s: float, details: dict[str, str], confidence: float
) -> Finding:
    turn = said.turn
    share = min(turn.start_s / duration_s, 1.0) if duration_s > 0 else 0.0
    return Finding(
        kind="moment",
        label=label,
        start_s=turn.start_s,
        end_s=turn.end_s,
        role=turn.role,
        confidence=confidence,
        turn=said.place,
        details={**details, "share": f"{share:.2f}"},
    )
