"""The whole analysis of one call, with the model that ships."""

import re
from functools import cache

import pytest

from callreview.analysis.analyse import Analysis, analyse
from callreview.analysis.phrases.keywords import load_shipped_lists
from callreview.analysis.sentiment.classifier import SentimentClassifier, load_sentiment
from callreview.analysis.settings import AnalysisSettings
from callreview.domain.talk_metrics import Interval
from callreview.domain.transcript import Role, Speaker, Transcript, Turn, Word

LINES: list[tuple[Role, str]] = [
    ("agent", "Thank you for calling Larkfield Home, how can I help you today?"),
    ("customer", "This is terrible, I am so angry, nobody called me back and I want a refund!"),
    ("agent", "I am so sorry to hear that. May I have your card number?"),
    ("customer", "4111 1111 1111 1111"),
    ("agent", "Thank you, the money is on its way."),
    ("customer", "Wonderful, that is great, thank you so much!"),
]


@cache
def classifier() -> SentimentClassifier:
    return load_sentiment(None)


def transcript(channel: int | None = 0) -> Transcript:
    turns, start_s = [], 0.0
    for role, text in LINES:
        words = tuple(
            Word(word, start_s + n * 0.5, start_s + n * 0.5 + 0.5, 1.0)
            for n, word in enumerate(text.split())
        )
        turns.append(Turn(role, role, start_s, words[-1].end_s, words, "en"))
        start_s = words[-1].end_s + 1
    speakers = (Speaker("agent", "agent", channel), Speaker("customer", "customer", channel))
    return Transcript("en", speakers, tuple(turns), {"speech": "base"})


def analysed(channel: int | None = 0) -> Analysis:
    call = transcript(channel)
    speech = {
        role: [Interval(t.start_s, t.end_s) for t in call.turns if t.role == role]
        for role in ("agent", "customer")
    }
    duration_s = call.turns[-1].end_s
    return analyse(call, speech, duration_s, AnalysisSettings(load_shipped_lists()), classifier())


def test_every_turn_has_its_sentiment_and_its_hits() -> None:
    turns = analysed().transcript.turns
    assert all(turn.sentiment is not None for turn in turns)
    hits = [{hit.list for hit in turn.hits} for turn in turns]
    assert hits[0] == {"greeting"}
    assert {"refund", "complaint"} <= hits[1]
    assert hits[2] == {"empathy"}


def test_the_card_number_is_gone_before_anything_else_sees_the_text() -> None:
    result = analysed()
    assert result.transcript.turns[3].text == "[card number]"
    # Not as digits of a probability, which may be any.
    assert not re.search(r"(?<![\d.])1111(?!\d)", repr(result))
    assert [span.kind for span in result.transcript.masked] == ["card number"]


def test_the_angry_customer_who_is_helped_ends_better_than_begun() -> None:
    _, angry, _, glad = analysed().call.sentiment["customer"].quarters
    assert angry is not None
    assert glad is not None
    assert angry < 0 < glad


def test_the_talk_is_measured_and_marked_as_estimated_on_a_shared_channel() -> None:
    assert analysed().call.metrics.questions == {"agent": 2, "customer": 0}
    assert not analysed().call.metrics.estimated
    assert analysed(channel=None).call.metrics.estimated


def test_all_models_and_definitions_are_named() -> None:
    result = analysed()
    models = result.call.models
    assert models["talk"] == "talk-1"
    assert classifier().name in models["sentiment"]
    assert models == result.transcript.models


@pytest.mark.parametrize("turns", [(), (Turn("a", "unknown", 0.0, 0.0, ()),)])
def test_a_call_in_which_nothing_is_said_can_be_analysed(turns: tuple[Turn, ...]) -> None:
    empty = Transcript("", (Speaker("a", "unknown", 0),), turns, {})
    result = analyse(empty, {}, 12.0, AnalysisSettings(load_shipped_lists()), classifier())
    assert result.call.metrics.dead_air.total_s == 12.0
    assert all(score.score == 0 for score in result.call.sentiment.values())
