"""All analysis of one call: mask first, then sentiment, hits and talk metrics."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from callreview.analysis.findings.find import find_findings
from callreview.analysis.made_with import DEFINITIONS, made_with
from callreview.analysis.personal_data.mask import mask_personal_data, rules_with
from callreview.analysis.phrases.keywords import PhraseSpotter
from callreview.analysis.settings import AnalysisSettings
from callreview.analysis.talk.metrics import talk_of_call
from callreview.domain import sentiment
from callreview.domain.call_analysis import CallAnalysis
from callreview.domain.sentiment import ScoredTurn, SpeakerSentiment, label_turn, speaker_sentiment
from callreview.domain.talk_metrics import Interval
from callreview.domain.transcript import Role, Transcript, Turn

if TYPE_CHECKING:
    # The model's libraries take long to load; the window starts without them.
    from callreview.analysis.sentiment.classifier import SentimentClassifier


@dataclass(frozen=True)
class Analysis:
    """A call's transcript with all that is marked in it, and what was found out about the call."""

    transcript: Transcript
    call: CallAnalysis


def analyse(
    transcript: Transcript,
    speech: Mapping[str, Sequence[Interval]],
    duration_s: float,
    settings: AnalysisSettings,
    classifier: "SentimentClassifier",
) -> Analysis:
    """Analyse a call of `duration_s` seconds whose speakers have their roles.

    `speech` holds the voice activity (seconds) of each speaker by id. The transcript that comes
    back has personal data masked, and sentiment and hits in every turn; only this one may be stored.
    """
    feeling = {
        "sentiment": f"{classifier.name} {classifier.version}".strip(),
        "sentiment rules": sentiment.DEFINITION,
    }
    turns, masked = mask_personal_data(transcript.turns, settings.hidden_kinds)
    if masked or feeling.items() - transcript.models.items() or _unlabelled(turns):
        turns = _with_sentiment(turns, classifier)
    turns = _with_hits(turns, PhraseSpotter(settings.lists))
    models = {
        **feeling,
        "talk": settings.talk.definition,
        "personal_data": rules_with(settings.hidden_kinds),
        **DEFINITIONS,
        "settings": made_with(settings),
    }
    done = replace(
        transcript,
        turns=turns,
        masked=(*transcript.masked, *masked),
        models={**transcript.models, **models},
    )
    own = {speaker: tuple(stretches) for speaker, stretches in speech.items()}
    return Analysis(done, count_by_role(done, own, duration_s, settings, done.models))


def count_by_role(
    transcript: Transcript,
    speech: Mapping[str, tuple[Interval, ...]],
    duration_s: float,
    settings: AnalysisSettings,
    models: Mapping[str, str],
) -> CallAnalysis:
    """The figures and findings of a call of `duration_s` seconds by the roles its speakers have.

    `speech` is the voice activity (seconds) of each speaker by id. Nothing is lost when two
    speakers have one role: counted again with the former roles, the figures are the former ones.
    """
    return CallAnalysis(
        sentiment=sentiment_by_role(transcript.turns, duration_s),
        metrics=talk_of_call(transcript, speech, duration_s, settings.talk),
        models={**models, "talk": settings.talk.definition},
        speech=speech,
        findings=find_findings(transcript, duration_s, settings),
    )


def _unlabelled(turns: Sequence[Turn]) -> bool:
    return any(turn.sentiment is None for turn in turns)


def _with_sentiment(turns: Sequence[Turn], classifier: "SentimentClassifier") -> tuple[Turn, ...]:
    texts = [turn.text for turn in turns]
    return tuple(
        [
            replace(turn, sentiment=label_turn(text, probabilities))
            for turn, text, probabilities in zip(
                turns, texts, classifier.classify(texts), strict=True
            )
        ]
    )


def _with_hits(turns: Sequence[Turn], spotter: PhraseSpotter) -> tuple[Turn, ...]:
    found = spotter.find(turns)
    return tuple(replace(turn, hits=hits) for turn, hits in zip(turns, found, strict=True))


def sentiment_by_role(turns: Sequence[Turn], duration_s: float) -> dict[Role, SpeakerSentiment]:
    """The sentiment of each role over a call of `duration_s` seconds."""
    scored: dict[Role, list[ScoredTurn]] = {}
    for turn in turns:
        if turn.sentiment is not None:
            one = ScoredTurn(turn.start_s, turn.end_s, turn.sentiment)
            scored.setdefault(turn.role, []).append(one)
    return {role: speaker_sentiment(own, duration_s) for role, own in scored.items()}
