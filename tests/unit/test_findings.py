"""Promises, complaints, questions, mentions and purchases given up are found, with their words."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callreview.analysis.findings.complaints import find_complaints
from callreview.analysis.findings.find import find_findings
from callreview.analysis.findings.mentions import find_mentions
from callreview.analysis.findings.promises import find_promises
from callreview.analysis.findings.purchases import find_purchases_given_up
from callreview.analysis.findings.questions_answered import find_questions
from callreview.analysis.findings.rules import load_rules
from callreview.analysis.findings.signs import Signs, signs_file
from callreview.analysis.settings import AnalysisSettings
from callreview.analysis.statements import statements_of
from callreview.analysis.thresholds import THRESHOLDS, sure_enough
from callreview.analysis.topics.text_encoder import shipped_encoder
from callreview.domain.finding import Finding
from callreview.domain.transcript import Hit, Role, Transcript, Turn, Word
from callreview.exchange.finding_json import words_of
from tests.unit.dialogues import labelled, spoken, transcript_of, turns_of

ODD = ["", " ", "🙂 🙂", "مرحبا كيف الحال", "הזמנה שלי", "a" * 2000, "(.*)[", "{when}", "\udcff"]


def promises(turns: Sequence[Turn]) -> list[Finding]:
    statements = statements_of(turns)
    return find_promises(statements, Signs(statements))


def complaints(turns: Sequence[Turn]) -> list[Finding]:
    statements = statements_of(turns)
    return find_complaints(statements, Signs(statements))


def questions(turns: Sequence[Turn]) -> list[Finding]:
    statements = statements_of(turns)
    return find_questions(statements, Signs(statements))


def purchases(turns: Sequence[Turn]) -> list[Finding]:
    statements = statements_of(turns)
    return find_purchases_given_up(statements, Signs(statements))


def found_in(lines: list[tuple[Role, str]]) -> list[Finding]:
    turns = turns_of(lines)
    return [*promises(turns), *complaints(turns), *questions(turns), *purchases(turns)]


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("name", ["promise", "complaint"])
def test_labelled_turns_that_nothing_was_learnt_from_are_right(name: str, language: str) -> None:
    find = promises if name == "promise" else complaints
    results = []
    for row in labelled(f"{name}.{language}")[1::2]:
        found = [one for one in find(turns_of([(row[1], row[2])])) if sure_enough(one)]
        results.append((row[0] == "yes", bool(found)))
    right = sum(wanted and got for wanted, got in results)
    assert right / sum(got for _wanted, got in results) >= 0.75
    assert right / sum(wanted for wanted, _got in results) >= 0.9


@pytest.mark.parametrize("language", ["en", "ko"])
def test_labelled_offers_that_nothing_was_learnt_from_are_right(language: str) -> None:
    results = []
    for wanted, _reason, offer, answer in labelled(f"purchase.{language}")[1::2]:
        found = purchases(turns_of([("agent", offer), ("customer", answer)]))
        results.append((wanted == "yes", bool(found)))
    right = sum(wanted and got for wanted, got in results)
    assert right / sum(got for _wanted, got in results) >= 0.75
    assert right / sum(wanted for wanted, _got in results) >= 0.9


@pytest.mark.parametrize("language", ["en", "ko"])
def test_questions_are_answered_not_answered_or_unclear(language: str) -> None:
    rows = labelled(f"questions.{language}")
    right = 0
    for wanted, asked, rest in rows:
        lines: list[tuple[Role, str]] = [("customer", asked), *spoken(rest)]
        found = questions(turns_of(lines))
        right += bool(found) and found[0].details["answered"] == wanted
    assert right / len(rows) >= 0.9


def test_a_promise_says_who_what_and_when_in_the_words_of_the_call() -> None:
    lines: list[tuple[Role, str]] = [
        ("customer", "It is broken."),
        ("agent", "I am sorry. I will call you back tomorrow morning."),
    ]
    (promise,) = promises(turns_of(lines))
    assert (promise.turn, promise.first_word, promise.last_word) == (1, 3, 9)
    assert dict(promise.details) == {
        "who": "agent",
        "what": "I will call you back tomorrow morning",
        "when": "tomorrow morning",
    }
    call = transcript_of(lines)
    assert words_of(promise, call) == "I will call you back tomorrow morning."
    assert promise.start_s == call.turns[1].words[3].start_s


def test_a_promise_that_somebody_reports_or_asks_for_is_none() -> None:
    assert not promises(
        turns_of(
            [
                ("customer", "Your colleague said he will call me back tomorrow."),
                ("customer", "Will you send me a confirmation?"),
                ("agent", "I will not be able to send you a refund."),
            ]
        )
    )


def test_what_only_one_role_can_say_counts_less_where_roles_are_unknown() -> None:
    sure = promises(turns_of([("agent", "I will call you back tomorrow.")]))
    unsure = promises(turns_of([("unknown", "I will call you back tomorrow.")]))
    assert unsure[0].confidence < sure[0].confidence
    assert not complaints(turns_of([("agent", "This is unacceptable.")]))


def test_a_sale_that_is_made_after_all_is_not_given_up() -> None:
    lines: list[tuple[Role, str]] = [
        ("agent", "I can offer you our large plan for forty dollars a month."),
        ("customer", "That is too expensive for me."),
        ("agent", "I can offer you the first three months for twenty dollars."),
    ]
    (given_up,) = purchases(turns_of(lines))
    assert (given_up.label, given_up.details["why"]) == ("price", "That is too expensive for me.")
    lines.append(("customer", "Okay, I will take it."))
    assert not purchases(turns_of(lines))


def test_products_are_found_as_whole_words_and_with_korean_endings() -> None:
    turns = turns_of(
        [
            ("customer", "My AirCube Pro is broken, the air cube pro."),
            ("agent", "The AirCube Pro, or the AirCubes?"),
            ("customer", "에어큐브를 샀어요."),
        ]
    )
    found = find_mentions(turns, statements_of(turns), ("AirCube Pro", "에어큐브", "Cub"))
    assert [(one.label, one.role, one.turn) for one in found] == [
        ("AirCube Pro", "customer", 0),
        ("AirCube Pro", "agent", 1),
        ("에어큐브", "customer", 2),
    ]


def test_competitors_are_the_hits_of_the_list_of_that_name() -> None:
    turn = turns_of([("customer", "Northline is cheaper")])[0]
    word = turn.words[0]
    hit = Hit("competitor", "Northline", word.start_s, word.end_s, 0, 9)
    turns = (Turn("c", "customer", turn.start_s, turn.end_s, turn.words, hits=(hit,)),)
    (found,) = find_mentions(turns, (), ())
    assert (found.label, found.details["what"], found.first_word) == ("Northline", "competitor", 0)


def test_a_competitor_is_called_as_it_was_said_not_by_the_pattern_that_found_it() -> None:
    turn = turns_of([("customer", "Another company is cheaper")])[0]
    end_s = turn.words[1].end_s
    hit = Hit("competitor", "another provider|company", turn.start_s, end_s, 0, 15)
    turns = (Turn("c", "customer", turn.start_s, turn.end_s, turn.words, hits=(hit,)),)
    (found,) = find_mentions(turns, (), ())
    assert found.label == "Another company"


def test_findings_are_in_order_of_time_and_above_their_threshold() -> None:
    call = transcript_of(
        [
            ("agent", "How can I help?"),
            ("customer", "This is the third time I am calling. When will it be fixed?"),
            ("agent", "I will call you back tomorrow."),
        ]
    )
    found = find_findings(call, 60.0, AnalysisSettings())
    assert {"complaint", "question", "promise"} <= {one.kind for one in found}
    assert [one.start_s for one in found] == sorted(one.start_s for one in found)
    assert all(one.confidence >= THRESHOLDS.get(one.kind, 0.0) for one in found)


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_are_no_problem(text: str) -> None:
    call = transcript_of([("customer", text), ("agent", text)])
    find_findings(call, 10.0, AnalysisSettings(products=("(.*)[", "🙂")))


def test_a_turn_of_five_thousand_words_and_a_call_without_turns_are_no_problem() -> None:
    long = " ".join(["I will call you back tomorrow and this is unacceptable 네"] * 500)
    found = find_findings(transcript_of([("customer", long)]), 2000.0, AnalysisSettings())
    assert {"promise", "complaint"} <= {one.kind for one in found}
    assert find_findings(Transcript("", (), (), {}), 0.0, AnalysisSettings()) == ()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["agent", "customer", "unknown"]),
            st.lists(
                st.sampled_from(
                    [
                        "I",
                        "will",
                        "call",
                        "you",
                        "back",
                        "tomorrow",
                        "내일",
                        "전화드리겠습니다",
                        "no",
                        "thanks",
                        "?",
                        "when",
                        ".",
                        "third",
                        "time",
                        "calling",
                        "환불",
                        "비싸요",
                        "I'm",
                        "not",
                        "happy",
                        "Mr.",
                        "네",
                    ]
                ),
                max_size=12,
            ).map(" ".join),
        ),
        max_size=6,
    )
)
def test_words_of_findings_are_in_their_turn(lines: list[tuple[Role, str]]) -> None:
    turns = turns_of(lines)
    for one in found_in(lines):
        assert one.turn is not None and one.first_word is not None and one.last_word is not None
        words = turns[one.turn].words
        assert 0 <= one.first_word <= one.last_word < len(words)
        assert one.start_s == words[one.first_word].start_s
        assert one.end_s == words[one.last_word].end_s


def test_words_that_recognisers_split_are_found_too() -> None:
    texts = [("제가", True), (" 내일", True), ("다시", True), ("전화", True), ("드리", False)]
    texts += [("겠", False), ("습니다.", False)]
    words = tuple(
        Word(text.strip(), n * 0.3, n * 0.3 + 0.3, 1.0, space)
        for n, (text, space) in enumerate(texts)
    )
    (promise,) = promises([Turn("a", "agent", 0.0, 2.1, words)])
    assert promise.details["what"] == "제가 내일 다시 전화드리겠습니다"
    assert promise.details["when"] == "내일"


@pytest.mark.parametrize("kind", ["promise", "complaint", "purchase", "question"])
def test_every_file_of_rules_can_be_read(kind: str) -> None:
    rules = load_rules(kind)
    assert {rule.hangul for rule in rules} == {True, False}
    assert all(0 < rule.confidence <= 1 for rule in rules)
    for pattern in {pattern for rule in rules for pattern in (rule.say, rule.unless, rule.times)}:
        assert pattern is None or pattern.compiled.search("nothing") is None


@pytest.mark.parametrize(
    ("find", "role", "text"),
    [
        (promises, "agent", "leave it with me and I'll ring round the depots this afternoon"),
        (promises, "customer", "내일 출근해서 서류 찾아가지고 팩스로 넣을게요"),
        (complaints, "customer", "the sofa came with three legs and a torn cushion"),
        (complaints, "customer", "기사님이 오신다던 날 하루 종일 기다렸는데 아무도 안 오셨어요"),
        (questions, "customer", "and is the deposit something i get back at the end"),
        (
            purchases,
            "customer",
            "no that's above what we put aside for a kitchen so we'll leave it",
        ),
    ],
)
def test_what_no_pattern_foresaw_is_found_too(find, role: Role, text: str) -> None:
    assert find(turns_of([(role, text)]))
    assert not find(turns_of([(role, "okay my account number is four five six seven")]))


def test_the_classifiers_were_trained_with_the_encoder_that_comes_with_them() -> None:
    with np.load(signs_file()) as stored:
        assert str(stored["encoder"]) == shipped_encoder().version
