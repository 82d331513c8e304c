"""Migrations of the workspace database."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from callreview.domain.errors import EnvironmentProblem, UserError
from callreview.storage.connection import connect_writer
from callreview.storage.migrations import STEPS
from callreview.storage.schema import upgrade
from callreview.storage.workspace import Workspace
from tests.unit.storage.examples import import_call


def add_column(db: Any) -> None:
    db.execute("ALTER TABLE call ADD COLUMN priority INTEGER")


def delete_calls_only(db: Any) -> None:
    db.execute("DELETE FROM call")


def rebuild_parent(db: Any) -> None:
    db["call"].transform(drop={"team"})


def a_workspace_with_a_call(folder: Path) -> Path:
    with Workspace.open(folder) as workspace:
        import_call(workspace)
        return workspace.database_path


def migrate(path: Path, name: str, step: Any) -> None:
    database = connect_writer(path)
    try:
        upgrade(database, path, path.parent / "backups", {**STEPS, name: step})
    finally:
        database.close()


def columns(path: Path) -> set[str]:
    with sqlite3.connect(path) as connection:
        names = {row[1] for row in connection.execute("PRAGMA table_info(call)")}
    connection.close()
    return names


def test_a_new_workspace_has_every_step_and_no_backup(workspace: Workspace) -> None:
    with workspace.read() as db:
        applied = [name for (name,) in db.execute("SELECT name FROM _sqlite_migrations")]
    assert applied == list(STEPS)
    assert list(workspace.backups_dir.iterdir()) == []


def test_every_table_of_ours_is_strict(workspace: Workspace) -> None:
    with workspace.read() as db:
        loose = [
            name
            for name, strict in db.execute(
                "SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND schema = 'main'"
            )
            if not strict and not name.startswith(("sqlite_", "_sqlite"))
        ]
    assert loose == []


def test_data_is_copied_before_a_new_step_and_kept_by_it(tmp_path: Path) -> None:
    path = a_workspace_with_a_call(tmp_path)
    migrate(path, "0002_priority", add_column)
    assert "priority" in columns(path)
    (copy,) = (tmp_path / "backups").iterdir()
    assert copy.name.startswith("before-0002_priority-")
    assert "priority" not in columns(copy)
    with sqlite3.connect(copy) as connection:
        assert connection.execute("SELECT count(*) FROM call").fetchone() == (1,)
    connection.close()


def test_rebuilding_a_parent_table_keeps_its_children(tmp_path: Path) -> None:
    path = a_workspace_with_a_call(tmp_path)
    migrate(path, "0002_team", rebuild_parent)
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM recording").fetchone() == (1,)
    connection.close()


def test_a_step_that_breaks_references_is_taken_back(tmp_path: Path) -> None:
    path = a_workspace_with_a_call(tmp_path)
    with pytest.raises(EnvironmentProblem, match="1 rows point to rows that are missing"):
        migrate(path, "0002_broken", delete_calls_only)
    with Workspace.open(tmp_path) as workspace, workspace.read() as db:
        assert db.execute("SELECT count(*) FROM call").fetchone() == (1,)


def test_a_workspace_of_a_newer_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = a_workspace_with_a_call(tmp_path)
    migrate(path, "0002_future", add_column)
    for read_only in (False, True):
        with pytest.raises(UserError, match="newer version of CallReview"):
            Workspace.open(tmp_path, read_only=read_only)
    migrate(path, "0002_future", add_column)


def test_a_workspace_of_an_older_program_is_not_changed_by_reading(tmp_path: Path) -> None:
    path = a_workspace_with_a_call(tmp_path)
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM _sqlite_migrations")
    connection.close()
    with pytest.raises(UserError, match="older version of CallReview"):
        Workspace.open(tmp_path, read_only=True)
