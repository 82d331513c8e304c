"""A small call whose words have known places."""

from dataclasses import replace

import numpy as np

from callreview.domain.annotation import Comment
from callreview.domain.call import CallMetadata, CallSummary
from callreview.domain.recording import Damage
from callreview.domain.sentiment import (
    ScoredTurn,
    SentimentLabel,
    TurnSentiment,
    speaker_sentiment,
)
from callreview.domain.talk_metrics import Interval, Stretches, TalkMetrics
from callreview.domain.transcript import Hit, MaskedSpan, Role, Speaker, Transcript, Turn, Word
from callreview.ui.review.call_view import CallView

DURATION_S = 60.0

LINES: tuple[tuple[Role, str, SentimentLabel], ...] = (
    ("agent", "Thank you for calling, this is Maria.", "neutral"),
    ("customer", "This is the third time I call & nobody <b>listens</b>.", "negative"),
    ("agent", "I am sorry, let me look into it.", "neutral"),
    ("customer", "I want my money back.", "negative"),
    ("agent", "I can refund it today.", "positive"),
    ("customer", "환불 감사합니다 정말 친절하시네요.", "positive"),
)


def words_from(text: str, start_s: float, step_s: float = 0.5) -> tuple[Word, ...]:
    """Words of 0.4 s, one every `step_s`."""
    return tuple(
        Word(word, start_s + n * step_s, start_s + n * step_s + 0.4, 0.9, n > 0)
        for n, word in enumerate(text.split())
    )


def turn(role: Role, text: str, start_s: float, label: SentimentLabel = "neutral") -> Turn:
    """A turn of these words; "money back" is a hit of the list Refunds."""
    words = words_from(text, start_s)
    hits: tuple[Hit, ...] = ()
    place = text.find("money back")
    if place >= 0:
        hits = (Hit("Refunds", "money back", words[3].start_s, words[4].end_s, place, place + 10),)
    speaker = "channel-0" if role == "agent" else "channel-1"
    sentiment = TurnSentiment(label, 0.8, 0.1, 0.7)
    return Turn(speaker, role, start_s, words[-1].end_s, words, "en", sentiment, hits)


TURNS = tuple(turn(role, text, 1.0 + 9.0 * n, label) for n, (role, text, label) in enumerate(LINES))

METADATA = CallMetadata(
    "NW-0417",
    agent="Maria Lopez",
    started_at="2026-03-02T09:41:12",
    caller="Kim Seo-yeon",
    queue="Deliveries",
    outcome="Refunded",
)

SUMMARY = CallSummary(
    7,
    "NW-0417",
    "2026-03-02T09:41:12",
    "Maria Lopez",
    "Kim Seo-yeon",
    DURATION_S,
    "Deliveries",
    "inbound",
    "Refunded",
    "",
    "",
    "en",
    "processed",
    2,
    None,
    None,
    "",
    False,
    "",
)

TRANSCRIPT = Transcript(
    "en",
    (Speaker("channel-1", "customer", 1), Speaker("channel-0", "agent", 0)),
    TURNS,
    {},
    (MaskedSpan("card number", 40.0, 44.0),),
)

METRICS = TalkMetrics(
    talk_s={"agent": 12.0, "customer": 8.0},
    talk_share={"agent": 0.6, "customer": 0.4},
    talk_share_of_call={"agent": 0.2, "customer": 0.133},
    dead_air=Stretches(1, 5.0, 5.0, (Interval(23.0, 28.0),)),
    overtalk=Stretches(0, 0.0, 0.0, ()),
    interruptions={"agent": (Interval(30.5, 31.2),), "customer": ()},
    words_per_minute={"agent": 150.4, "customer": 171.0},
    response_time_s=1.25,
    longest_monologue_s={"agent": 6.0, "customer": 4.0},
    questions={"agent": 1, "customer": 0},
    turns_per_minute=6.0,
)

COMMENTS = (Comment(1, 7, 10.0, 12.0, "Acknowledge <i>first</i>", "Dana", "2026-03-02T10:00:00"),)


def call_view() -> CallView:
    """The call with everything that can be known about it."""
    return CallView(
        SUMMARY,
        METADATA,
        (Damage(50.0, 52.0, "packets missing"),),
        TRANSCRIPT,
        {role: _sentiment_of(role) for role in ("agent", "customer")},
        METRICS,
        COMMENTS,
    )


def unprocessed_view() -> CallView:
    """The same call before it is transcribed."""
    return CallView(replace(SUMMARY, status="imported"), METADATA)


def _sentiment_of(role: Role):
    return speaker_sentiment(
        [
            ScoredTurn(t.start_s, t.end_s, t.sentiment)
            for t in TURNS
            if t.role == role and t.sentiment is not None
        ],
        DURATION_S,
    )


class SinePeaks:
    """Peaks that swell and fade, and know what was asked of them."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, float, float, int]] = []

    def columns(self, channel: int, start_s: float, end_s: float, count: int):
        """Peaks of a slow tone."""
        self.asked.append((channel, start_s, end_s, count))
        level = np.abs(np.sin(np.linspace(start_s, end_s, count))) * 12000
        return np.stack([-level, level], axis=1).astype(np.int16)
