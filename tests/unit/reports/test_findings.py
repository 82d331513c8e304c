from dataclasses import replace

import pytest

from callreview.domain.evaluation import Evidence
from callreview.reports.coaching_data import CoachedCall, CoachingData
from callreview.reports.findings import verdict
from callreview.reports.gathering import find
from tests.unit.report_data import evaluation, many_calls, rich_data, scorecard, summary


def data_of(*evaluations: object) -> CoachingData:
    calls = tuple(
        CoachedCall(summary(n, f"C{n}", f"2025-02-{n:02d}", None), scored)  # type: ignore[arg-type]
        for n, scored in enumerate(evaluations, 1)
    )
    return CoachingData("Kim", calls, "2025-03-01")


def test_only_finished_evaluations_count() -> None:
    final = evaluation(1, {"empathy": 0.0})
    findings = find(data_of(final, replace(final, status="draft"), None))
    assert findings.scores == (final.score.final,)
    assert [call.summary.reference for call in findings.reviewed] == ["C1"]


def test_calls_are_in_order_of_their_dates() -> None:
    findings = find(rich_data())
    dates = [call.summary.started_at for call in findings.reviewed]
    assert dates == sorted(dates)


def test_not_applicable_is_on_neither_side_of_a_question() -> None:
    findings = find(data_of(evaluation(1, {"empathy": 0.5}), evaluation(2, {"empathy": None})))
    empathy = next(q for q in findings.questions if q.question.key == "empathy")
    assert (empathy.percent, empathy.calls, empathy.lost) == (50.0, 1, 1.0)


def test_a_question_that_failed_a_call_comes_first_though_others_lost_more() -> None:
    findings = find(
        data_of(
            *(evaluation(n, {"solution": 0.0}) for n in range(1, 8)),
            evaluation(8, {"payment_data_protected": 0.0}),
        )
    )
    keys = [item.question.key for item in findings.work_on]
    assert keys == ["payment_data_protected", "solution"]
    assert findings.work_on[0].failed == ("C8",)
    assert "payment_data_protected" not in [q.question.key for q in findings.strengths]


def test_a_failed_form_names_its_cause_and_leaves_other_sections_their_scores() -> None:
    findings = find(data_of(evaluation(1, {"payment_data_protected": 0.0})))
    (failed,) = findings.failed
    assert (failed.form, [q.key for q in failed.causes]) == (True, ["payment_data_protected"])
    assert failed.raw is not None
    assert failed.raw > 0
    by_key = {item.section.key: item for item in findings.sections}
    assert (by_key["opening"].percent, by_key["opening"].verdict) == (100.0, "strength")
    assert by_key["verification"].verdict == "failed"


def test_a_failed_section_is_told_apart_from_a_failed_form() -> None:
    (failed,) = find(data_of(evaluation(1, {"identity_verified": 0.0}))).failed
    assert (failed.form, failed.reference) == (False, "C1")


def test_quotes_of_a_weakness_come_only_from_answers_that_lost_points() -> None:
    quote = {"empathy": (Evidence(3.0, 5.0, "words"),)}
    findings = find(
        data_of(
            evaluation(1, {"empathy": 1.0}, quote),
            evaluation(2, {"empathy": 0.0}, quote),
            evaluation(3, {"empathy": 0.5}, quote),
        )
    )
    empathy = next(q for q in findings.work_on if q.question.key == "empathy")
    assert [q.reference for q in empathy.quotes] == ["C2", "C3"]


def test_an_empty_note_is_no_note() -> None:
    findings = find(data_of(evaluation(1, {"empathy": 0.0}, notes={"empathy": "  \n"})))
    assert findings.work_on[0].notes == ()


def test_forms_are_never_mixed() -> None:
    sales = evaluation(2, {"rapport": 0.25}, card=scorecard("sales"))
    findings = find(data_of(evaluation(1, {}), sales))
    openings = [item for item in findings.sections if item.section.key == "opening"]
    assert findings.several_scorecards
    assert {item.scorecard.name for item in openings} == {"inbound_service", "sales"}
    assert all(item.calls == 1 for item in openings)


def test_two_versions_of_a_form_are_one_form_in_its_newest_wording() -> None:
    newer = evaluation(2, {}, card=replace(scorecard(), version=2))
    findings = find(data_of(evaluation(1, {}), newer))
    assert not findings.several_scorecards
    assert [card.version for card in findings.scorecards] == [1, 2]
    assert {(item.calls, item.scorecard.version) for item in findings.sections} == {(2, 2)}


def test_ten_scores_are_enough_for_a_trend_and_nine_are_not() -> None:
    assert not find(many_calls(9)).enough
    assert find(many_calls(10)).enough


def test_the_change_is_the_later_half_against_the_earlier() -> None:
    bad, good = evaluation(1, {"solution": 0.0}), evaluation(2, {})
    findings = find(data_of(bad, bad, good, good, good))
    assert findings.change == pytest.approx(findings.scores[-1] - findings.scores[0])


@pytest.mark.parametrize(
    ("percent", "expected"),
    [
        (100.0, "strength"),
        (85.0, "strength"),
        (84.99, "between"),
        (70.0, "between"),
        (69.9, "work"),
    ],
)
def test_the_limits_of_strength_and_weakness_are_as_published(
    percent: float, expected: str
) -> None:
    assert verdict(percent) == expected
