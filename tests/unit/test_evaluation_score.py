"""The arithmetic of scores: the published worked case, fails, bonus, N/A, and what never happens."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from callreview.domain.evaluation import Answer, score_evaluation
from callreview.domain.scorecard import Option, Question, Scorecard, ScoringMode, Section

YES_NO = (Option(1.0, {"en": "Yes"}), Option(0.0, {"en": "No"}))


def question(key: str, **rule: Any) -> Question:
    return Question(key, {"en": key}, {"en": key}, YES_NO, **rule)


def section(key: str, weight: float, *questions: Question) -> Section:
    return Section(key, {"en": key}, weight, questions)


def form(mode: ScoringMode, *sections: Section) -> Scorecard:
    return Scorecard("form", 1, {"en": "Form"}, mode, sections)


def answers(**values: float | None) -> list[Answer]:
    return [Answer(key, value) for key, value in values.items()]


def two_sections(mode: ScoringMode, **rule: Any) -> Scorecard:
    first = section("a", 40, question("a1"), question("a2", **rule))
    return form(mode, first, section("b", 20, question("b1", critical=True)))


@pytest.mark.parametrize(("mode", "expected"), [("points", 60.0), ("normalised", 200 / 3)])
def test_the_worked_case_of_the_definitions(mode: ScoringMode, expected: float) -> None:
    score = score_evaluation(two_sections(mode), answers(a1=1, a2=0, b1=1))
    assert score.raw == score.final == pytest.approx(expected)
    assert [s.final for s in score.sections] == [50.0, 100.0]


@pytest.mark.parametrize(("mode", "expected"), [("points", 200.0), ("normalised", 500 / 3)])
def test_a_bonus_can_lift_a_score_over_100_percent(mode: ScoringMode, expected: float) -> None:
    card = two_sections(mode, bonus=True)
    score = score_evaluation(card, answers(a1=1, a2=1, b1=1))
    assert score.final == pytest.approx({"points": 100 * 100 / 60, "normalised": 500 / 3}[mode])
    assert score.sections[0].final == 200.0


def test_a_bonus_that_was_not_earned_costs_nothing() -> None:
    for mode in ("points", "normalised"):
        card = two_sections(mode, bonus=True)
        assert score_evaluation(card, answers(a1=1, a2=0, b1=1)).final == 100.0


def test_a_failed_section_earns_nothing_but_stays_in_the_sum() -> None:
    card = two_sections("normalised", auto_fail="section")
    score = score_evaluation(card, answers(a1=1, a2=0, b1=1))
    assert score.raw == pytest.approx(200 / 3)
    assert score.final == pytest.approx(100 / 3)
    assert [s.raw for s in score.sections] == [50.0, 100.0]
    assert [s.final for s in score.sections] == [0.0, 100.0]
    assert score.fail_causes == ("a2",)
    assert not score.form_failed


def test_a_failed_form_is_zero_keeps_its_raw_score_and_names_the_cause() -> None:
    card = two_sections("points", auto_fail="form")
    score = score_evaluation(card, answers(a1=1, a2=0, b1=1))
    assert (score.raw, score.final, score.form_failed) == (60.0, 0.0, True)
    assert score.fail_causes == ("a2",)
    assert [s.final for s in score.sections] == [0.0, 0.0]


@pytest.mark.parametrize("value", [0.25, 1.0, None])
def test_only_the_value_zero_sets_off_an_auto_fail(value: float | None) -> None:
    card = two_sections("points", auto_fail="form")
    score = score_evaluation(card, answers(a1=1, a2=value, b1=1))
    assert (score.form_failed, score.fail_causes) == (False, ())


def test_an_unanswered_auto_fail_question_fails_nothing_and_is_listed() -> None:
    score = score_evaluation(two_sections("points", auto_fail="form"), answers(a1=1, b1=1))
    assert (score.final, score.unanswered) == (100.0, ("a2",))


def test_the_critical_score_counts_the_critical_questions_only() -> None:
    score = score_evaluation(two_sections("points"), answers(a1=1, a2=1, b1=0))
    assert (score.final, score.critical) == (80.0, 0.0)


def test_a_form_without_critical_questions_has_no_critical_score() -> None:
    card = form("points", section("a", 1, question("a1")))
    assert score_evaluation(card, answers(a1=1)).critical is None


def test_a_form_on_which_nothing_applied_has_no_score() -> None:
    for mode in ("points", "normalised"):
        score = score_evaluation(two_sections(mode), answers(a1=None, a2=None, b1=None))
        assert (score.raw, score.final, score.critical) == (None, None, None)
        assert [s.final for s in score.sections] == [None, None]
        assert score.unanswered == ()


def test_a_section_on_which_nothing_applied_gives_its_weight_to_the_others() -> None:
    score = score_evaluation(two_sections("normalised"), answers(a1=None, a2=None, b1=1))
    assert score.final == 100.0


# Coarse steps, as on real forms: the sums below are then exact enough to be compared.
steps = st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0])
values = st.none() | steps
weights = st.integers(1, 200).map(lambda n: n / 4)


@st.composite
def evaluations(draw: st.DrawFn, bonus: bool = False) -> tuple[Scorecard, list[Answer]]:
    sections, given_answers = [], []
    for number, size in enumerate(draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))):
        asked = [
            question(
                f"{number}.{n}",
                weight=draw(weights),
                critical=draw(st.booleans()),
                bonus=bonus and draw(st.booleans()),
                auto_fail=draw(st.sampled_from(["none", "none", "section", "form"])),
            )
            for n in range(size)
        ]
        sections.append(section(str(number), draw(weights), *asked))
        given_answers += [Answer(q.key, draw(values)) for q in asked if draw(st.booleans())]
    mode: ScoringMode = draw(st.sampled_from(["points", "normalised"]))
    return form(mode, *sections), given_answers


@given(evaluations())
def test_without_bonus_every_score_is_between_0_and_100(
    evaluation: tuple[Scorecard, list[Answer]],
) -> None:
    score = score_evaluation(*evaluation)
    parts = [value for s in score.sections for value in (s.raw, s.final)]
    for value in (score.raw, score.final, score.critical, *parts):
        assert value is None or 0 <= value <= 100


@given(evaluations(bonus=True))
def test_a_fail_never_raises_a_score(evaluation: tuple[Scorecard, list[Answer]]) -> None:
    score = score_evaluation(*evaluation)
    if score.raw is None:
        assert score.final in (None, 0.0)
    else:
        assert score.final is not None
        assert score.final <= score.raw
    if not score.fail_causes:
        assert score.final == score.raw


@given(evaluations(bonus=True))
def test_not_applicable_scores_like_not_asked(
    evaluation: tuple[Scorecard, list[Answer]],
) -> None:
    card, given_answers = evaluation
    applicable = [answer for answer in given_answers if answer.value is not None]
    assert replace(score_evaluation(card, applicable), unanswered=()) == replace(
        score_evaluation(card, given_answers), unanswered=()
    )


@given(evaluations(bonus=True), st.randoms(use_true_random=False))
def test_the_order_of_the_answers_does_not_matter(
    evaluation: tuple[Scorecard, list[Answer]], random: Any
) -> None:
    card, given_answers = evaluation
    shuffled = random.sample(given_answers, len(given_answers))
    assert score_evaluation(card, shuffled) == score_evaluation(card, given_answers)


@given(evaluations(bonus=True))
def test_the_order_of_the_sections_does_not_matter(
    evaluation: tuple[Scorecard, list[Answer]],
) -> None:
    card, given_answers = evaluation
    turned = replace(card, sections=card.sections[::-1])
    there, back = score_evaluation(card, given_answers), score_evaluation(turned, given_answers)
    assert back.final == (None if there.final is None else pytest.approx(there.final))
    assert back.critical == (None if there.critical is None else pytest.approx(there.critical))
    assert set(back.fail_causes) == set(there.fail_causes)


@given(evaluations(), st.data())
def test_a_better_answer_never_lowers_the_score(
    evaluation: tuple[Scorecard, list[Answer]], data: st.DataObject
) -> None:
    card, given_answers = evaluation
    scored = [answer for answer in given_answers if answer.value is not None]
    assume(scored)
    worse = data.draw(st.sampled_from(scored))
    better = [replace(a, value=1.0) if a == worse else a for a in given_answers]
    before, after = score_evaluation(card, given_answers), score_evaluation(card, better)
    assert before.final is not None
    assert after.final is not None
    assert after.final >= before.final - 1e-9
