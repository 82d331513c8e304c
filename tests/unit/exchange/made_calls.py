"""Calls, transcripts and evaluations from which the tests of this folder start."""

from callreview.domain.call import CallMetadata, CallSummary
from callreview.domain.evaluation import Answer, Evaluation, Evidence, score_evaluation
from callreview.domain.scorecard import Option, Question, Scorecard, Section
from callreview.domain.sentiment import SpeakerSentiment, TurnSentiment
from callreview.domain.talk_metrics import Interval, Stretches, TalkMetrics
from callreview.domain.transcript import Hit, MaskedSpan, Role, Speaker, Transcript, Turn, Word

YES_NO = (Option(1.0, {"en": "Yes", "ko": "예"}), Option(0.0, {"en": "No", "ko": "아니오"}))


def question(key: str, text: str, **options: object) -> Question:
    return Question(key, {"en": text}, {"en": f"How to {text.lower()}"}, YES_NO, **options)  # type: ignore[arg-type]


SCORECARD = Scorecard(
    name="service",
    version=2,
    title={"en": "Service", "ko": "서비스"},
    mode="points",
    sections=(
        Section("opening", {"en": "Opening", "ko": "인사"}, 40.0, (question("greet", "Greets"),)),
        Section(
            "duty",
            {"en": "Duty", "ko": "의무"},
            60.0,
            (
                question("verify", "Verifies", auto_fail="form", critical=True),
                question("solve", "Solves"),
            ),
        ),
    ),
)


def evaluation(**values: float | None) -> Evaluation:
    answers = tuple(
        Answer(key, value, f"note on {key}", (Evidence(1.0, 2.5, "the words"),))
        for key, value in values.items()
    )
    return Evaluation(
        id=9,
        call_id=1,
        scorecard=SCORECARD,
        reviewer="Ro",
        status="final",
        created_at="2025-03-01T10:00:00",
        finished_at="2025-03-01T10:05:00",
        answers=answers,
        score=score_evaluation(SCORECARD, answers),
    )


def summary(**changes: object) -> CallSummary:
    values: dict[str, object] = {
        **{"id": 1, "reference": "A-1", "started_at": "2025-02-19T06:01:22", "agent": "Kim"},
        **{"customer": "C9", "duration_s": 61.25, "queue": "Refunds", "direction": "inbound"},
        **{"outcome": "resolved", "campaign": "", "team": "Blue", "language": "en"},
        **{"status": "processed", "channels": 2, "sentiment": -1.5, "score": 70.0},
        **{"scorecard": "service", "failed": False, "problem": ""},
    }
    return CallSummary(**(values | changes))  # type: ignore[arg-type]


METRICS = TalkMetrics(
    talk_s={"agent": 30.0, "customer": 10.0},
    talk_share={"agent": 0.75, "customer": 0.25},
    talk_share_of_call={"agent": 0.5, "customer": 0.1666},
    dead_air=Stretches(1, 4.25, 4.25, (Interval(10.0, 14.25),)),
    overtalk=Stretches(0, 0.0, 0.0, ()),
    interruptions={"agent": (Interval(20.0, 21.0),), "customer": ()},
    words_per_minute={"agent": 151.04, "customer": 120.0},
    response_time_s=0.8,
    longest_monologue_s={"agent": 12.0, "customer": 5.0},
    questions={"agent": 2, "customer": 1},
    turns_per_minute=6.0,
)
SENTIMENT = SpeakerSentiment(-1.5, (-3.0, None, 0.0, 1.5), 4.5)


def words(text: str, start_s: float = 0.0, step_s: float = 0.4) -> tuple[Word, ...]:
    return tuple(
        Word(part, start_s + i * step_s, start_s + (i + 1) * step_s, 0.9)
        for i, part in enumerate(text.split())
    )


def turn(role: Role, text: str, start_s: float, step_s: float = 0.4) -> Turn:
    said = words(text, start_s, step_s)
    return Turn(role, role, start_s, said[-1].end_s, said, "en")


def transcript(*turns: Turn) -> Transcript:
    return Transcript(
        "en",
        (Speaker("agent", "agent", 0), Speaker("customer", "customer", 1)),
        turns,
        {"speech": "whisper-base", "sentiment": "own-1"},
        (MaskedSpan("card", 5.0, 6.0),),
    )


FEELING = TurnSentiment("negative", 0.8, 0.15, 0.05)
HIT = Hit("complaints", "refund", 0.4, 0.8, 2, 8)
METADATA = CallMetadata("A-1", "Kim", "2025-02-19T06:01:22", csat=4.0, extra={"shift": "late"})
