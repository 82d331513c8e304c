"""Scorecards as plain data: what is refused, and that nothing changes on the way."""

import copy
import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callreview.config.shipped import read_scorecard, shipped_scorecards
from callreview.domain.errors import UserError
from callreview.domain.scorecard import Option, Question, Scorecard, Section
from callreview.domain.scorecard_form import parse_scorecard, scorecard_to_data

YES_NO = [{"value": 1, "label": {"en": "Yes"}}, {"value": 0, "label": {"en": "No"}}]


def form(**question: object) -> dict[str, Any]:
    asked = {"key": "greeting", "text": {"en": "?"}, "help": {"en": "!"}, "options": YES_NO}
    return copy.deepcopy(
        {
            "name": "form",
            "version": 1,
            "title": {"en": "Form"},
            "mode": "points",
            "sections": [
                {
                    "key": "opening",
                    "title": {"en": "Opening"},
                    "weight": 2,
                    "questions": [asked | question],
                }
            ],
        }
    )


words = st.text(min_size=1, max_size=8).filter(lambda text: bool(text.strip()))
wordings = st.fixed_dictionaries({"en": words}, optional={"ko": words})
weights = st.floats(0.01, 1e6)
value_lists = st.lists(st.floats(0, 1).map(abs), min_size=2, max_size=3, unique=True)


@st.composite
def questions(draw: st.DrawFn, key: str) -> Question:
    values = draw(value_lists)
    bonus = draw(st.booleans())
    may_fail = 0.0 in values and not bonus
    return Question(
        key=key,
        text=draw(wordings),
        help=draw(wordings),
        options=tuple(Option(value, draw(wordings)) for value in values),
        weight=draw(weights),
        allows_na=draw(st.booleans()),
        auto_fail=draw(st.sampled_from(["none", "section", "form"])) if may_fail else "none",
        critical=draw(st.booleans()),
        bonus=bonus,
    )


@st.composite
def scorecards(draw: st.DrawFn) -> Scorecard:
    sizes = draw(st.lists(st.integers(1, 2), min_size=1, max_size=2))
    return Scorecard(
        name=draw(words),
        version=draw(st.integers(1, 99)),
        title=draw(wordings),
        mode=draw(st.sampled_from(["points", "normalised"])),
        sections=tuple(
            Section(
                key=f"s{number}",
                title=draw(wordings),
                weight=draw(weights),
                questions=tuple(draw(questions(f"q{number}.{n}")) for n in range(size)),
            )
            for number, size in enumerate(sizes)
        ),
    )


@settings(max_examples=40)
@given(scorecards())
def test_a_scorecard_comes_back_equal_from_its_plain_data_and_from_json(card: Scorecard) -> None:
    data = scorecard_to_data(card)
    assert parse_scorecard(data) == card
    assert parse_scorecard(json.loads(json.dumps(data))) == card


@pytest.mark.parametrize(
    ("question", "complaint"),
    [
        ({"weight": 0}, "greeting.weight: must be more than 0"),
        ({"weight": -1}, "greeting.weight: must be more than 0, found -1"),
        ({"weight": math.inf}, "greeting.weight: a finite number"),
        ({"weight": "2"}, "greeting.weight: a number is needed, found '2'"),
        ({"weight": True}, "greeting.weight: a number is needed"),
        ({"options": YES_NO[:1]}, "greeting.options: at least two options"),
        ({"options": []}, "greeting.options: the list is empty"),
        ({"options": [*YES_NO, {"value": 1.5, "label": {"en": "x"}}]}, "from 0 to 1, found 1.5"),
        ({"options": [*YES_NO, YES_NO[0]]}, "greeting.options: 1.0 is used twice"),
        ({"options": "scale"}, "greeting.options: one of"),
        ({"options": 5}, "greeting.options: a list is needed"),
        ({"options": ["yes", "no"]}, "greeting.options.1: a table is needed"),
        ({"text": {"ko": "안녕"}}, "greeting.text.en: the English text is missing"),
        ({"text": "Hello?"}, "greeting.text: a table is needed"),
        ({"help": {"en": " "}}, "greeting.help.en: a text is needed"),
        ({"auto_fail": "all"}, "greeting.auto_fail: one of none, section, form"),
        ({"auto_fail": "form", "bonus": True}, "a bonus question cannot fail"),
        ({"critical": "yes"}, "greeting.critical: true or false is needed"),
        ({"auto_fial": "form"}, "greeting.auto_fial: this field is not known"),
        ({"key": 7}, "sections.opening.questions.1.key: a text is needed"),
    ],
)
def test_a_wrong_question_is_refused_with_its_place(
    question: dict[str, object], complaint: str
) -> None:
    with pytest.raises(UserError) as caught:
        parse_scorecard(form(**question))
    assert str(caught.value).startswith("sections.opening.questions.")
    assert complaint in str(caught.value)


def test_an_auto_fail_that_no_answer_can_set_off_is_refused() -> None:
    options = [{"value": 1, "label": {"en": "a"}}, {"value": 0.5, "label": {"en": "b"}}]
    with pytest.raises(UserError, match="nothing can set it off"):
        parse_scorecard(form(auto_fail="section", options=options))


@pytest.mark.parametrize("field", ["name", "version", "title", "mode", "sections"])
def test_a_missing_field_of_the_form_is_named(field: str) -> None:
    data = form()
    del data[field]
    with pytest.raises(UserError, match=f"^{field}: this field is missing"):
        parse_scorecard(data)


def test_a_question_key_may_not_be_used_in_two_sections() -> None:
    data = form()
    data["sections"].append(data["sections"][0] | {"key": "closing"})
    with pytest.raises(UserError, match="questions: greeting is used twice"):
        parse_scorecard(data)


def test_a_section_key_may_not_be_used_twice() -> None:
    data = form()
    data["sections"].append(form(key="other")["sections"][0])
    with pytest.raises(UserError, match="sections: opening is used twice"):
        parse_scorecard(data)


def test_a_named_list_of_options_serves_many_questions() -> None:
    data = form(options="yes_no") | {"options": {"yes_no": YES_NO}}
    assert parse_scorecard(data) == parse_scorecard(form())


def test_a_broken_scorecard_file_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('name = "mine"\nversion = \n', encoding="utf-8")
    with pytest.raises(UserError, match=r"mine\.toml.*line 2"):
        read_scorecard(path)


def test_a_wrong_field_of_a_scorecard_file_is_named_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('name = "mine"\nversion = "one"\n', encoding="utf-8")
    with pytest.raises(UserError, match=r"mine\.toml: (sections|version): "):
        read_scorecard(path)


def test_three_scorecards_ship() -> None:
    names = [card.name for card in shipped_scorecards()]
    assert names == ["collections_compliance", "inbound_service", "sales"]


@pytest.mark.parametrize("card", shipped_scorecards(), ids=lambda card: card.name)
def test_a_shipped_scorecard_is_a_complete_form_in_both_languages(card: Scorecard) -> None:
    assert 5 <= len(card.sections) <= 6
    assert 15 <= len(card.questions) <= 22
    wordings = [card.title, *(section.title for section in card.sections)]
    for question in card.questions:
        wordings += [question.text, question.help, *(option.label for option in question.options)]
    assert all({"en", "ko"} <= set(wording) for wording in wordings)
    assert {"section", "form"} <= {question.auto_fail for question in card.questions}
    assert any(question.bonus for question in card.questions)
    assert any(question.critical for question in card.questions)
    assert len({len(question.options) for question in card.questions}) > 1


@pytest.mark.parametrize("card", shipped_scorecards(), ids=lambda card: card.name)
def test_the_help_of_a_question_tells_when_it_does_not_apply(card: Scorecard) -> None:
    for question in card.questions:
        if not question.bonus:
            assert question.allows_na == ("N/A" in question.help["en"]), question.key
            assert question.allows_na == ("해당 없음" in question.help["ko"]), question.key


def test_the_points_of_the_sales_scorecard_add_up_to_a_hundred() -> None:
    sales = next(card for card in shipped_scorecards() if card.mode == "points")
    points = [
        section.weight * question.weight
        for section in sales.sections
        for question in section.questions
        if not question.bonus
    ]
    assert sum(points) == 100
