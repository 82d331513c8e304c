"""Scorecards as plain data: reading a form that someone wrote, and writing one back.

The data is what TOML and JSON hold: a form has `name`, `version`, `title`, `mode`, `sections`; a
section `key`, `title`, `weight`, `questions`; a question `key`, `text`, `help`, `options` and,
where they differ from the default, `weight`, `allows_na`, `auto_fail`, `critical`, `bonus`.
`options` is a list of `value` and `label`, or the name of such a list in the form's own table
`options`, which saves writing "Yes" and "No" under every question.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import cast, get_args

from callreview.domain.plain_data import N_, FieldError, Fields
from callreview.domain.scorecard import (
    AutoFail,
    Option,
    Question,
    Scorecard,
    ScoringMode,
    Section,
)

_FORM_FIELDS = ("name", "version", "title", "mode", "sections", "options")
_SECTION_FIELDS = ("key", "title", "weight", "questions")
_QUESTION_FIELDS = (
    *("key", "text", "help", "options", "weight"),
    *("allows_na", "auto_fail", "critical", "bonus"),
)
_OPTION_FIELDS = ("value", "label")

_NamedOptions = Mapping[str, tuple[Option, ...]]


def parse_scorecard(data: Mapping[str, object]) -> Scorecard:
    """The scorecard that `data` describes.

    Raises FieldError (a UserError) that names the section or question and what is wrong with
    it: a missing, unknown or mistyped field, a weight of 0 or less, a value outside 0..1, fewer
    than two options, a key used twice, an auto-fail that no answer can set off.
    """
    form = Fields(data)
    form.only(_FORM_FIELDS)
    named = _named_options(form)
    card = Scorecard(
        name=form.text("name"),
        version=form.counting_number("version"),
        title=form.wording("title"),
        mode=cast(ScoringMode, form.choice("mode", get_args(ScoringMode))),
        sections=tuple(_section(section, named) for section in form.tables("sections")),
    )
    _unique([section.key for section in card.sections], "sections")
    _unique([question.key for question in card.questions], "questions")
    return card


def scorecard_to_data(scorecard: Scorecard) -> dict[str, object]:
    """The scorecard as plain data that `parse_scorecard` reads back to an equal scorecard."""
    return {
        "name": scorecard.name,
        "version": scorecard.version,
        "title": dict(scorecard.title),
        "mode": scorecard.mode,
        "sections": [_section_data(section) for section in scorecard.sections],
    }


def _section(section: Fields, named: _NamedOptions) -> Section:
    section.only(_SECTION_FIELDS)
    return Section(
        key=section.text("key"),
        title=section.wording("title"),
        weight=section.weight("weight"),
        questions=tuple(_question(item, named) for item in section.tables("questions")),
    )


def _question(item: Fields, named: _NamedOptions) -> Question:
    item.only(_QUESTION_FIELDS)
    question = Question(
        key=item.text("key"),
        text=item.wording("text"),
        help=item.wording("help"),
        options=_question_options(item, named),
        weight=item.weight("weight", 1.0),
        allows_na=item.flag("allows_na", True),
        auto_fail=cast(AutoFail, item.choice("auto_fail", get_args(AutoFail), "none")),
        critical=item.flag("critical", False),
        bonus=item.flag("bonus", False),
    )
    _check_auto_fail(question, item)
    return question


def _check_auto_fail(question: Question, item: Fields) -> None:
    """An auto-fail is set off by the value 0, so it has to be among the answers of a real duty."""
    if question.auto_fail == "none":
        return
    where = item.where("auto_fail")
    if question.bonus:
        raise FieldError(N_("{where}: a bonus question cannot fail anything"), where=where)
    if all(option.value != 0 for option in question.options):
        raise FieldError(
            N_("{where}: no option has the value 0, so nothing can set it off"), where=where
        )


def _named_options(form: Fields) -> _NamedOptions:
    if not form.has("options"):
        return {}
    lists = form.table("options")
    return {name: _options(lists, name) for name in lists.data}


def _question_options(item: Fields, named: _NamedOptions) -> tuple[Option, ...]:
    if isinstance(item.data.get("options"), str):
        return named[item.choice("options", tuple(named))]
    return _options(item, "options")


def _options(table: Fields, name: str) -> tuple[Option, ...]:
    options = tuple(_option(item) for item in table.tables(name))
    where = table.where(name)
    if len(options) < 2:
        raise FieldError(N_("{where}: at least two options are needed"), where=where)
    _unique([repr(option.value) for option in options], where)
    return options


def _option(item: Fields) -> Option:
    item.only(_OPTION_FIELDS)
    return Option(value=item.share("value"), label=item.wording("label"))


def _unique(keys: Sequence[str], where: str) -> None:
    for key, count in Counter(keys).items():
        if count > 1:
            raise FieldError(N_("{where}: {key} is used twice"), where=where, key=key)


def _section_data(section: Section) -> dict[str, object]:
    return {
        "key": section.key,
        "title": dict(section.title),
        "weight": section.weight,
        "questions": [_question_data(question) for question in section.questions],
    }


def _question_data(question: Question) -> dict[str, object]:
    return {
        "key": question.key,
        "text": dict(question.text),
        "help": dict(question.help),
        "options": [
            {"value": option.value, "label": dict(option.label)} for option in question.options
        ],
        "weight": question.weight,
        "allows_na": question.allows_na,
        "auto_fail": question.auto_fail,
        "critical": question.critical,
        "bonus": question.bonus,
    }
