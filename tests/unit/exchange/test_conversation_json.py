import json
from dataclasses import replace

from callreview.domain.call import CallMetadata
from callreview.domain.recording import Damage
from callreview.domain.transcript import Speaker, StageCost
from callreview.exchange.conversation_json import RecordingFacts, conversation_to_json
from tests.unit.exchange.made_calls import (
    FEELING,
    HIT,
    METADATA,
    METRICS,
    SENTIMENT,
    evaluation,
    transcript,
    turn,
)

RECORDING = RecordingFacts(61.2504, 2, "ab" * 32, (Damage(3.0, 4.5, "packet lost"),))


def test_a_processed_conversation_has_every_promised_field() -> None:
    said = replace(turn("customer", "I want a refund", 0.0), sentiment=FEELING, hits=(HIT,))
    data = conversation_to_json(
        7,
        METADATA,
        RECORDING,
        transcript(said),
        {"customer": SENTIMENT},
        METRICS,
        [evaluation(greet=1.0, verify=None)],
    )
    data = json.loads(json.dumps(data, allow_nan=False))
    assert (data["id"], data["reference"], data["duration_s"]) == (7, "A-1", 61.25)
    assert (data["channels"], data["language"]) == (2, "en")
    assert data["metadata"]["extra"] == {"shift": "late"}
    assert data["speakers"][1] == {
        "id": "customer", "role": "customer", "channel": 1, "confidence": 1.0, "estimated": False
    }  # fmt: skip
    first = data["turns"][0]
    assert (first["speaker"], first["start_s"], first["end_s"]) == ("customer", 0.0, 1.6)
    assert first["text"] == "I want a refund"
    assert first["sentiment"] == {
        "label": "negative", "negative": 0.8, "neutral": 0.15, "positive": 0.05
    }  # fmt: skip
    assert first["hits"] == [
        {"list": "complaints", "phrase": "refund", "start_s": 0.4, "end_s": 0.8, "near": False}
    ]
    assert first["words"][1] == {"text": "want", "start_s": 0.4, "end_s": 0.8, "confidence": 0.9}
    assert data["sentiment"]["customer"] == {
        "score": -1.5, "quarters": [-3.0, None, 0.0, 1.5], "shift": 4.5
    }  # fmt: skip
    assert data["sentiment"]["agent"] is None
    assert data["metrics"]["dead_air"] == {
        "count": 1, "total_s": 4.25, "longest_s": 4.25,
        "instances": [{"start_s": 10.0, "end_s": 14.25}],
    }  # fmt: skip
    assert data["metrics"]["interruptions"]["agent"]["count"] == 1
    assert data["metrics"]["words_per_minute"] == {"agent": 151.0, "customer": 120.0}
    assert data["models"]["speech"] == "whisper-base"
    assert data["audio"]["damage"] == [{"start_s": 3.0, "end_s": 4.5, "reason": "packet lost"}]
    scored = data["evaluations"][0]
    assert (scored["scorecard"], scored["version"], scored["mode"]) == ("service", 2, "points")
    assert scored["score"]["unanswered"] == ["solve"]
    assert scored["answers"][1]["value"] is None
    assert scored["answers"][0]["evidence"] == [
        {"start_s": 1.0, "end_s": 2.5, "quote": "the words", "anchored": None}
    ]


def test_what_is_unsure_about_a_transcript_is_told() -> None:
    said = replace(turn("customer", "hello", 0.0), speaker_confidence=0.61, overlap_s=0.25)
    unsure = replace(
        transcript(said),
        speakers=(Speaker("customer", "customer", None, 0.7),),
        dropped={"loop": 12},
        stages=(StageCost("speech", "base", 4.0, 7.5),),
        voices_alike=True,
    )
    checked = replace(evaluation(greet=1.0), roles_changed=True)
    data = conversation_to_json(7, METADATA, RECORDING, unsure, {}, METRICS, [checked])
    data = json.loads(json.dumps(data))
    first = data["turns"][0]
    assert (first["confidence"], first["speaker_confidence"]) == (0.61, 0.61)
    assert (first["overlap"], first["overlap_s"], first["estimated"]) == (True, 0.25, True)
    assert (data["speakers"][0]["confidence"], data["speakers"][0]["estimated"]) == (0.7, True)
    assert data["processing"] == [{"stage": "speech", "model": "base", "wall_s": 4.0, "cpu_s": 7.5}]
    assert (data["dropped"], data["voices_alike"]) == ({"loop": 12}, True)
    assert data["evaluations"][0]["roles_changed"]


def test_a_call_that_is_not_processed_yet_is_described_too() -> None:
    data = conversation_to_json(
        1, CallMetadata("x", language="ko"), RecordingFacts(5.0, 1, ""), None, {}, None, []
    )
    data = json.loads(json.dumps(data))
    assert (data["turns"], data["speakers"], data["evaluations"]) == ([], [], [])
    assert data["sentiment"] == {"agent": None, "customer": None}
    assert (data["metrics"], data["models"], data["language"]) == (None, {}, "ko")
