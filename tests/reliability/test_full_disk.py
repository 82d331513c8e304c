"""When the disk refuses, nothing is half done and the message says what to do."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from callreview.domain.errors import EnvironmentProblem
from callreview.storage.integrity import verify
from callreview.storage.operations.comments import AddComment
from callreview.storage.operations.evaluations import StartEvaluation
from callreview.storage.workspace import Workspace
from tests.conftest import REPOSITORY
from tests.reliability.test_kill_during_scoring import assert_state_is_after, done_actions
from tests.unit.storage.examples import (
    SERVICE,
    a_recording,
    dump,
    import_call,
    install_service,
    write_audio,
)


def limit_pages(workspace: Workspace, spare: int | None) -> None:
    """Let the database grow by `spare` pages only, or freely again."""

    def work(db: Any) -> None:
        (count,) = db.execute("PRAGMA page_count").fetchone()
        most = 1_000_000_000 if spare is None else count + spare
        db.execute(f"PRAGMA max_page_count = {most}").fetchall()

    workspace.write(work)


def test_a_full_disk_leaves_the_state_before_the_action(tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as workspace:
        call_id = import_call(workspace)
        workspace.apply(AddComment(call_id, 0.0, 1.0, "kept", "Mina"))
        before = dump(workspace), workspace.undo_label()
        limit_pages(workspace, 2)
        with pytest.raises(EnvironmentProblem, match=r"disk is full.*Free some space"):
            workspace.apply(AddComment(call_id, 0.0, 1.0, "lost " * 10_000, "Mina"))
        assert (dump(workspace), workspace.undo_label()) == before
        limit_pages(workspace, None)
        workspace.apply(AddComment(call_id, 0.0, 1.0, "kept " * 10_000, "Mina"))
        workspace.undo()
        assert (dump(workspace), workspace.undo_label()) == before


def test_a_disk_that_refuses_to_write_loses_nothing_that_was_confirmed(tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as workspace:
        install_service(workspace)
        write_audio(workspace.audio_dir, a_recording())
        workspace.apply(StartEvaluation(import_call(workspace), SERVICE.name, "Mina"))
    largest = (tmp_path / Workspace.DATABASE).stat().st_size + 200_000
    command = [sys.executable, "-m", "tests.reliability.scoring", str(tmp_path), "1", str(largest)]
    child = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    *confirmed, refusal = child.stdout.splitlines()
    assert confirmed == [str(number) for number in range(1, len(confirmed) + 1)]
    assert "Nothing was changed" in refusal
    assert child.stderr == ""
    with Workspace.open(tmp_path) as workspace:
        assert done_actions(workspace) == len(confirmed) > 0
        assert_state_is_after(workspace, len(confirmed))
        assert verify(workspace) == []
        workspace.undo()
        assert_state_is_after(workspace, len(confirmed) - 1)
