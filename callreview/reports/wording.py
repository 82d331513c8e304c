"""How a report writes figures and names."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from statistics import fmean

from markupsafe import Markup

from callreview.config.language import _, current_language
from callreview.domain.annotation import Comment
from callreview.domain.figure_text import clock, clock_range, signed
from callreview.domain.scorecard import ScoringMode, Wording, wording_in
from callreview.domain.sentiment import SpeakerSentiment
from callreview.domain.talk_metrics import TalkMetrics
from callreview.reports.coaching_data import ENOUGH_CALLS, CoachedCall, CoachingData
from callreview.reports.findings import STRONG_PERCENT, WEAK_PERCENT, Quote, Verdict

NOTHING = "–"

strong = f"{STRONG_PERCENT:g}%"
weak = f"{WEAK_PERCENT:g}%"


def percent(value: float | None) -> str:
    """Write a score with one decimal, or a dash when there is none."""
    return NOTHING if value is None else f"{value:.1f}%"


def points(value: float) -> str:
    """Write a number of points without a needless decimal."""
    return f"{value:.1f}".removesuffix(".0")


def share(value: float | None) -> str:
    """Write a share 0..1 as a whole percentage."""
    return NOTHING if value is None else f"{value:.0%}"


def number(value: float | None, digits: int = 0) -> str:
    """Write a number, or a dash when there is none."""
    return NOTHING if value is None else f"{value:.{digits}f}"


def span(piece: Quote | Comment) -> str:
    """Write from when to when."""
    return clock_range(piece.start_s, piece.end_s)


def moment(iso: str) -> str:
    """Write a date and time as every reader understands it, without seconds."""
    try:
        found = datetime.fromisoformat(iso)
    except ValueError:
        return iso or NOTHING
    return found.strftime("%Y-%m-%d" if len(iso) <= 10 else "%Y-%m-%d %H:%M")


def said(wording: Wording) -> str:
    """Choose the wording in the user's language."""
    return wording_in(wording, current_language())


def mode(name: ScoringMode) -> str:
    """Name a scoring mode and say how it counts."""
    if name == "points":
        return _("points: weight × earned points over weight × possible points")
    return _("normalised: weighted mean of the sections' shares")


def verdict_name(found: Verdict) -> str:
    """Name what a section is for the agent."""
    names: dict[Verdict, str] = {
        "strength": _("strength"),
        "work": _("to work on"),
        "between": _("on the way"),
    }
    names["failed"] = _("auto-fail")
    return names[found]


def period(data: CoachingData) -> str:
    """Write the period of the report, from the calls' own dates when none is given."""
    dates = sorted(call.summary.started_at for call in data.calls if call.summary.started_at)
    start = data.period_start or (dates[0] if dates else "")
    end = data.period_end or (dates[-1] if dates else "")
    days = list(dict.fromkeys(day[:10] for day in (start, end) if day))
    return " – ".join(days) or _("not dated")


def models(data: CoachingData) -> list[str]:
    """Name each model that took part once."""
    named = (f"{part}: {name}" for call in data.calls for part, name in call.models.items())
    return list(dict.fromkeys(named))


def definitions(data: CoachingData) -> list[str]:
    """Name each version of the talk definitions once."""
    found = (call.metrics.definition for call in data.calls if call.metrics is not None)
    return list(dict.fromkeys(found))


def way(sentiment: SpeakerSentiment | None) -> str:
    """Write the way from the opening to the closing of a call."""
    if sentiment is None:
        return NOTHING
    return f"{signed(sentiment.quarters[0])} → {signed(sentiment.quarters[3])}"


def interruptions(metrics: TalkMetrics) -> int:
    """Count how often the agent interrupted."""
    return len(metrics.interruptions.get("agent", ()))


def synthetic(calls: Iterable[CoachedCall]) -> list[str]:
    """Name the calls that nobody made."""
    return [call.summary.reference for call in calls if call.synthetic]


def mean(values: Sequence[float]) -> float | None:
    """Average the values, if there are any."""
    return fmean(values) if values else None


def enough(values: Sequence[float]) -> bool:
    """Whether there are enough observations to compare with."""
    return len(values) >= ENOUGH_CALLS


def css_text(text: str) -> Markup:
    """Write any text as a CSS string of escapes, so that it can be nothing but text."""
    escapes = "".join(f"\\{ord(letter):06x}" for letter in text)
    return Markup(f'"{escapes}"')  # noqa: S704 - hexadecimal digits only


def joined(texts: Iterable[str]) -> str:
    """Join names with commas, or write a dash when there are none."""
    return ", ".join(texts) or NOTHING


FILTERS: dict[str, Callable[..., object]] = {
    **{"percent": percent, "points": points, "share": share, "signed": signed},
    **{
        "number": number,
        "clock": clock,
        "moment": moment,
        "said": said,
        "span": span,
        "joined": joined,
    },
}
