"""Opening, writing, reading and closing a workspace."""

import sqlite3
import stat
import threading
from pathlib import Path
from typing import Any

import pytest

from callreview.domain.changes import Changed
from callreview.domain.errors import EnvironmentProblem, UserError
from callreview.storage.processing import set_processing
from callreview.storage.settings import load_setting, save_setting
from callreview.storage.workspace import Workspace
from tests.unit.storage.examples import dump, import_call


def names(workspace: Workspace) -> list[str]:
    with workspace.read() as db:
        return [key for (key,) in db.execute("SELECT key FROM setting ORDER BY key")]


def test_a_new_folder_becomes_a_workspace(tmp_path: Path) -> None:
    folder = tmp_path / "team" / "calls"
    with Workspace.open(folder) as workspace:
        assert workspace.database_path.is_file()
        assert all(
            place.is_dir()
            for place in (workspace.audio_dir, workspace.reports_dir, workspace.backups_dir)
        )


def test_a_second_program_is_told_that_the_workspace_is_open(tmp_path: Path) -> None:
    with (
        Workspace.open(tmp_path),
        pytest.raises(EnvironmentProblem, match=f"{tmp_path} is open in another CallReview"),
    ):
        Workspace.open(tmp_path)
    Workspace.open(tmp_path).close()


def test_a_workspace_can_be_read_while_it_is_open_for_writing(tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as writing, Workspace.open(tmp_path, read_only=True) as reading:
        import_call(writing)
        assert dump(reading) == dump(writing)
        with pytest.raises(UserError, match="reading only"):
            reading.undo()


def test_a_read_only_connection_cannot_change_anything(workspace: Workspace) -> None:
    with (
        pytest.raises(EnvironmentProblem, match="cannot be written"),
        workspace.read() as db,
    ):
        db.execute("DELETE FROM scorecard")


def test_a_closed_workspace_can_be_read_without_a_writer(tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as workspace:
        import_call(workspace)
        before = dump(workspace)
    with Workspace.open(tmp_path, read_only=True) as workspace:
        assert dump(workspace) == before


def test_reading_a_folder_without_a_workspace_says_so_and_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no CallReview workspace"):
        Workspace.open(tmp_path / "nothing", read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    with pytest.raises(EnvironmentProblem, match=str(file)):
        Workspace.open(file)


def test_a_file_that_is_no_database_is_called_damaged(tmp_path: Path) -> None:
    (tmp_path / Workspace.DATABASE).write_bytes(b"this is not a database, but a text" * 100)
    with pytest.raises(EnvironmentProblem, match=r"damaged.*backup"):
        Workspace.open(tmp_path)
    with pytest.raises(EnvironmentProblem, match=r"damaged.*backup"):
        Workspace.open(tmp_path, read_only=True)


def test_a_database_in_the_hands_of_another_program_is_called_in_use(tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as workspace:
        workspace.write(lambda db: db.execute("PRAGMA busy_timeout = 50"))
        other = sqlite3.connect(workspace.database_path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(EnvironmentProblem, match="Another program"):
            workspace.write(lambda db: save_setting(db, "key", "value"))
        other.close()


def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        (folder / "probe").touch()
    except PermissionError:
        with pytest.raises(EnvironmentProblem, match=str(folder)):
            Workspace.open(folder)
    else:
        pytest.skip("this user may write everywhere")
    finally:
        folder.chmod(stat.S_IRWXU)


def test_the_connection_keeps_what_was_confirmed_and_forgets_what_was_deleted(
    workspace: Workspace,
) -> None:
    settings = workspace.write(
        lambda db: {
            name: db.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    )
    full = 2
    assert settings == {
        "journal_mode": "wal",
        "synchronous": full,
        "foreign_keys": 1,
        "secure_delete": 1,
    }


def test_work_that_fails_is_rolled_back_and_nobody_hears_of_it(workspace: Workspace) -> None:
    heard: list[Changed] = []
    workspace.subscribe(heard.append)

    def work(db: Any) -> None:
        save_setting(db, "half", "done")
        raise LookupError("stop")

    with pytest.raises(LookupError):
        workspace.write(work, {"settings"})
    assert (names(workspace), heard) == ([], [])
    workspace.write(lambda db: save_setting(db, "next", "works"))
    assert names(workspace) == ["next"]


def test_listeners_see_the_committed_change_before_write_returns(workspace: Workspace) -> None:
    seen: list[tuple[Changed, list[str]]] = []
    end = workspace.subscribe(lambda changed: seen.append((changed, names(workspace))))
    workspace.write(lambda db: save_setting(db, "a", "1"), {"settings"}, "test")
    assert seen == [(Changed(frozenset({"settings"}), "test"), ["a"])]
    end()
    workspace.write(lambda db: save_setting(db, "b", "1"), {"settings"})
    assert len(seen) == 1


def test_a_listener_that_fails_is_logged_and_loses_nothing(
    workspace: Workspace, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_changed: Changed) -> None:
        raise LookupError("a broken screen")

    heard: list[Changed] = []
    workspace.subscribe(fail)
    workspace.subscribe(heard.append)
    workspace.write(lambda db: save_setting(db, "a", "1"), {"settings"})
    assert (names(workspace), len(heard)) == (["a"], 1)
    assert "a listener failed" in caplog.text
    caplog.clear()


def test_writing_inside_a_write_is_refused_instead_of_waiting_forever(
    workspace: Workspace,
) -> None:
    def work(_db: Any) -> None:
        workspace.write(lambda db: save_setting(db, "inner", ""))

    with pytest.raises(RuntimeError, match="wait for itself"):
        workspace.write(work)


def test_work_submitted_from_many_threads_is_done_one_after_the_other(
    workspace: Workspace,
) -> None:
    def count_up(db: Any) -> int:
        value = int(load_setting(db, "count") or 0) + 1
        save_setting(db, "count", str(value))
        return value

    results: list[int] = []
    threads = [
        threading.Thread(
            target=lambda: results.extend(workspace.write(count_up) for _ in range(10))
        )
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == list(range(1, 41))


def test_close_finishes_what_was_submitted(tmp_path: Path) -> None:
    workspace = Workspace.open(tmp_path)
    future = workspace.submit(lambda db: save_setting(db, "last", "words"))
    workspace.close()
    assert future.result() is None
    assert not workspace.database_path.with_name("callreview.db-wal").exists()
    with Workspace.open(tmp_path) as again, again.read() as db:
        assert load_setting(db, "last") == "words"


def test_a_block_of_reading_sees_one_moment(workspace: Workspace) -> None:
    with workspace.read() as outer:
        before = load_setting(outer, "a")
        workspace.write(lambda db: save_setting(db, "a", "1"))
        with workspace.read() as inner:
            assert load_setting(inner, "a") == before is None
    with workspace.read() as db:
        assert load_setting(db, "a") == "1"


def test_a_call_that_was_being_processed_when_the_program_died_is_to_be_processed_again(
    tmp_path: Path,
) -> None:
    with Workspace.open(tmp_path) as workspace:
        call_id = import_call(workspace)
        imported = dump(workspace)
        workspace.write(lambda db: set_processing(db, call_id, "processing"))
    with Workspace.open(tmp_path) as workspace:
        assert dump(workspace) == imported
