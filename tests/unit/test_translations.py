"""Korean is whole, and the language on the screen is that of the computer."""

import gettext
import importlib
import io
import sys
from collections.abc import Iterator
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from callreview.config import language
from tests.conftest import REPOSITORY

SCRIPTS = str(REPOSITORY / "scripts")


@pytest.fixture(scope="module")
def check() -> Iterator[ModuleType]:
    sys.path.insert(0, SCRIPTS)
    yield importlib.import_module("check_translations")
    sys.path.remove(SCRIPTS)


@pytest.fixture
def korean(check: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Catalog:
    monkeypatch.chdir(REPOSITORY)
    return check.korean()


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    for name in ("CALLREVIEW_LANGUAGE", "LC_ALL", "LANG"):
        monkeypatch.delenv(name, raising=False)
    yield monkeypatch
    language.use_language("en")


def test_every_text_has_a_korean_translation_with_the_same_placeholders(
    check: ModuleType, korean: Catalog
) -> None:
    assert check.problems(check.collect(), korean) == []


def _catalogue(text: str | tuple[str, str], translation: str) -> Catalog:
    catalogue = Catalog(locale="ko")
    catalogue.add(text, translation if isinstance(text, str) else (translation,))
    return catalogue


@pytest.mark.parametrize(
    ("text", "translation", "problem"),
    [
        ("Save", "", "not translated"),
        ("{count} of {total}", "{count}", "placeholders differ ['total']"),
        ("{seconds:.1f} s", "{second}초", "placeholders differ ['second', 'seconds']"),
        (("{count} call", "{count} calls"), "통화", "placeholders differ ['count']"),
        ("&File", "파일", "the menu key differs"),
    ],
)
def test_a_text_that_a_korean_reader_would_see_broken_is_named(
    check: ModuleType, text: str | tuple[str, str], translation: str, problem: str
) -> None:
    wanted, translated = _catalogue(text, ""), _catalogue(text, translation)
    (found,) = check.problems(wanted, translated)
    assert found.startswith(problem)


def test_a_text_of_the_code_that_the_catalogue_does_not_have_is_named(check: ModuleType) -> None:
    assert check.problems(_catalogue("Save", ""), Catalog(locale="ko")) == [
        "not translated: 'Save'"
    ]


def test_the_korean_catalogue_compiles_to_what_gettext_reads(korean: Catalog) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, korean)
    compiled.seek(0)
    texts = gettext.GNUTranslations(compiled)
    assert texts.gettext("&File") == "파일(&F)"
    assert [texts.ngettext("{count} call", "{count} calls", n) for n in (1, 2)] == [
        "통화 {count}건",
        "통화 {count}건",
    ]


@pytest.mark.parametrize(
    ("variables", "wanted"),
    [
        ({"LANG": "ko_KR.UTF-8"}, "ko"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LC_ALL": "ko_KR.UTF-8", "LANG": "en_US.UTF-8"}, "ko"),
        ({"CALLREVIEW_LANGUAGE": "ko", "LC_ALL": "en_US.UTF-8"}, "ko"),
        ({"CALLREVIEW_LANGUAGE": "en", "LANG": "ko_KR.UTF-8"}, "en"),
    ],
)
def test_the_language_of_the_computer_is_followed(
    environment: pytest.MonkeyPatch, variables: dict[str, str], wanted: str
) -> None:
    for name, value in variables.items():
        environment.setenv(name, value)
    assert language.use_language() == wanted
    assert language.current_language() == wanted


def test_a_language_that_was_chosen_goes_before_that_of_the_computer(
    environment: pytest.MonkeyPatch,
) -> None:
    environment.setenv("LANG", "en_US.UTF-8")
    assert language.use_language("ko") == "ko"


@pytest.mark.parametrize("unknown", ["fr_FR.UTF-8", "C.UTF-8", "POSIX"])
def test_an_unknown_language_falls_back_to_english(
    environment: pytest.MonkeyPatch, unknown: str
) -> None:
    environment.setenv("LANG", unknown)
    assert language.use_language() == "en"
    assert language._("Save") == "Save"
    assert language.ngettext("{count} call", "{count} calls", 2) == "{count} calls"
