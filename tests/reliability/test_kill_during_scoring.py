"""A confirmed action survives the sudden death of the program.

Five kills in the test suite; CALLREVIEW_KILLS=50 kills fifty times.
"""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

from callreview.storage.evaluations import load_evaluation
from callreview.storage.integrity import verify
from callreview.storage.operations.evaluations import StartEvaluation
from callreview.storage.workspace import Workspace
from tests.conftest import REPOSITORY
from tests.reliability.scoring import EVALUATION, answers_after
from tests.unit.storage.examples import (
    SERVICE,
    a_recording,
    import_call,
    install_service,
    write_audio,
)

KILLS = int(os.environ.get("CALLREVIEW_KILLS", "5"))


def score_until_killed(folder: Path, first: int, after_s: float) -> int:
    """Score in another process and kill it `after_s` after its first confirmed action.

    Returns the number of the last action that it confirmed.
    """
    command = [sys.executable, "-m", "tests.reliability.scoring", str(folder), str(first)]
    with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        confirmed = [child.stdout.readline()]
        time.sleep(after_s)
        child.kill()
        confirmed += child.stdout.readlines()
    whole = [int(line) for line in confirmed if line.endswith("\n")]
    assert whole == list(range(first, first + len(whole)))
    return whole[-1]


def done_actions(workspace: Workspace) -> int:
    with workspace.read() as db:
        sql = "SELECT count(*) FROM operation WHERE kind = 'do' AND name = 'set_answer'"
        return int(db.execute(sql).fetchone()[0])


def assert_state_is_after(workspace: Workspace, number: int) -> None:
    with workspace.read() as db:
        evaluation = load_evaluation(db, EVALUATION)
    assert {answer.question: answer for answer in evaluation.answers} == answers_after(number)


def test_no_confirmed_action_is_lost_when_the_program_is_killed(tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as workspace:
        install_service(workspace)
        write_audio(workspace.audio_dir, a_recording())
        workspace.apply(StartEvaluation(import_call(workspace), SERVICE.name, "Mina"))
    done = 0
    for _ in range(KILLS):
        confirmed = score_until_killed(tmp_path, done + 1, random.uniform(0.0, 0.3))
        with Workspace.open(tmp_path) as workspace:
            done = done_actions(workspace)
            # The last action may have been saved and not yet confirmed.
            assert done in (confirmed, confirmed + 1)
            assert_state_is_after(workspace, done)
            assert verify(workspace) == []
            workspace.undo()
            assert_state_is_after(workspace, done - 1)
            workspace.redo()
            assert_state_is_after(workspace, done)
    with Workspace.open(tmp_path) as workspace:
        for number in reversed(range(done)):
            workspace.undo()
            if number % 50 == 0:
                assert_state_is_after(workspace, number)
        assert workspace.undo_label() == "Start an evaluation"
