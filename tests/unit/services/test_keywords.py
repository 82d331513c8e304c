"""Keyword lists of a workspace: saving, finding again, counting, files."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callreview.analysis.phrases.keyword_lists import KeywordList, load_shipped_lists
from callreview.domain.finding import Finding
from callreview.domain.transcript import Hit
from callreview.services.keyword_count import PhraseCount, count_hits, prepare_counting
from callreview.services.keyword_files import read_list, write_list
from callreview.services.keywords import load_lists, refresh_hits, save_lists
from callreview.storage.transcripts import load_analysis, load_transcript
from callreview.storage.workspace import Workspace
from tests.unit.storage.examples import import_call, process_call

# The calls of the examples: agent "hello there", customer "I want my refund 환불을".
REFUND = KeywordList("refund", {"en": "Refund"}, "en", "customer", ("my refund",))
GREETING = KeywordList("greeting", {"en": "Greeting"}, "en", "agent", ("good day",), must="appear")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "workspace") as opened:
        yield opened


def call(workspace: Workspace, reference: str = "R-1") -> int:
    call_id = import_call(workspace, reference)
    process_call(workspace, call_id)
    return call_id


def hits_of(workspace: Workspace, call_id: int) -> list[Hit]:
    with workspace.read() as db:
        transcript = load_transcript(db, call_id)
    assert transcript is not None
    return [hit for turn in transcript.turns for hit in turn.hits]


def checks_of(workspace: Workspace, call_id: int) -> list[Finding]:
    with workspace.read() as db:
        analysis = load_analysis(db, call_id)
    assert analysis is not None
    return [one for one in analysis.findings if one.kind == "list_check"]


def test_changed_lists_are_found_and_checked_again_in_all_calls(workspace: Workspace) -> None:
    calls = [call(workspace, reference) for reference in ("R-1", "R-2", "R-3")]
    save_lists(workspace, (REFUND, GREETING))
    refresh_hits(workspace)
    for call_id in calls:
        assert [(hit.list, hit.phrase) for hit in hits_of(workspace, call_id)] == [
            ("refund", "my refund")
        ]
        assert [one.label for one in checks_of(workspace, call_id)] == ["greeting"]
    said = replace(GREETING, phrases=("hello",))
    save_lists(workspace, (said,))
    refresh_hits(workspace)
    assert [checks_of(workspace, call_id) for call_id in calls] == [[], [], []]
    assert [hit.list for hit in hits_of(workspace, calls[0])] == ["greeting"]


def test_undo_of_lists_brings_the_former_hits_and_checks_back(workspace: Workspace) -> None:
    call_id = call(workspace)
    save_lists(workspace, (REFUND, GREETING))
    refresh_hits(workspace)
    before = hits_of(workspace, call_id), checks_of(workspace, call_id)
    save_lists(workspace, (replace(REFUND, position="start", within_s=1.0),))
    refresh_hits(workspace)
    assert hits_of(workspace, call_id) == []
    workspace.undo()
    refresh_hits(workspace)
    assert (hits_of(workspace, call_id), checks_of(workspace, call_id)) == before


def test_lists_keep_all_their_fields_in_the_workspace(workspace: Workspace) -> None:
    full = KeywordList(
        "full", {"en": "Full", "ko": "전부"}, "ko", "agent", ("취소(를) 하다",), ("취소 안",),
        "end", 45.0, "not appear", near=True,
    )  # fmt: skip
    save_lists(workspace, (full, REFUND))
    assert load_lists(workspace) == (full, REFUND)


@pytest.mark.parametrize(
    ("keyword_list", "expected"),
    [
        (REFUND, PhraseCount(2, 2, 2)),
        (replace(REFUND, role="agent"), PhraseCount(0, 0, 2)),
        (replace(REFUND, phrases=("refund", "want", "I want")), PhraseCount(4, 2, 2)),
        (replace(REFUND, position="start", within_s=1.0), PhraseCount(0, 0, 2)),
        (replace(REFUND, language="ko", phrases=("환불",)), PhraseCount(2, 2, 2)),
        (replace(REFUND, exclusions=("my refund 환불을",)), PhraseCount(0, 0, 2)),
        (replace(REFUND, phrases=()), PhraseCount(0, 0, 2)),
        (replace(REFUND, phrases=(".*", "[a-z]+", "😀", "مرحبا")), PhraseCount(0, 0, 2)),
    ],
)
def test_a_list_is_counted_over_the_library_as_it_would_be_found(
    workspace: Workspace, keyword_list: KeywordList, expected: PhraseCount
) -> None:
    call(workspace, "R-1")
    call(workspace, "R-2")
    assert count_hits(prepare_counting(workspace), keyword_list) == expected


def test_an_empty_library_is_counted(workspace: Workspace) -> None:
    assert count_hits(prepare_counting(workspace), REFUND) == PhraseCount(0, 0, 0)


@pytest.mark.parametrize("shipped", load_shipped_lists()[:6], ids=lambda one: one.name)
def test_a_list_is_written_to_a_file_that_is_read_back(
    tmp_path: Path, shipped: KeywordList
) -> None:
    path = tmp_path / "list.toml"
    write_list(shipped, path)
    assert read_list(path) == shipped


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=30).map(lambda text: f"a{text}"))
def test_any_characters_survive_a_file(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("lists") / "list.toml"
    odd = KeywordList(text, {"en": text, "ko": text}, "en", "any", ("x",), (f'b "{text}"'[:9],))
    write_list(odd, path)
    assert read_list(path) == odd
