"""Figures of scores, each drawn inside `figure_style`; scores are percent, sizes inches."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from callreview.config.language import _, ngettext
from callreview.reports import figure_style as style
from callreview.reports.figure_labels import label_rows, shortened
from callreview.reports.findings import STRONG_PERCENT, WEAK_PERCENT, Verdict
from callreview.reports.wording import strong, verdict_name, weak

MOST_LABELS = 20
_RIGHT = 145.0
_COLOURS = {"strength": style.GOOD, "between": style.MIDDLE, "work": style.BAD, "failed": style.BAD}
_WHITE = {"boxstyle": "round,pad=0.1", "color": "white"}
_BOLD: dict[str, Any] = {"va": "center", "fontweight": "bold"}


@dataclass(frozen=True)
class SectionBar:
    """A section's mean score (percent) over `calls` calls."""

    label: str
    percent: float
    calls: int
    verdict: Verdict


@dataclass(frozen=True)
class ScorePoint:
    """A call's final score (percent) and whether it was failed."""

    label: str
    percent: float
    failed: bool


def draw_sections(bars: Sequence[SectionBar]) -> Figure:
    """Draw the score by section: bars with the value, what it means, and how many calls."""
    figure, axes = style.new_figure(style.FULL_WIDTH, style.FRAME_IN + 0.34 * len(bars))
    for limit in (WEAK_PERCENT, STRONG_PERCENT):
        axes.axvline(limit, color=style.MUTED, linewidth=0.7, linestyle=(0, (2, 2)), zorder=0)
    for row, bar in enumerate(bars):
        axes.barh(row, bar.percent, height=0.56, color=_COLOURS[bar.verdict])
        axes.text(bar.percent + 1, row, f"{bar.percent:.1f}%", bbox=_WHITE, **_BOLD)
        calls = ngettext("{count} call", "{count} calls", bar.calls).format(count=bar.calls)
        text = f"{verdict_name(bar.verdict)} · {calls}"
        axes.text(_RIGHT, row, text, va="center", ha="right", color=style.MUTED, fontsize=7)
    label_rows(axes, [bar.label for bar in bars])
    axes.set_xlim(0, max(_RIGHT, *(bar.percent + 45 for bar in bars)))
    axes.set_xticks([0, 20, 40, 60, WEAK_PERCENT, STRONG_PERCENT, 100])
    text = _("Percent of the possible points. To work on: under {weak}; strength: from {strong}.")
    axes.set_xlabel(text.format(weak=weak, strong=strong), loc="left")
    return figure


def draw_trend(points: Sequence[ScorePoint]) -> Figure:
    """Draw the final score of each call in order of time; at least two points."""
    figure, axes = style.new_figure(style.FULL_WIDTH, 2.1)
    values = [point.percent for point in points]
    axes.plot(range(len(points)), values, color=style.AGENT, linewidth=1.4, zorder=2)
    for position, point in enumerate(points):
        _trend_point(axes, position, point, labelled=len(points) <= MOST_LABELS)
    _trend_axes(axes, points, max(values))
    return figure


def _trend_point(axes: Axes, position: int, point: ScorePoint, *, labelled: bool) -> None:
    marker, colour = ("X", style.BAD) if point.failed else ("o", style.AGENT)
    look: dict[str, Any] = {"markersize": 7 if point.failed else 6, "markeredgecolor": "white"}
    axes.plot(position, point.percent, marker=marker, color=colour, zorder=3, **look)
    if labelled:
        axes.annotate(
            f"{point.percent:.0f}",
            (position, point.percent),
            xytext=(0, 9 if point.percent < 90 else -10),
            textcoords="offset points",
            ha="center",
            color=colour,
            **_BOLD,
        )


def _trend_axes(axes: Axes, points: Sequence[ScorePoint], highest: float) -> None:
    step = max(1, -(-len(points) // 8))
    ticks = list(range(0, len(points), step))
    axes.set_xticks(ticks, [shortened(points[tick].label, 14) for tick in ticks])
    axes.set_xlim(-0.5, len(points) - 0.5)
    axes.set_ylim(-5, max(105.0, highest + 5))
    axes.set_yticks([0, 25, 50, 75, 100])
    axes.grid(axis="y")
    axes.set_ylabel(_("Final score (%)"))
    if any(point.failed for point in points):
        mark = Line2D([], [], marker="X", linestyle="", color=style.BAD, label=_("auto-fail"))
        axes.legend(handles=[mark], loc="lower left", bbox_to_anchor=(0, 1), borderaxespad=0)
