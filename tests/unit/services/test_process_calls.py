"""Processing, without its models: what is checked before them, and calls that go away."""

from pathlib import Path

import pytest

from callreview.domain.errors import Cancelled, UserError
from callreview.pipeline.worker import Worker
from callreview.services import browse
from callreview.services.calls import delete_calls
from callreview.services.import_calls import import_calls
from callreview.services.import_plan import ImportOrder
from callreview.services.process_calls import ProcessOptions, process_calls
from callreview.services.workspace import Workspace, open_workspace
from tests.recordings import write_wav


@pytest.fixture
def workspace(tmp_path: Path):
    with open_workspace(tmp_path / "workspace") as opened:
        for name in ("first", "second", "third"):
            write_wav(tmp_path / f"{name}.wav")
        import_calls(opened, ImportOrder(tuple(sorted(tmp_path.glob("*.wav")))))
        yield opened


def statuses(workspace: Workspace) -> set[str]:
    return {call.status for call in browse.list_calls(workspace)}


@pytest.mark.parametrize(
    "options", [ProcessOptions(model="/nowhere"), ProcessOptions(language="xx")]
)
def test_a_wrong_model_or_language_is_refused_before_a_call_is_touched(workspace, options):
    with pytest.raises(UserError):
        process_calls(workspace, None, options)
    assert statuses(workspace) == {"imported"}


def test_a_call_deleted_while_it_waits_or_is_worked_on_stops_no_other(workspace, monkeypatch):
    asked = []

    def delete_them(_worker, job, _progress, _cancelled):
        asked.append(job.metadata.reference)
        if job.metadata.reference == "first":
            delete_calls(workspace, [1, 2])
        raise UserError("not recognised here")

    monkeypatch.setattr(Worker, "process", delete_them)
    report = process_calls(workspace, None, ProcessOptions())
    assert asked == ["first", "third"]
    assert report.problems == ("third: not recognised here",)


def test_a_call_is_as_before_after_ctrl_c(workspace, monkeypatch):
    def interrupt(*_arguments):
        assert "processing" in statuses(workspace)
        raise KeyboardInterrupt

    monkeypatch.setattr(Worker, "process", interrupt)
    with pytest.raises(KeyboardInterrupt):
        process_calls(workspace, None, ProcessOptions())
    assert statuses(workspace) == {"imported"}


def test_after_a_cancel_the_call_can_be_processed_again(workspace, monkeypatch):
    def cancel(*_arguments):
        raise Cancelled

    monkeypatch.setattr(Worker, "process", cancel)
    assert len(process_calls(workspace, None, ProcessOptions()).problems) == 1
    assert statuses(workspace) == {"imported"}


def test_calls_deleted_together_come_back_together(workspace):
    delete_calls(workspace, [call.id for call in browse.list_calls(workspace)])
    assert browse.list_calls(workspace) == []
    workspace.undo()
    assert len(browse.list_calls(workspace)) == 3
