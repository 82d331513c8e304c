"""What lists demand of a call, and where in it they are looked for."""

from dataclasses import replace

import pytest

from callreview.analysis.phrases.keyword_lists import KeywordList
from callreview.analysis.phrases.keywords import PhraseSpotter
from callreview.analysis.phrases.list_checks import check_lists
from callreview.domain.finding import Finding
from callreview.domain.transcript import Role, Speaker, Transcript, Turn, Word
from callreview.services.finding_words import describe

SPEAKERS = (Speaker("agent", "agent", 0), Speaker("customer", "customer", 1))
GREETING = KeywordList(
    "greeting", {"en": "Greeting"}, "en", "agent", ("thank you for calling",),
    position="start", within_s=30.0, must="appear",
)  # fmt: skip
BANNED = KeywordList("banned", {"en": "Banned"}, "en", "agent", ("calm down",), must="not appear")


def turn(role: Role, start_s: float, text: str) -> Turn:
    words = tuple(
        Word(word, start_s + 0.5 * n, start_s + 0.5 * n + 0.4, 1.0)
        for n, word in enumerate(text.split())
    )
    return Turn(role, role, start_s, words[-1].end_s, words)


def checked(lists: list[KeywordList], *turns: Turn, language: str = "en") -> tuple[Finding, ...]:
    hits = PhraseSpotter(lists).find(turns)
    found = tuple(replace(one, hits=own) for one, own in zip(turns, hits, strict=True))
    return check_lists(Transcript(language, SPEAKERS, found, {}), lists)


def test_a_phrase_that_has_to_be_said_and_is_not_is_told_with_where_it_was_looked_for() -> None:
    turns = turn("agent", 5.0, "yes hello"), turn("customer", 100.0, "thank you for calling")
    (finding,) = checked([GREETING], *turns)
    assert (finding.kind, finding.label, finding.role) == ("list_check", "greeting", "agent")
    assert finding.details == {"check": "missing"}
    assert (finding.start_s, finding.end_s, finding.turn) == (5.0, 35.0, None)
    assert describe(finding) == "Not said: Greeting"


def test_a_phrase_that_is_said_where_it_belongs_is_not_missing() -> None:
    assert checked([GREETING], turn("agent", 5.0, "thank you for calling")) == ()


@pytest.mark.parametrize(("start_s", "missing"), [(29.0, False), (31.0, True)])
def test_a_phrase_counts_only_within_the_seconds_of_its_list(start_s: float, missing: bool) -> None:
    turns = turn("customer", 0.0, "hello"), turn("agent", start_s, "thank you for calling")
    assert bool(checked([GREETING], *turns)) == missing


def test_the_first_seconds_begin_with_the_first_person_not_with_an_announcement() -> None:
    turns = turn("ivr", 0.0, "please hold"), turn("agent", 50.0, "thank you for calling")
    assert checked([GREETING], *turns) == ()


def test_the_last_seconds_end_with_the_last_word() -> None:
    closing = replace(GREETING, name="closing", position="end", within_s=60.0)
    early = turn("agent", 10.0, "thank you for calling"), turn("customer", 100.0, "bye")
    late = turn("agent", 50.0, "thank you for calling"), turn("customer", 100.0, "bye")
    assert [one.label for one in checked([closing], *early)] == ["closing"]
    assert checked([closing], *late) == ()


def test_what_may_not_be_said_points_to_its_turn_and_words() -> None:
    turns = turn("customer", 0.0, "calm down"), turn("agent", 2.0, "please calm down now")
    (finding,) = checked([BANNED], *turns)
    assert (finding.turn, finding.first_word, finding.last_word) == (1, 1, 2)
    assert finding.details == {"check": "forbidden", "words": "calm down"}
    assert (finding.start_s, finding.end_s) == (2.5, 3.4)
    assert describe(finding) == "Said though it may not be (banned): “calm down”"


def test_a_near_miss_of_what_may_not_be_said_is_less_sure() -> None:
    (finding,) = checked([replace(BANNED, near=True)], turn("agent", 0.0, "please calmdown now"))
    assert finding.confidence < 1


def test_nothing_is_missing_in_a_call_of_another_language_or_without_the_one_who_should_say_it() -> (
    None
):
    korean = turn("agent", 0.0, "안녕하세요")
    assert checked([GREETING], korean, language="ko") == ()
    assert checked([GREETING], turn("customer", 0.0, "hello")) == ()
    assert checked([GREETING]) == ()


def test_a_list_in_two_languages_is_asked_for_once() -> None:
    korean = replace(GREETING, language="ko", phrases=("안녕하세요",))
    assert len(checked([GREETING, korean], turn("agent", 0.0, "yes"), language="")) == 1
    assert checked([GREETING, korean], turn("agent", 0.0, "안녕하세요"), language="ko") == ()
