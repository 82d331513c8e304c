"""The smoothed course of a speaker's sentiment over a call, for the ribbon.

Rules: docs/definitions.md, "Sentiment".
"""

from collections.abc import Sequence
from math import erf, sqrt

from callreview.domain.sentiment import ScoredTurn

SHARE_OF_CALL = 1 / 24
NARROWEST_S, WIDEST_S = 4.0, 45.0
"""The kernel's standard deviation is this share of the call, within these bounds."""
REACH = 4.0
"""Turns so many widths away weigh less than 1e-7 and are left out: an hour takes a quarter of the time."""
SILENCE_WEIGHT = 0.1
"""Weight of "nothing said": the curve returns to 0 where the speaker is silent for long."""


def sentiment_curve(
    turns: Sequence[ScoredTurn], duration_s: float, points: int = 200
) -> tuple[float, ...]:
    """The curve at the middles of `points` equal parts of a call of `duration_s` seconds, -5..+5.

    Each turn weighs as much as of a Gaussian around the point lies within it, so long turns count
    more than short ones and near ones more than far ones; neutral turns pull towards 0.
    """
    width_s = min(max(duration_s * SHARE_OF_CALL, NARROWEST_S), WIDEST_S) * sqrt(2)
    part_s = duration_s / points if points else 0.0
    return tuple(_value(turns, (i + 0.5) * part_s, width_s) for i in range(points))


def _value(turns: Sequence[ScoredTurn], at_s: float, width_s: float) -> float:
    total, weight = 0.0, SILENCE_WEIGHT
    first_s, last_s = at_s - REACH * width_s, at_s + REACH * width_s
    for turn in turns:
        if turn.end_s < first_s or turn.start_s > last_s:
            continue
        share = erf((turn.end_s - at_s) / width_s) - erf((turn.start_s - at_s) / width_s)
        total += share / 2 * turn.sentiment.signed
        weight += share / 2
    return total / weight
