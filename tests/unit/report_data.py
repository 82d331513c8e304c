"""A rich coaching report for tests: five calls, awkward names, Korean, an auto-fail."""

from dataclasses import replace

from callreview.config.shipped import shipped_scorecards
from callreview.domain.annotation import Comment
from callreview.domain.call import CallSummary
from callreview.domain.evaluation import Answer, Evaluation, Evidence, score_evaluation
from callreview.domain.scorecard import Scorecard
from callreview.domain.sentiment import SpeakerSentiment
from callreview.domain.talk_metrics import Interval, Stretches, TalkMetrics
from callreview.reports.coaching_data import CoachedCall, CoachingData

LONG_NAME = "Bartholomäus Konstantin Freiherr von und zu Hohenstein-Württemberg-Lichtenberg"
SCRIPT = '<script>alert("x")</script> & <b>bold</b> $a_1$ {{ 7*7 }}'
MODELS = {"speech": "whisper-base", "sentiment": "callreview-sentiment 1"}


def scorecard(name: str = "inbound_service") -> Scorecard:
    return next(card for card in shipped_scorecards() if card.name == name)


def evaluation(
    call_id: int,
    values: dict[str, float | None],
    evidence: dict[str, tuple[Evidence, ...]] | None = None,
    notes: dict[str, str] | None = None,
    card: Scorecard | None = None,
) -> Evaluation:
    """An evaluation with full marks except for `values`."""
    card = card or scorecard()
    answers = tuple(
        Answer(
            question.key,
            values.get(question.key, None if question.bonus else 1.0),
            (notes or {}).get(question.key, ""),
            (evidence or {}).get(question.key, ()),
        )
        for question in card.questions
    )
    return Evaluation(
        id=call_id,
        call_id=call_id,
        scorecard=card,
        reviewer="Rosa Lind" if call_id % 2 else "박서준",
        status="final",
        created_at="2025-03-10T09:00:00",
        finished_at="2025-03-10T09:20:00",
        answers=answers,
        score=score_evaluation(card, answers),
    )


def summary(
    call_id: int, reference: str, started_at: str, scored: Evaluation | None
) -> CallSummary:
    return CallSummary(
        id=call_id,
        reference=reference,
        started_at=started_at,
        agent="Chris L.",
        customer=f"C-{call_id:05d}",
        duration_s=75.0 + 61.7 * call_id,
        queue="Returns",
        direction="inbound",
        outcome="Refunded",
        campaign="",
        team="Blue",
        language="en",
        status="processed",
        channels=2,
        sentiment=-1.2,
        score=scored.score.final if scored else None,
        scorecard=scored.scorecard.name if scored else "",
        failed=bool(scored and scored.score.form_failed),
        problem="",
    )


def metrics(agent_share: float, estimated: bool = False) -> TalkMetrics:
    silence = tuple(Interval(20.0 * n, 20.0 * n + 4.2) for n in range(1, 4))
    return TalkMetrics(
        talk_s={"agent": 100 * agent_share, "customer": 100 * (1 - agent_share)},
        talk_share={"agent": agent_share, "customer": 1 - agent_share},
        talk_share_of_call={"agent": agent_share * 0.8, "customer": (1 - agent_share) * 0.8},
        dead_air=Stretches(3, 12.6, 4.2, silence),
        overtalk=Stretches(1, 0.8, 0.8, (Interval(8.0, 8.8),)),
        interruptions={"agent": (Interval(8.0, 8.8),), "customer": ()},
        words_per_minute={"agent": 161.4, "customer": 143.0},
        response_time_s=0.7,
        longest_monologue_s={"agent": 31.0, "customer": 22.0},
        questions={"agent": 7, "customer": 3},
        turns_per_minute=8.1,
        estimated=estimated,
    )


def course(*quarters: float | None) -> SpeakerSentiment:
    first, second, third, fourth = quarters
    shift = None if first is None or fourth is None else fourth - first
    return SpeakerSentiment(0.4, (first, second, third, fourth), shift)


def _calls() -> tuple[CoachedCall, ...]:
    refund = evaluation(
        1,
        {"empathy": 0.5, "summary_next_steps": 0.0, "hold_announced": 0.0, "further_help": 0.0},
        {
            "empathy": (Evidence(41.2, 47.9, "I see. Can you give me the order number first?"),),
            "summary_next_steps": (Evidence(128.0, 133.5, "Okay, that is all done. Bye."),),
            "greeting": (Evidence(0.4, 6.1, "Good morning, Larkfield Home, Chris speaking."),),
            "solution": (Evidence(88.0, 97.0, "I have refunded the full amount to your account."),),
        },
        {"empathy": "The customer was close to tears here. Name the feeling before the number."},
    )
    markup = evaluation(
        2,
        {"summary_next_steps": 0.5, "active_listening": 0.75},
        {
            "summary_next_steps": (Evidence(61.0, 64.4, SCRIPT),),
            "active_listening": (Evidence(12.0, 15.0, ""),),
        },
        {"summary_next_steps": SCRIPT, "active_listening": "   "},
    )
    failed = evaluation(
        3,
        {"payment_data_protected": 0.0, "identity_verified": 0.0},
        {
            "payment_data_protected": (
                Evidence(70.5, 79.0, "Just read me the whole card number and the code, please."),
            )
        },
        {"payment_data_protected": "The recording was not paused."},
    )
    korean = evaluation(
        4,
        {"empathy": 0.0, "summary_next_steps": 0.0},
        {
            "empathy": (Evidence(33.0, 39.5, "네, 그건 저희가 어떻게 해 드릴 수가 없고요."),),
            "solution": (Evidence(80.0, 86.0, "오늘 안으로 환불 처리해 드리겠습니다."),),
        },
        {
            "empathy": "고객의 불편을 먼저 인정해 주세요. “많이 불편하셨겠습니다” 한마디면 충분합니다."
        },
    )
    scored = [refund, markup, failed, korean, None]
    references = ["S01-refund-complaint", "A<b>-2</b>", "S05-card-payment", "K01-환불-불만"]
    references.append("a-very-long-reference-7f3a9c52-1b7e-4d0e-9a53-0f4a1b2c3d4e5f6a7b8c9d0e")
    courses = [
        (-3.1, -2.0, 0.4, 1.8),
        (0.2, 0.0, None, 0.9),
        (0.5, -0.6, -1.8, -2.9),
        (-2.4, -2.2, -1.0, 0.3),
        (None, 0.4, 0.9, 1.2),
    ]
    return tuple(
        CoachedCall(
            summary(n, references[n - 1], f"2025-02-{17 + n:02d}T09:4{n}:00", scored[n - 1]),
            scored[n - 1],
            {"customer": course(*courses[n - 1]), "agent": course(0.4, 0.6, 0.2, 1.1)},
            metrics(0.38 + 0.08 * n, estimated=n == 5),
            models=MODELS,
            synthetic=n in (1, 4),
        )
        for n in range(1, 6)
    )


def rich_data() -> CoachingData:
    """Five calls: four scored (one failed), one not reviewed."""
    first, *others = _calls()
    comments = (
        Comment(1, 1, 44.0, 48.0, f"Good recovery here. {SCRIPT}", "Rosa Lind", "2025-03-10"),
        Comment(2, 1, 12.0, 12.0, "목소리가 차분하고 좋습니다.", "", "2025-03-10"),
    )
    return CoachingData(
        agent="Chris L.",
        calls=(*others, replace(first, comments=comments)),
        made_at="2025-03-11T14:05:00",
        team="Blue",
        team_scores=(81.0, 77.5, 92.0),
        program="CallReview 0.1.0",
    )


def one_call() -> CoachingData:
    """A single reviewed call."""
    data = rich_data()
    return replace(data, calls=data.calls[-1:])


def many_calls(count: int = 24) -> CoachingData:
    """Enough calls for a trend and a comparison."""
    calls = tuple(
        CoachedCall(
            replace(
                summary(
                    n, f"C-{n:04d}", f"2025-{1 + n // 28:02d}-{1 + n % 28:02d}T10:00:00", scored
                )
            ),
            scored,
            {"customer": course(-1.0, 0.0, 0.5, n / 10), "agent": course(0.0, 0.1, 0.2, 0.3)},
            metrics(0.5),
        )
        for n in range(count)
        for scored in [evaluation(n, {"empathy": 0.5 if n % 3 else 1.0, "solution": n % 2 / 1})]
    )
    return replace(rich_data(), calls=calls, team_scores=tuple(60.0 + n for n in range(30)))
