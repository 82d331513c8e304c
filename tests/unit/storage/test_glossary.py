"""The glossary of a workspace: saved, undone, tidied, read from and written to files."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callreview.domain.errors import UserError
from callreview.services import glossary
from callreview.storage.workspace import Workspace
from tests.unit.storage.examples import dump, import_call


def test_terms_come_back_in_the_order_of_the_user(workspace: Workspace) -> None:
    glossary.save_glossary(workspace, ["Quickwire", "Larkfield Home", "김민지"])
    assert glossary.load_glossary(workspace) == ("Quickwire", "Larkfield Home", "김민지")


def test_saving_is_undone_and_redone_exactly(workspace: Workspace) -> None:
    glossary.save_glossary(workspace, ["A1", "B2", "C3"])
    before = dump(workspace)
    glossary.save_glossary(workspace, ["C3", "D4", "A1"])
    after = dump(workspace)
    workspace.undo()
    assert dump(workspace) == before
    workspace.redo()
    assert dump(workspace) == after
    assert glossary.load_glossary(workspace) == ("C3", "D4", "A1")


def test_saving_the_same_terms_is_no_action(workspace: Workspace) -> None:
    glossary.save_glossary(workspace, ["A1"])
    glossary.save_glossary(workspace, ["  A1 ", ""])
    workspace.undo()
    assert glossary.load_glossary(workspace) == ()


def test_terms_are_tidied_and_a_repetition_is_one_term(workspace: Workspace) -> None:
    terms = glossary.add_terms(workspace, ["  Lark  field ", "", "lark field", "Cafe\u0301"])
    assert terms == ("lark field", "Caf\u00e9")


@pytest.mark.parametrize("term", ["***", "x" * 81, " - "])
def test_what_cannot_be_a_name_is_refused(workspace: Workspace, term: str) -> None:
    with pytest.raises(UserError):
        glossary.save_glossary(workspace, ["Good", term])
    assert glossary.load_glossary(workspace) == ()


def test_agents_and_campaigns_are_offered_but_never_added(workspace: Workspace) -> None:
    import_call(workspace, "R-1", agent="Helen Park", campaign="Larkfield Home")
    glossary.save_glossary(workspace, ["helen park"])
    assert glossary.suggested_terms(workspace) == ("Larkfield Home",)
    assert glossary.load_glossary(workspace) == ("helen park",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp949"])
def test_files_are_read_in_the_encodings_that_editors_write(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "names.txt"
    path.write_bytes("# our names\r\nLarkfield Home\r\n\r\n김민지\r\n하늘빛몰\r\n".encode(encoding))
    assert glossary.read_glossary(path) == ("Larkfield Home", "김민지", "하늘빛몰")


def test_a_file_that_is_no_text_or_absent_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "sound.txt").write_bytes(b"RIFF\x24\0\0\0WAVEfmt " + bytes(64))
    for name in ("sound.txt", "nothing.txt"):
        with pytest.raises(UserError, match=name):
            glossary.read_glossary(tmp_path / name)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    terms = ("Larkfield Home", "김민지", "O'Neill & Sons")
    glossary.write_glossary(terms, tmp_path / "names.txt")
    assert glossary.read_glossary(tmp_path / "names.txt") == terms


@given(st.lists(st.text(max_size=20), max_size=10))
def test_any_lines_are_tidied_once_and_for_all_or_refused(lines: list[str]) -> None:
    try:
        terms = glossary.checked_terms(lines)
    except UserError:
        return
    assert glossary.checked_terms(terms) == terms


def test_a_transcript_names_its_glossary_by_count_and_hash() -> None:
    assert glossary.fingerprint(()) == ""
    assert glossary.fingerprint(["A1", "B2"]).startswith("2 terms, ")
    assert glossary.fingerprint(["A1", "B2"]) != glossary.fingerprint(["A1", "B3"])
