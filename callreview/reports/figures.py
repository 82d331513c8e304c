"""The figures of a coaching report, ready for the page, with words for who cannot see them."""

from collections.abc import Iterable, Sequence
from statistics import fmean

from callreview.config.language import _, current_language
from callreview.domain.figure_text import signed
from callreview.domain.scorecard import wording_in
from callreview.domain.transcript import Role
from callreview.reports.call_figures import (
    Shift,
    TalkBar,
    draw_sentiment_course,
    draw_shifts,
    draw_talk_share,
)
from callreview.reports.coaching_data import CoachedCall, CoachingData
from callreview.reports.figure_style import Picture, picture
from callreview.reports.findings import Findings
from callreview.reports.gathering import in_order
from callreview.reports.score_figures import ScorePoint, SectionBar, draw_sections, draw_trend

MOST_CALLS = 20
"""Figures with a row a call show the newest ones up to this number."""


def draw_figures(data: CoachingData, findings: Findings) -> dict[str, Picture]:
    """Draw the figures that the data has enough for: sections, trend, course, shifts, talk."""
    calls = in_order(data.calls)
    found = {
        "sections": _sections(findings),
        "trend": _trend(findings),
        "course": _course(calls),
        "shifts": _shifts(calls),
        "talk": _talk(calls),
    }
    return {name: figure for name, figure in found.items() if figure is not None}


def _sections(findings: Findings) -> Picture | None:
    language = current_language()
    several = len({finding.scorecard.name for finding in findings.sections}) > 1
    bars = [
        SectionBar(
            f"{wording_in(finding.scorecard.title, language)}: {title}" if several else title,
            finding.percent,
            finding.calls,
            finding.verdict,
        )
        for finding in findings.sections
        for title in [wording_in(finding.section.title, language)]
    ]
    if not bars:
        return None
    words = ", ".join(f"{bar.label} {bar.percent:.1f}%" for bar in bars)
    return picture(
        lambda: draw_sections(bars), _("Score by section: {values}").format(values=words)
    )


def _trend(findings: Findings) -> Picture | None:
    points = [
        ScorePoint(call.summary.started_at[:10] or call.summary.reference, final, score.form_failed)
        for call in findings.reviewed
        if call.evaluation is not None
        for score in [call.evaluation.score]
        for final in [score.final]
        if final is not None
    ]
    if len(points) < 2:
        return None
    words = ", ".join(f"{point.label} {point.percent:.0f}%" for point in points)
    return picture(
        lambda: draw_trend(points), _("Final score of each call: {values}").format(values=words)
    )


def _course(calls: Iterable[CoachedCall]) -> Picture | None:
    roles: tuple[Role, ...] = ("customer", "agent")
    found = list(calls)
    quarters = {role: means for role in roles if (means := _mean_quarters(found, role))}
    if not quarters:
        return None
    names = speaker_names()
    words = "; ".join(
        f"{names[role]} " + ", ".join(map(signed, means)) for role, means in quarters.items()
    )
    alt = _("Mean sentiment in the four quarters of the calls: {values}").format(values=words)
    return picture(lambda: draw_sentiment_course(quarters, names), alt)


def _mean_quarters(calls: Iterable[CoachedCall], role: Role) -> list[float | None]:
    courses = [call.sentiment[role].quarters for call in calls if role in call.sentiment]
    known = [
        [value for value in quarter if value is not None] for quarter in zip(*courses, strict=True)
    ]
    means = [fmean(values) if values else None for values in known]
    return means if any(mean is not None for mean in means) else []


def _shifts(calls: Sequence[CoachedCall]) -> Picture | None:
    shifts = [
        Shift(call.summary.reference, quarters[0], quarters[3])
        for call in calls
        if "customer" in call.sentiment
        for quarters in [call.sentiment["customer"].quarters]
        if quarters[0] is not None or quarters[3] is not None
    ][-MOST_CALLS:]
    if not shifts:
        return None
    alt = _("Sentiment of the customer at the opening and the closing of each call.")
    return picture(lambda: draw_shifts(shifts), alt)


def _talk(calls: Sequence[CoachedCall]) -> Picture | None:
    bars = [
        TalkBar(
            call.summary.reference,
            call.metrics.talk_share.get("agent", 0.0),
            call.metrics.talk_share.get("customer", 0.0),
        )
        for call in calls
        if call.metrics is not None and any(call.metrics.talk_share.values())
    ][-MOST_CALLS:]
    if not bars:
        return None
    words = ", ".join(f"{bar.label} {bar.agent:.0%}" for bar in bars)
    alt = _("Share of the agent in all speech: {values}").format(values=words)
    return picture(lambda: draw_talk_share(bars, speaker_names()), alt)


def speaker_names() -> dict[Role, str]:
    """The names of the two roles in the user's language."""
    return {"agent": _("Agent"), "customer": _("Customer")}
