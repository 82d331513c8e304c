"""Verify and backup."""

import sqlite3
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from callreview.audio.digest import sha256_of
from callreview.domain.call import CallMetadata
from callreview.domain.errors import EnvironmentProblem, UserError
from callreview.storage import integrity
from callreview.storage.integrity import backup, verify
from callreview.storage.operations.calls import ImportCalls, ImportedCall
from callreview.storage.operations.comments import AddComment
from callreview.storage.operations.evaluations import SaveScoredEvaluation
from callreview.storage.workspace import Workspace
from tests.unit.storage.examples import (
    a_recording,
    all_answers,
    dump,
    process_call,
    write_audio,
)


@pytest.fixture
def reviewed(workspace: Workspace) -> Iterator[Workspace]:
    """A workspace with a processed, commented and scored call and its audio."""
    write_audio(workspace.audio_dir, a_recording())
    recording = replace(a_recording(), pcm_sha256=sha256_of(workspace.audio_dir / "aa.pcm"))
    (result,) = workspace.apply(ImportCalls((ImportedCall(CallMetadata("R-1"), recording),)))
    process_call(workspace, result.call_id)
    workspace.apply(AddComment(result.call_id, 1.0, 2.0, "well said", "Mina"))
    workspace.apply(SaveScoredEvaluation(result.call_id, "inbound-service", "Mina", all_answers()))
    (workspace.reports_dir / "kim.html").write_text("<p>report</p>")
    yield workspace


def test_a_whole_workspace_has_no_problems(reviewed: Workspace) -> None:
    assert verify(reviewed) == []
    with Workspace.open(reviewed.folder, read_only=True) as reading:
        assert verify(reading) == []


def test_missing_short_and_changed_sound_is_named(reviewed: Workspace) -> None:
    pcm = reviewed.audio_dir / "aa.pcm"
    sound = bytearray(pcm.read_bytes())
    sound[1000] ^= 1
    pcm.write_bytes(sound)
    assert [p.split("(")[0] for p in verify(reviewed)] == [
        "R-1: the sound has changed since the import "
    ]
    pcm.write_bytes(sound[:-2])
    (problem,) = verify(reviewed)
    assert "1919998 bytes instead of 1920000" in problem
    pcm.unlink()
    (reviewed.audio_dir / "aa.peaks").unlink()
    missing, undrawn = verify(reviewed)
    assert "R-1: the sound is missing" in missing
    assert "R-1: the drawing of the sound is missing" in undrawn


def test_a_search_index_that_lags_behind_is_named(reviewed: Workspace) -> None:
    reviewed.write(lambda db: db.execute("DROP TRIGGER turn_fts_update"))
    reviewed.write(lambda db: db.execute("UPDATE turn SET text = 'something else'"))
    (problem,) = verify(reviewed)
    assert "turn_fts" in problem


def test_a_score_that_is_not_that_of_its_answers_is_named(reviewed: Workspace) -> None:
    reviewed.write(lambda db: db.execute("UPDATE evaluation SET final = 12.5"))
    (problem,) = verify(reviewed)
    assert "Evaluation 1" in problem


def test_a_row_without_its_parent_is_named(reviewed: Workspace) -> None:
    other = sqlite3.connect(reviewed.database_path)
    other.execute("DELETE FROM call")
    other.commit()
    other.close()
    assert any("has lost its call" in problem for problem in verify(reviewed))


def test_damage_to_the_file_is_named(reviewed: Workspace, tmp_path: Path) -> None:
    folder = reviewed.folder
    reviewed.close()
    path = folder / Workspace.DATABASE
    content = bytearray(path.read_bytes())
    with sqlite3.connect(path) as db:
        page_size = db.execute("PRAGMA page_size").fetchone()[0]
        (page,) = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'turn'").fetchone()
    db.close()
    start = (page - 1) * page_size
    content[start : start + page_size] = b"\xff" * page_size
    path.write_bytes(content)
    with Workspace.open(folder) as workspace:
        assert any("damaged" in problem for problem in verify(workspace))


def test_a_backup_folder_is_a_workspace_with_everything(
    reviewed: Workspace, tmp_path: Path
) -> None:
    out = tmp_path / "copies" / "monday"
    out.parent.mkdir()
    backup(reviewed, out)
    assert sorted(path.name for path in out.parent.iterdir()) == ["monday"]
    with Workspace.open(out) as copy:
        assert dump(copy) == dump(reviewed)
        assert verify(copy) == []
        assert (copy.reports_dir / "kim.html").read_text() == "<p>report</p>"
        assert copy.undo() == "Score a call"


def test_a_zip_backup_unpacks_to_a_workspace_with_everything(
    reviewed: Workspace, tmp_path: Path
) -> None:
    out = tmp_path / "monday.zip"
    backup(reviewed, out)
    assert [p.name for p in tmp_path.iterdir() if "monday" in p.name] == ["monday.zip"]
    with zipfile.ZipFile(out) as archive:
        archive.extractall(tmp_path / "unpacked")
    with Workspace.open(tmp_path / "unpacked") as copy:
        assert dump(copy) == dump(reviewed)
        assert verify(copy) == []


def test_a_backup_never_replaces_what_is_there(reviewed: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "monday.zip"
    out.write_text("precious")
    with pytest.raises(UserError, match="already there"):
        backup(reviewed, out)
    assert out.read_text() == "precious"


def test_a_backup_into_a_folder_that_is_not_there_makes_it(
    reviewed: Workspace, tmp_path: Path
) -> None:
    backup(reviewed, tmp_path / "new" / "folder" / "copy")
    assert (tmp_path / "new" / "folder" / "copy" / "callreview.db").is_file()


def test_a_backup_that_cannot_be_written_leaves_nothing(
    reviewed: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EnvironmentProblem, match="could not be written"):
        backup(reviewed, tmp_path / "file" / "copy")


def test_a_copy_that_differs_is_no_backup(
    reviewed: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lossy(source: Path, target: Path) -> None:
        target.write_bytes(source.read_bytes()[:-1])

    monkeypatch.setattr(integrity.shutil, "copy2", lossy)
    for name in ("monday", "monday.zip"):
        with pytest.raises(EnvironmentProblem, match="differs from the original"):
            backup(reviewed, tmp_path / name)
    assert not list(tmp_path.glob("*monday*"))
    assert not list(tmp_path.glob(".*monday*"))


def test_a_backup_of_a_damaged_database_is_refused(reviewed: Workspace, tmp_path: Path) -> None:
    reviewed.write(lambda db: db.execute("UPDATE evaluation SET final = 12.5"))
    with pytest.raises(EnvironmentProblem, match="Evaluation 1"):
        backup(reviewed, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_a_backup_can_be_made_while_the_workspace_is_read_only(
    reviewed: Workspace, tmp_path: Path
) -> None:
    with Workspace.open(reviewed.folder, read_only=True) as reading:
        backup(reading, tmp_path / "copy")
    with Workspace.open(tmp_path / "copy") as copy:
        assert dump(copy) == dump(reviewed)
