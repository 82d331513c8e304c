"""Everything that is found out about a transcript, in the order in which it has to happen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from callreview.analysis.keyword_lists import KeywordList
from callreview.analysis.keywords import PhraseSpotter
from callreview.analysis.personal_data import mask_personal_data
from callreview.analysis.sentiment import SentimentClassifier
from callreview.analysis.talk import measure_talk
from callreview.domain.sentiment import (
    ScoredTurn,
    SpeakerSentiment,
    label_turn,
    speaker_sentiment,
)
from callreview.domain.talk_metrics import Interval, TalkMetrics
from callreview.domain.transcript import Role, Transcript, Turn


@dataclass(frozen=True)
class Analysis:
    """The transcript with personal data masked and its turns marked, and what holds for the call.

    `models` names the models and definitions that were used, by what they were used for.
    """

    transcript: Transcript
    sentiment: dict[Role, SpeakerSentiment]
    metrics: TalkMetrics
    models: dict[str, str]


def analyse(
    transcript: Transcript,
    speech: Mapping[Role, Sequence[Interval]],
    duration_s: float,
    lists: Sequence[KeywordList],
    classifier: SentimentClassifier,
) -> Analysis:
    """Analyse a call of `duration_s` seconds whose roles spoke at the times in `speech`.

    Personal data goes first: no model and no list sees it.
    """
    turns, masked = mask_personal_data(transcript.turns)
    spans = (*transcript.masked, *masked)
    marked = _marked(turns, PhraseSpotter(lists), classifier)
    # Who spoke on one channel alone was not heard apart, so what is counted by role is a guess.
    estimated = all(speaker.channel is None for speaker in transcript.speakers)
    metrics = measure_talk(speech, marked, duration_s, spans, estimated=estimated)
    return Analysis(
        transcript=replace(transcript, turns=marked, masked=spans),
        sentiment=sentiment_by_role(marked, duration_s),
        metrics=metrics,
        models={
            "sentiment": f"{classifier.name} {classifier.version}",
            "talk metrics": metrics.definition,
        },
    )


def sentiment_by_role(turns: Sequence[Turn], duration_s: float) -> dict[Role, SpeakerSentiment]:
    """The sentiment of each role over a call of `duration_s` seconds."""
    scored: dict[Role, list[ScoredTurn]] = {}
    for turn in turns:
        if turn.sentiment is not None:
            one = ScoredTurn(turn.start_s, turn.end_s, turn.sentiment)
            scored.setdefault(turn.role, []).append(one)
    return {role: speaker_sentiment(own, duration_s) for role, own in scored.items()}


def _marked(
    turns: Sequence[Turn], spotter: PhraseSpotter, classifier: SentimentClassifier
) -> tuple[Turn, ...]:
    texts = [turn.text for turn in turns]
    probabilities = classifier.classify(texts)
    return tuple(
        replace(turn, sentiment=label_turn(text, found), hits=spotter.find(turn))
        for turn, text, found in zip(turns, texts, probabilities, strict=True)
    )
