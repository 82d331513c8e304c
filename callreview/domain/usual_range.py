"""What is usual for a figure among the calls of a workspace."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from callreview.domain.talk_metrics import TalkMetrics
from callreview.domain.transcript import Role

FEWEST_CALLS = 10
"""With fewer calls nothing is called usual (docs/definitions.md, "Sampling")."""

_ROLES: tuple[Role, ...] = ("agent", "customer")


@dataclass(frozen=True)
class UsualRange:
    """The 10th percentile, the median and the 90th percentile of a figure over `calls` calls."""

    low: float
    median: float
    high: float
    calls: int

    def place(self, value: float) -> int:
        """-1 when the value is below the range, 1 when it is above, 0 when it is usual."""
        return (value > self.high) - (value < self.low)


def usual_range(values: Sequence[float]) -> UsualRange | None:
    """The usual range of the values of at least ten calls; None when there are not enough."""
    if len(values) < FEWEST_CALLS:
        return None
    ordered = sorted(values)
    low, median, high = (_percentile(ordered, share) for share in (0.1, 0.5, 0.9))
    return UsualRange(low, median, high, len(values))


def _percentile(ordered: Sequence[float], share: float) -> float:
    """The value below which this share lies, between two values as far as it is from both."""
    whole, part = divmod(share * (len(ordered) - 1), 1)
    below, above = ordered[int(whole)], ordered[min(int(whole) + 1, len(ordered) - 1)]
    # Written so that it is exact where both are equal: all calls alike, none is unusual.
    return min(below + (above - below) * part, above)


def talk_figures(metrics: TalkMetrics) -> dict[str, float]:
    """The talk metrics of a call as single figures by name, such as "talk_share.agent".

    Seconds, shares 0..1, counts, words or turns per minute, as in TalkMetrics; of the roles only
    agent and customer. What a call does not have (no answer, no customer) is left out.
    """
    figures: dict[str, float] = {
        "dead_air.count": metrics.dead_air.count,
        "dead_air.total_s": metrics.dead_air.total_s,
        "dead_air.longest_s": metrics.dead_air.longest_s,
        "overtalk.count": metrics.overtalk.count,
        "overtalk.total_s": metrics.overtalk.total_s,
        "turns_per_minute": metrics.turns_per_minute,
    }
    if metrics.response_time_s is not None:
        figures["response_time_s"] = metrics.response_time_s
    for name, by_role in _by_role(metrics).items():
        for role in _ROLES:
            if role in by_role:
                figures[f"{name}.{role}"] = by_role[role]
    return figures


def _by_role(metrics: TalkMetrics) -> dict[str, Mapping[Role, float]]:
    return {
        "talk_share": metrics.talk_share,
        "talk_share_of_call": metrics.talk_share_of_call,
        "interruptions": {role: len(each) for role, each in metrics.interruptions.items()},
        "words_per_minute": metrics.words_per_minute,
        "longest_monologue_s": metrics.longest_monologue_s,
        "questions": metrics.questions,
    }
