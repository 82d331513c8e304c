"""The talk metrics of a call against the workspace's usual range, each with its moment."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from callreview.config.language import N_, _
from callreview.domain.talk_metrics import Interval, TalkMetrics
from callreview.domain.transcript import Role, Turn
from callreview.domain.usual_range import UsualRange, talk_figures
from callreview.ui.review.wording import precise

FEWEST_WORDS = 8
"""Turns of fewer words say nothing about how fast somebody speaks."""

Moment = Callable[[TalkMetrics, Sequence[Turn]], Interval | None]


@dataclass(frozen=True)
class MetricLine:
    """A figure in words, how it compares in `note`, and the moment that shows it."""

    text: str
    note: str
    moment: Interval | None


@dataclass(frozen=True)
class _Figure:
    """A figure of `talk_figures`: its words, how its value is read, and where it can be heard."""

    name: str
    text: str
    value: Callable[[float], str]
    moment: Moment


def metric_lines(
    metrics: TalkMetrics, turns: Sequence[Turn], usual: Mapping[str, UsualRange] | None
) -> list[MetricLine]:
    """The figures that a call has, the unusual ones first; `usual` is None until it was read."""
    values = talk_figures(metrics)
    known = [figure for figure in _FIGURES if figure.name in values]
    known.sort(key=lambda figure: not _place(figure, values[figure.name], usual))
    return [
        MetricLine(
            _(figure.text).format(value=figure.value(values[figure.name])),
            _note(figure, values[figure.name], usual),
            figure.moment(metrics, turns),
        )
        for figure in known
    ]


def _place(figure: _Figure, value: float, usual: Mapping[str, UsualRange] | None) -> int:
    known = (usual or {}).get(figure.name)
    return known.place(value) if known else 0


def _note(figure: _Figure, value: float, usual: Mapping[str, UsualRange] | None) -> str:
    known = (usual or {}).get(figure.name)
    if known is None:
        return ""
    texts = {
        -1: _("▼ less than usual ({low} to {high})"),
        0: _("usual ({low} to {high})"),
        1: _("▲ more than usual ({low} to {high})"),
    }
    return texts[known.place(value)].format(
        low=figure.value(known.low), high=figure.value(known.high)
    )


def _share(value: float) -> str:
    return f"{value:.0%}"


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _whole(value: float) -> str:
    return f"{value:.0f}"


def _longest(stretches: Iterable[Interval]) -> Interval | None:
    return max(stretches, key=lambda one: one.length_s, default=None)


def _dead_air(metrics: TalkMetrics, _turns: Sequence[Turn]) -> Interval | None:
    return _longest(metrics.dead_air.instances)


def _overtalk(metrics: TalkMetrics, _turns: Sequence[Turn]) -> Interval | None:
    return _longest(metrics.overtalk.instances)


def _interruption(role: Role) -> Moment:
    return lambda metrics, _turns: next(iter(metrics.interruptions.get(role, ())), None)


def _monologue(role: Role) -> Moment:
    def find(metrics: TalkMetrics, turns: Sequence[Turn]) -> Interval | None:
        said = metrics.speech.get(role) or [_stretch(turn) for turn in turns if turn.role == role]
        return _longest(said)

    return find


def _fastest(role: Role) -> Moment:
    def find(_metrics: TalkMetrics, turns: Sequence[Turn]) -> Interval | None:
        own = [t for t in turns if t.role == role and len(t.words) >= FEWEST_WORDS]
        turn = max(own, key=lambda t: len(t.words) / max(t.end_s - t.start_s, 0.1), default=None)
        return _stretch(turn) if turn else None

    return find


def _question(role: Role) -> Moment:
    def find(_metrics: TalkMetrics, turns: Sequence[Turn]) -> Interval | None:
        asked = (_stretch(t) for t in turns if t.role == role and "?" in t.text)
        return next(asked, None)

    return find


def _slowest_answer(_metrics: TalkMetrics, turns: Sequence[Turn]) -> Interval | None:
    gaps = (
        Interval(asked.end_s, answer.start_s)
        for asked, answer in pairwise(turns)
        if (asked.role, answer.role) == ("customer", "agent") and answer.start_s >= asked.end_s
    )
    return _longest(gaps)


def _stretch(turn: Turn) -> Interval:
    return Interval(turn.start_s, turn.end_s)


_FIGURES = (
    _Figure("talk_share.agent", N_("Agent's talk share {value}"), _share, _monologue("agent")),
    _Figure("dead_air.total_s", N_("Dead air {value}"), precise, _dead_air),
    _Figure("dead_air.longest_s", N_("Longest dead air {value}"), precise, _dead_air),
    _Figure("overtalk.count", N_("Overtalk: {value}"), _number, _overtalk),
    _Figure(
        "interruptions.agent",
        N_("Interruptions by the agent: {value}"),
        _number,
        _interruption("agent"),
    ),
    _Figure(
        "interruptions.customer",
        N_("Interruptions by the customer: {value}"),
        _number,
        _interruption("customer"),
    ),
    _Figure("response_time_s", N_("The agent answers after {value}"), precise, _slowest_answer),
    _Figure(
        "longest_monologue_s.agent",
        N_("Agent's longest monologue {value}"),
        precise,
        _monologue("agent"),
    ),
    _Figure(
        "words_per_minute.agent", N_("Agent: {value} words per minute"), _whole, _fastest("agent")
    ),
    _Figure(
        "words_per_minute.customer",
        N_("Customer: {value} words per minute"),
        _whole,
        _fastest("customer"),
    ),
    _Figure("questions.agent", N_("Questions by the agent: {value}"), _number, _question("agent")),
)
