"""Search over what was said and what reviewers wrote."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callreview.domain.search_hit import SearchHit
from callreview.domain.transcript import Role
from callreview.storage.operations.comments import AddComment, DeleteComment, EditComment
from callreview.storage.operations.evaluations import SaveScoredEvaluation
from callreview.storage.operations.roles import AssignRoles
from callreview.storage.search import search
from callreview.storage.workspace import Workspace
from tests.unit.storage.examples import (
    a_transcript,
    an_analysis,
    an_answer,
    import_call,
    install_service,
    process_call,
)


@pytest.fixture(scope="module")
def one_call(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder: Path = tmp_path_factory.mktemp("search")
    with Workspace.open(folder) as workspace:
        install_service(workspace)
        call_id = import_call(workspace)
        texts = ['Café crème, it\'s "quoted" AND starred*', "주문을 취소하고 환불을 받고 싶어요"]
        process_call(workspace, call_id, a_transcript(texts))
        yield workspace


def found(workspace: Workspace, text: str) -> list[SearchHit]:
    with workspace.read() as db:
        return search(db, text)


def test_turns_comments_and_notes_are_found_with_their_times(workspace: Workspace) -> None:
    call_id = import_call(workspace, "R-1")
    process_call(workspace, call_id)
    workspace.apply(AddComment(call_id, 8.0, 9.0, "promised a refund", "Mina"))
    workspace.apply(
        SaveScoredEvaluation(
            call_id,
            "inbound-service",
            "Mina",
            (an_answer(note="refund was offered"),),
            finish=False,
        )
    )
    assert found(workspace, "REFUND") == [
        SearchHit(call_id, "R-1", "note", 1.0, 2.0, "refund was offered", ((0, 6),)),
        SearchHit(
            call_id, "R-1", "turn", 4.0, 6.4, "I want my refund 환불을", ((10, 16),), "customer"
        ),
        SearchHit(call_id, "R-1", "comment", 8.0, 9.0, "promised a refund", ((11, 17),)),
    ]


def test_only_what_the_wanted_speaker_said_is_found(workspace: Workspace) -> None:
    call_id = import_call(workspace, "R-1")
    process_call(workspace, call_id, a_transcript(["a refund it is", "my refund 환불을"]))
    workspace.apply(AddComment(call_id, 8.0, 9.0, "promised a refund", "Mina"))

    def said_by(role: Role) -> list[str]:
        with workspace.read() as db:
            return [hit.text for hit in search(db, "refund", role=role)]

    assert said_by("agent") == ["a refund it is"]
    assert said_by("customer") == ["my refund 환불을"]
    assert said_by("supervisor") == []
    workspace.apply(AssignRoles(call_id, {"0": "supervisor"}, an_analysis()))
    assert said_by("agent") == []
    assert said_by("supervisor") == ["a refund it is"]


def test_a_korean_word_is_found_with_its_particle(one_call: Workspace) -> None:
    (hit,) = found(one_call, "환불")
    assert [hit.text[start:end] for start, end in hit.ranges] == ["환불을"]


@pytest.mark.parametrize(
    "text",
    [
        "cafe",
        "CAFÉ creme",
        "it's",
        '"quoted"',
        "and starred*",
        "quo sta",
        "크림 OR",
        "-cafe",
        "caf*",
    ],
)
def test_words_are_found_by_their_beginning_whatever_stands_around(
    one_call: Workspace, text: str
) -> None:
    expected = 0 if "크림" in text else 1
    assert len(found(one_call, text)) == expected


def test_a_search_without_any_word_finds_nothing(one_call: Workspace) -> None:
    for text in ("", "   ", '"', "* - ( ) :", "😀", "\0"):
        assert found(one_call, text) == []


def test_all_words_have_to_be_there(one_call: Workspace) -> None:
    assert found(one_call, "cafe refund") == []


def test_decomposed_hangul_is_found(one_call: Workspace) -> None:
    import unicodedata

    assert len(found(one_call, unicodedata.normalize("NFD", "환불"))) == 1


def test_edited_and_deleted_comments_are_found_no_more(workspace: Workspace) -> None:
    call_id = import_call(workspace)
    comment_id = workspace.apply(AddComment(call_id, 0.0, 1.0, "escalation", "Mina"))
    workspace.apply(EditComment(comment_id, 0.0, 1.0, "apology"))
    assert (len(found(workspace, "escalation")), len(found(workspace, "apology"))) == (0, 1)
    workspace.apply(DeleteComment(comment_id))
    assert found(workspace, "apology") == []
    workspace.undo()
    assert len(found(workspace, "apology")) == 1


def test_the_newest_calls_come_first_and_the_rest_is_cut(workspace: Workspace) -> None:
    for number in range(4):
        process_call(workspace, import_call(workspace, f"R-{number}"))
    with workspace.read() as db:
        assert [hit.reference for hit in search(db, "hello", limit=3)] == ["R-3", "R-2", "R-1"]


def test_marks_inside_a_text_are_not_taken_for_marks_of_the_search(workspace: Workspace) -> None:
    call_id = import_call(workspace)
    text = "odd \x02 refund \x03 text"
    workspace.apply(AddComment(call_id, 0.0, 1.0, text, "Mina"))
    (hit,) = found(workspace, "refund")
    assert hit.ranges == ((6, 12),)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(st.characters(), max_size=60))
def test_no_text_makes_the_search_fail(one_call: Workspace, text: str) -> None:
    found(one_call, text)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.sampled_from(['"', "*", "AND", "OR", "NEAR(", ")", "^", ":", "{a}", "x", "-"])))
def test_nothing_in_a_text_is_a_command(one_call: Workspace, parts: list[str]) -> None:
    found(one_call, " ".join(parts))
    found(one_call, "".join(parts))


def test_a_very_long_text_is_searched(one_call: Workspace) -> None:
    assert len(found(one_call, "cafe " * 5000)) == 1


WORDS = st.text(st.characters(categories=["Ll", "Lo", "Nd"], max_codepoint=0xD7A3), min_size=1)


@settings(deadline=None, max_examples=40)
@given(words=st.lists(WORDS, min_size=1, max_size=5), data=st.data())
def test_a_text_is_found_by_the_beginning_of_any_of_its_words(
    tmp_path_factory: pytest.TempPathFactory, words: list[str], data: st.DataObject
) -> None:
    word = data.draw(st.sampled_from(words))
    beginning = word[: data.draw(st.integers(1, len(word)))]
    with Workspace.open(tmp_path_factory.mktemp("words")) as workspace:
        call_id = import_call(workspace)
        workspace.apply(AddComment(call_id, 0.0, 1.0, " ".join(words), "Mina"))
        assert len(found(workspace, beginning)) == 1
