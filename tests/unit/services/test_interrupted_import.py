"""Ctrl-C and refusing disks during an import."""

import pytest

from callreview.domain.errors import EnvironmentProblem
from callreview.services import browse, import_calls
from callreview.services.import_plan import ImportOrder
from callreview.services.workspace import open_workspace
from tests.recordings import write_wav


@pytest.fixture
def workspace(tmp_path):
    with open_workspace(tmp_path / "workspace") as opened:
        yield opened


@pytest.fixture
def order(tmp_path):
    return ImportOrder(tuple(write_wav(tmp_path / f"{name}.wav") for name in "abc"))


def test_ctrl_c_keeps_what_was_decoded_before(workspace, order):
    def interrupt_third(progress):
        if progress.item == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_calls.import_calls(workspace, order, interrupt_third)
    assert {call.reference for call in browse.list_calls(workspace)} == {"a", "b"}
    assert len(list(workspace.audio_dir.iterdir())) == 4


def test_a_write_that_fails_leaves_no_sound_behind(workspace, order, monkeypatch):
    def refuse(*_arguments):
        raise EnvironmentProblem("the disk is full")

    monkeypatch.setattr(workspace, "apply", refuse)
    with pytest.raises(EnvironmentProblem):
        import_calls.import_calls(workspace, order)
    assert list(workspace.audio_dir.iterdir()) == []
