"""A small form and evaluations of it."""

from callreview.domain.evaluation import Answer, Evaluation, Evidence, score_evaluation
from callreview.domain.scorecard import Option, Question, Scorecard, Section

YES_NO = (
    Option(1.0, {"en": "Yes", "ko": "예"}),
    Option(0.0, {"en": "No", "ko": "아니요"}),
)
DEGREES = (
    Option(1.0, {"en": "Fully"}),
    Option(0.5, {"en": "Partly"}),
    Option(0.0, {"en": "Not at all"}),
)

CARD = Scorecard(
    "service",
    2,
    {"en": "Service", "ko": "응대"},
    "points",
    (
        Section(
            "opening",
            {"en": "Opening", "ko": "첫인사"},
            1.0,
            (
                Question(
                    "greeting",
                    {"en": "Did the agent greet?", "ko": "인사했습니까?"},
                    {"en": "Name and company."},
                    YES_NO,
                ),
                Question("tone", {"en": "Was the tone <b>kind</b> & calm?"}, {}, DEGREES),
            ),
        ),
        Section(
            "duties",
            {"en": "Duties"},
            1.0,
            (
                Question(
                    "identity",
                    {"en": "Was the identity checked?"},
                    {},
                    YES_NO,
                    allows_na=False,
                    auto_fail="form",
                    critical=True,
                ),
            ),
        ),
    ),
)

OTHER_CARD = Scorecard("sales", 1, {"en": "Sales"}, "normalised", CARD.sections[:1])

PIECE = Evidence(28.0, 30.4, "I want my money back.")


def evaluation(*answers: Answer, status="draft", card=CARD, number=3) -> Evaluation:
    """An evaluation with these answers and the score that follows."""
    return Evaluation(
        number,
        7,
        card,
        "Dana",
        status,
        "2026-03-02T10:00:00",
        "",
        answers,
        score_evaluation(card, answers),
    )


COMPLETE = (Answer("greeting", 1.0), Answer("tone", 0.5), Answer("identity", 1.0))
