"""The columns of the scored call list."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from callreview.config.language import _, current_language
from callreview.domain.call import CallSummary
from callreview.domain.evaluation import Evaluation
from callreview.domain.scorecard import wording_in
from callreview.domain.sentiment import SpeakerSentiment
from callreview.domain.talk_metrics import TalkMetrics

Value = str | float | int | bool | None


@dataclass(frozen=True)
class ScoredCall:
    """A call with what is known of it; None for what it does not have yet.

    `evaluation` is the newest finished human evaluation; `sentiment` is the customer's.
    """

    call: CallSummary
    evaluation: Evaluation | None = None
    sentiment: SpeakerSentiment | None = None
    metrics: TalkMetrics | None = None


@dataclass(frozen=True)
class Column:
    """A column: its fixed key, its title in the user's language, and how to fill it."""

    key: str
    title: str
    value: Callable[[ScoredCall], Value]


def columns_for(rows: Sequence[ScoredCall]) -> list[Column]:
    """All columns; one for each scored section that occurs in `rows`, in their order."""
    return [*_call_columns(), *_score_columns(), *_section_columns(rows), *_figure_columns()]


def _call_columns() -> list[Column]:
    return [
        Column("id", _("Id"), lambda row: row.call.id),
        Column("reference", _("Reference"), lambda row: row.call.reference),
        Column("started_at", _("Date"), lambda row: row.call.started_at),
        Column("agent", _("Agent"), lambda row: row.call.agent),
        Column("team", _("Team"), lambda row: row.call.team),
        Column("customer", _("Customer"), lambda row: row.call.customer),
        Column("duration_s", _("Duration (s)"), lambda row: _round(row.call.duration_s)),
        Column("direction", _("Direction"), lambda row: row.call.direction),
        Column("queue", _("Queue"), lambda row: row.call.queue),
        Column("campaign", _("Campaign"), lambda row: row.call.campaign),
        Column("outcome", _("Outcome"), lambda row: row.call.outcome),
        Column("language", _("Language"), lambda row: row.call.language),
        Column("channels", _("Channels"), lambda row: row.call.channels),
        Column("status", _("Status"), lambda row: row.call.status),
        Column("problem", _("Problem"), lambda row: row.call.problem),
    ]


def _score_columns() -> list[Column]:
    def of(read: Callable[[Evaluation], Value]) -> Callable[[ScoredCall], Value]:
        return lambda row: read(row.evaluation) if row.evaluation else None

    return [
        Column("scorecard", _("Scorecard"), lambda row: row.call.scorecard),
        Column("scorecard_version", _("Version"), of(lambda e: e.scorecard.version)),
        Column("scoring_mode", _("Scoring mode"), of(lambda e: e.scorecard.mode)),
        Column("reviewer", _("Reviewer"), of(lambda e: e.reviewer)),
        Column("finished_at", _("Reviewed"), of(lambda e: e.finished_at)),
        Column("score", _("Score (%)"), lambda row: _round(row.call.score)),
        Column("score_before_fail", _("Before auto-fail (%)"), of(lambda e: _round(e.score.raw))),
        Column("score_critical", _("Critical (%)"), of(lambda e: _round(e.score.critical))),
        Column("failed", _("Auto-fail"), lambda row: row.call.failed),
        Column("fail_causes", _("Cause of the fail"), of(_fail_causes)),
    ]


def _fail_causes(evaluation: Evaluation) -> str:
    language = current_language()
    card = evaluation.scorecard
    return "; ".join(
        wording_in(card.question(key).text, language) for key in evaluation.score.fail_causes
    )


def _section_columns(rows: Sequence[ScoredCall]) -> list[Column]:
    titles: dict[tuple[str, str], str] = {}
    for row in rows:
        card = row.evaluation.scorecard if row.evaluation else None
        for section in card.sections if card else ():
            title = wording_in(section.title, current_language())
            name = wording_in(card.title, current_language()) if card else ""
            titles.setdefault((card.name if card else "", section.key), f"{name}: {title} (%)")
    return [
        Column(f"{card_name}.{key}", title, _section_score(card_name, key))
        for (card_name, key), title in titles.items()
    ]


def _section_score(card_name: str, key: str) -> Callable[[ScoredCall], Value]:
    def score(row: ScoredCall) -> Value:
        evaluation = row.evaluation
        if evaluation is None or evaluation.scorecard.name != card_name:
            return None
        return next((_round(s.final) for s in evaluation.score.sections if s.key == key), None)

    return score


def _figure_columns() -> list[Column]:
    def of(read: Callable[[TalkMetrics], Value]) -> Callable[[ScoredCall], Value]:
        return lambda row: read(row.metrics) if row.metrics else None

    return [
        Column("customer_sentiment", _("Sentiment"), lambda row: _round(row.call.sentiment)),
        Column("sentiment_shift", _("Sentiment shift"), _shift),
        Column("agent_talk_share", _("Talk share, agent"), of(_share)),
        Column("dead_air_count", _("Dead air"), of(lambda m: m.dead_air.count)),
        Column("dead_air_s", _("Dead air (s)"), of(lambda m: _round(m.dead_air.total_s))),
        Column("longest_dead_air_s", _("Longest (s)"), of(lambda m: _round(m.dead_air.longest_s))),
        Column("overtalk_s", _("Overtalk (s)"), of(lambda m: _round(m.overtalk.total_s))),
        Column(
            "agent_interruptions",
            _("Interruptions, agent"),
            of(lambda m: len(m.interruptions.get("agent", ()))),
        ),
        Column("agent_words_per_minute", _("Words per minute, agent"), of(_pace)),
        Column("metrics_estimated", _("Estimated"), of(lambda m: m.estimated)),
    ]


def _shift(row: ScoredCall) -> Value:
    return _round(row.sentiment.shift) if row.sentiment else None


def _share(metrics: TalkMetrics) -> Value:
    return _round(metrics.talk_share.get("agent"), 3)


def _pace(metrics: TalkMetrics) -> Value:
    return _round(metrics.words_per_minute.get("agent"), 1)


def _round(value: float | None, digits: int = 2) -> float | None:
    return None if value is None else round(value, digits)
