"""Figures of calls, each drawn inside `figure_style`.

Sentiment is -5..+5, shares are 0..1, sizes are inches.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from callreview.config.language import _
from callreview.domain.sentiment import SCALE
from callreview.domain.transcript import Role
from callreview.reports import figure_style as style
from callreview.reports.figure_labels import label_rows, shortened

_ROW_IN = 0.27


@dataclass(frozen=True)
class Shift:
    """The customer's sentiment in the first and the last quarter of a call; None: not heard."""

    label: str
    opening: float | None
    closing: float | None


@dataclass(frozen=True)
class TalkBar:
    """Shares of all speech in a call."""

    label: str
    agent: float
    customer: float


def draw_sentiment_course(
    quarters: Mapping[Role, Sequence[float | None]], names: Mapping[Role, str]
) -> Figure:
    """Draw the mean sentiment of each quarter; agent and customer differ in shape and line."""
    figure, axes = style.new_figure(style.HALF_WIDTH, 2.3)
    looks: dict[Role, tuple[str, str, str]] = {
        "customer": ("o", "-", style.CUSTOMER),
        "agent": ("s", "--", style.AGENT),
    }
    for role, (marker, line, colour) in looks.items():
        values = quarters.get(role, ())
        known = [(n, value) for n, value in enumerate(values) if value is not None]
        if known:
            axes.plot(
                *zip(*known, strict=True),
                marker=marker,
                linestyle=line,
                color=colour,
                markersize=6,
                linewidth=1.5,
                label=names.get(role, role),
                clip_on=False,
            )
    axes.set_xticks(range(4), [_("Opening"), "", "", _("Closing")])
    axes.set_xlim(-0.25, 3.25)
    _sentiment_axis(axes, "y")
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2, borderaxespad=0.2)
    return figure


def draw_shifts(shifts: Sequence[Shift]) -> Figure:
    """Draw the customer's way from opening (hollow) to closing (filled), a row a call."""
    figure, axes = style.new_figure(
        style.HALF_WIDTH, max(2.3, style.FRAME_IN + 0.3 + _ROW_IN * len(shifts))
    )
    for row, shift in enumerate(shifts):
        if shift.opening is not None and shift.closing is not None:
            axes.plot(
                [shift.opening, shift.closing],
                [row, row],
                color=style.CUSTOMER,
                linewidth=1.6,
                zorder=2,
            )
        if shift.opening is not None:
            axes.plot(
                shift.opening,
                row,
                "o",
                color="white",
                markeredgecolor=style.CUSTOMER,
                markeredgewidth=1.4,
                markersize=6,
                zorder=3,
            )
        if shift.closing is not None:
            axes.plot(shift.closing, row, "D", color=style.CUSTOMER, markersize=5.5, zorder=4)
    label_rows(axes, [shortened(shift.label, 18) for shift in shifts])
    _sentiment_axis(axes, "x")
    hollow = Line2D(
        [],
        [],
        marker="o",
        linestyle="",
        color="white",
        label=_("Opening"),
        markeredgecolor=style.CUSTOMER,
        markeredgewidth=1.4,
    )
    filled = Line2D([], [], marker="D", linestyle="", color=style.CUSTOMER, label=_("Closing"))
    axes.legend(
        handles=[hollow, filled],
        loc="lower center",
        bbox_to_anchor=(0.5, 1.0),
        ncols=2,
        borderaxespad=0.2,
    )
    return figure


def draw_talk_share(bars: Sequence[TalkBar], names: Mapping[Role, str]) -> Figure:
    """Draw who talked how much: a bar a call, its parts named, hatched and labelled."""
    figure, axes = style.new_figure(style.FULL_WIDTH, style.FRAME_IN + 0.2 + _ROW_IN * len(bars))
    for row, bar in enumerate(bars):
        axes.barh(row, bar.agent, height=0.6, color=style.AGENT)
        axes.barh(
            row,
            bar.customer,
            left=bar.agent,
            height=0.6,
            color="#f6dcc8",
            hatch="////",
            edgecolor=style.CUSTOMER,
            linewidth=0,
        )
        for share, middle, colour in (
            (bar.agent, bar.agent / 2, "white"),
            (bar.customer, bar.agent + bar.customer / 2, style.INK),
        ):
            if share >= 0.08:
                box = {"boxstyle": "round,pad=0.15", "color": "#f6dcc8"}
                axes.text(
                    middle,
                    row,
                    f"{share:.0%}",
                    ha="center",
                    va="center",
                    color=colour,
                    fontweight="bold",
                    fontsize=7.5,
                    bbox=box if colour == style.INK else None,
                )
    label_rows(axes, [bar.label for bar in bars])
    axes.set_xlim(0, 1)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0%", "25%", "50%", "75%", "100%"])
    handles = [
        axes.barh(0, 0, color=style.AGENT, label=names.get("agent", "agent")),
        axes.barh(
            0,
            0,
            color="#f6dcc8",
            hatch="////",
            edgecolor=style.CUSTOMER,
            linewidth=0,
            label=names.get("customer", "customer"),
        ),
    ]
    axes.legend(
        handles=handles, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2, borderaxespad=0.2
    )
    return figure


def _sentiment_axis(axes: Axes, which: str) -> None:
    limit = SCALE + 0.3
    ticks = [-SCALE, -2.5, 0, 2.5, SCALE]
    labels = [f"{tick:+g}".replace("-", "\N{MINUS SIGN}") if tick else "0" for tick in ticks]
    if which == "x":
        axes.set_xlim(-limit, limit)
        axes.set_xticks(ticks, labels)
        axes.axvline(0, color=style.MUTED, linewidth=0.8)
        axes.set_xlabel(_("negative ← sentiment → positive"))
    else:
        axes.set_ylim(-limit, limit)
        axes.set_yticks(ticks, labels)
        axes.axhline(0, color=style.MUTED, linewidth=0.8)
        axes.grid(axis="y")
