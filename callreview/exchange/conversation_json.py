"""A whole conversation as JSON: what `show --json` prints.

Times are seconds in the recording's own clock, rounded to milliseconds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from callreview.domain.anchors import Anchor
from callreview.domain.call import CallMetadata
from callreview.domain.evaluation import Evaluation, Evidence, Score
from callreview.domain.recording import Damage
from callreview.domain.sentiment import SpeakerSentiment
from callreview.domain.talk_metrics import Interval, Stretches, TalkMetrics
from callreview.domain.transcript import Role, Speaker, Transcript, Turn

Json = dict[str, object]


@dataclass(frozen=True)
class RecordingFacts:
    """The shape, the fingerprint and the damage of a call's recording."""

    duration_s: float
    channels: int
    sha256: str
    damage: tuple[Damage, ...] = ()


def conversation_to_json(
    call_id: int,
    metadata: CallMetadata,
    recording: RecordingFacts,
    transcript: Transcript | None,
    sentiment: Mapping[Role, SpeakerSentiment],
    metrics: TalkMetrics | None,
    evaluations: Sequence[Evaluation],
    anchors: Mapping[Evidence, Anchor | None] = MappingProxyType({}),
    findings: Sequence[Json] = (),
) -> Json:
    """Describe a conversation; one that is not yet processed has empty lists and null figures.

    `anchors` say where each piece of evidence stands in the transcript; `findings` are those of
    `finding_json`.
    """
    return {
        "id": call_id,
        "reference": metadata.reference,
        "started_at": metadata.started_at,
        "duration_s": _round(recording.duration_s),
        "channels": recording.channels,
        "language": (transcript.language if transcript else "") or metadata.language,
        "metadata": _metadata(metadata),
        **_spoken(transcript),
        "sentiment": {role: _sentiment(sentiment.get(role)) for role in ("agent", "customer")},
        "metrics": metrics_to_json(metrics) if metrics else None,
        "findings": list(findings),
        "models": _models(transcript, metrics),
        "audio": _audio(recording),
        "evaluations": [evaluation_to_json(one, anchors) for one in evaluations],
    }


def _models(transcript: Transcript | None, metrics: TalkMetrics | None) -> Json:
    """What made the transcript; talk metrics may have been counted again since."""
    made: Json = dict(transcript.models) if transcript else {}
    return {**made, "talk": metrics.definition} if metrics else made


def transcript_to_json(transcript: Transcript) -> Json:
    """Describe a transcript as in `conversation_to_json`, alone."""
    return {
        "language": transcript.language,
        **_spoken(transcript),
        "models": dict(transcript.models),
    }


def metrics_to_json(metrics: TalkMetrics) -> Json:
    """Describe talk metrics: seconds, shares 0..1, words per minute, by role."""
    return {
        "talk_s": _rounded(metrics.talk_s),
        "talk_share": _rounded(metrics.talk_share),
        "talk_share_of_call": _rounded(metrics.talk_share_of_call),
        "dead_air": _stretches(metrics.dead_air),
        "overtalk": _stretches(metrics.overtalk),
        "interruptions": {
            role: {"count": len(found), "instances": _intervals(found)}
            for role, found in metrics.interruptions.items()
        },
        "words_per_minute": _rounded(metrics.words_per_minute, 1),
        "response_time_s": _round(metrics.response_time_s),
        "longest_monologue_s": _rounded(metrics.longest_monologue_s),
        "questions": dict(metrics.questions),
        "turns_per_minute": round(metrics.turns_per_minute, 2),
        "estimated": metrics.estimated,
        "definition": metrics.definition,
    }


def evaluation_to_json(
    evaluation: Evaluation, anchors: Mapping[Evidence, Anchor | None] = MappingProxyType({})
) -> Json:
    """Describe an evaluation: scores in percent, answers 0..1 (null for "not applicable").

    Evidence is `anchored` where the words stand in the transcript of now (null: not looked for).
    """
    return {
        "id": evaluation.id,
        "scorecard": evaluation.scorecard.name,
        "version": evaluation.scorecard.version,
        "mode": evaluation.scorecard.mode,
        "reviewer": evaluation.reviewer,
        "status": evaluation.status,
        "created_at": evaluation.created_at,
        "finished_at": evaluation.finished_at,
        "roles_changed": evaluation.roles_changed,
        "score": _score(evaluation.score),
        "answers": [
            {
                "question": answer.question,
                "value": answer.value,
                "note": answer.note,
                "evidence": [_evidence(piece, anchors) for piece in answer.evidence],
            }
            for answer in evaluation.answers
        ],
    }


def _evidence(piece: Evidence, anchors: Mapping[Evidence, Anchor | None]) -> Json:
    anchored = anchors[piece] is not None if piece in anchors else None
    span = _span(piece.start_s, piece.end_s)
    return {**span, "quote": piece.quote, "anchored": anchored}


def _score(score: Score) -> Json:
    return {
        "raw": score.raw,
        "final": score.final,
        "critical": score.critical,
        "form_failed": score.form_failed,
        "fail_causes": list(score.fail_causes),
        "unanswered": list(score.unanswered),
        "sections": [{"key": s.key, "raw": s.raw, "final": s.final} for s in score.sections],
    }


def _metadata(metadata: CallMetadata) -> Json:
    return {
        "agent": metadata.agent,
        "customer_id": metadata.customer_id,
        "caller": metadata.caller,
        "direction": metadata.direction,
        "queue": metadata.queue,
        "campaign": metadata.campaign,
        "source": metadata.source,
        "outcome": metadata.outcome,
        "team": metadata.team,
        "language": metadata.language,
        "csat": metadata.csat,
        "hold_s": metadata.hold_s,
        "agent_channel": metadata.agent_channel,
        "extra": dict(metadata.extra),
    }


def _audio(recording: RecordingFacts) -> Json:
    return {
        "sha256": recording.sha256,
        "damage": [{**_span(d.start_s, d.end_s), "reason": d.reason} for d in recording.damage],
    }


def _spoken(transcript: Transcript | None) -> Json:
    if transcript is None:
        return {**_made(Transcript("", (), (), {})), "speakers": [], "turns": [], "masked": []}
    estimated = {speaker.id for speaker in transcript.speakers if speaker.estimated}
    return {
        **_made(transcript),
        "speakers": [_speaker(speaker) for speaker in transcript.speakers],
        "turns": [_turn(turn, turn.speaker in estimated) for turn in transcript.turns],
        "masked": [
            {"kind": span.kind, **_span(span.start_s, span.end_s)} for span in transcript.masked
        ],
    }


def _made(transcript: Transcript) -> Json:
    """How the transcript came about: its cost, and what it left out or is unsure of."""
    return {
        "processing": [
            {
                "stage": cost.stage,
                "model": cost.model,
                "wall_s": _round(cost.wall_s),
                "cpu_s": _round(cost.cpu_s),
            }
            for cost in transcript.stages
        ],
        "dropped": dict(transcript.dropped),
        "voices_alike": transcript.voices_alike,
        "sound_notes": [
            {"kind": note.kind, "channel": note.channel, "at_s": _round(note.at_s)}
            for note in transcript.sound_notes
        ],
    }


def _speaker(speaker: Speaker) -> Json:
    return {
        "id": speaker.id,
        "role": speaker.role,
        "channel": speaker.channel,
        "confidence": _round(speaker.confidence),
        "estimated": speaker.estimated,
    }


def _turn(turn: Turn, estimated: bool) -> Json:
    return {
        "speaker": turn.speaker,
        "role": turn.role,
        **_span(turn.start_s, turn.end_s),
        "text": turn.text,
        "language": turn.language,
        "confidence": _round(turn.confidence),
        "speaker_confidence": _round(turn.speaker_confidence),
        "overlap": turn.overlap_s > 0,
        "overlap_s": _round(turn.overlap_s),
        "estimated": estimated,
        "sentiment": _turn_sentiment(turn),
        "hits": [
            {
                "list": hit.list,
                "phrase": hit.phrase,
                **_span(hit.start_s, hit.end_s),
                "near": hit.near,
            }
            for hit in turn.hits
        ],
        "words": [
            {
                "text": word.text,
                **_span(word.start_s, word.end_s),
                "confidence": round(word.confidence, 3),
            }
            for word in turn.words
        ],
    }


def _turn_sentiment(turn: Turn) -> Json | None:
    if turn.sentiment is None:
        return None
    return {
        "label": turn.sentiment.label,
        "negative": round(turn.sentiment.negative, 4),
        "neutral": round(turn.sentiment.neutral, 4),
        "positive": round(turn.sentiment.positive, 4),
    }


def _sentiment(sentiment: SpeakerSentiment | None) -> Json | None:
    if sentiment is None:
        return None
    return {
        "score": round(sentiment.score, 3),
        "quarters": [_round(value) for value in sentiment.quarters],
        "shift": _round(sentiment.shift),
    }


def _stretches(stretches: Stretches) -> Json:
    return {
        "count": stretches.count,
        "total_s": _round(stretches.total_s),
        "longest_s": _round(stretches.longest_s),
        "instances": _intervals(stretches.instances),
    }


def _intervals(intervals: Sequence[Interval]) -> list[Json]:
    return [_span(interval.start_s, interval.end_s) for interval in intervals]


def _span(start_s: float, end_s: float) -> Json:
    return {"start_s": _round(start_s), "end_s": _round(end_s)}


def _rounded(values: Mapping[Role, float], digits: int = 3) -> Json:
    return {role: round(value, digits) for role, value in values.items()}


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
