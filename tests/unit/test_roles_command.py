"""`callreview roles` shows, swaps and assigns."""

import json
from pathlib import Path

import pytest

from callreview.cli.main import main
from callreview.storage.workspace import Workspace
from tests.unit.storage.examples import import_call, process_call


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Workspace.open(tmp_path / "workspace") as workspace:
        process_call(workspace, import_call(workspace))
    return tmp_path / "workspace"


def run(folder: Path, *options: str) -> int:
    return main(["roles", "R-1", "--workspace", str(folder), *options])


def shown(folder: Path, capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, str]:
    assert run(folder, "--json", *options) == 0
    speakers = json.loads(capsys.readouterr().out)
    assert all({"id", "role", "channel", "confidence"} == set(one) for one in speakers)
    return {one["id"]: one["role"] for one in speakers}


def test_the_speakers_are_shown_while_the_workspace_is_open_elsewhere(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Workspace.open(folder):
        assert run(folder) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Speaker  Role      Confidence  Channel",
        "0        agent     100%        0",
        "1        customer  100%        1",
    ]


def test_roles_are_swapped_assigned_and_undone(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert shown(folder, capsys, "--swap") == {"0": "customer", "1": "agent"}
    assigned = shown(folder, capsys, "--assign", "0=ivr", "1=supervisor")
    assert assigned == {"0": "ivr", "1": "supervisor"}
    assert main(["undo", "--workspace", str(folder)]) == 0
    capsys.readouterr()
    assert shown(folder, capsys) == {"0": "customer", "1": "agent"}


@pytest.mark.parametrize("wrong", ["0=boss", "agent", "9=agent", "0="])
def test_wrong_use_is_refused_and_changes_nothing(
    folder: Path, wrong: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, "--assign", "1=agent", wrong) == 2
    assert "callreview: " in capsys.readouterr().err
    assert shown(folder, capsys) == {"0": "agent", "1": "customer"}
