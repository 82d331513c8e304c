"""Where the agent is recorded, said for a workspace or for an import."""

from pathlib import Path

import pytest

from callreview.cli.main import main
from callreview.domain.errors import UserError
from callreview.pipeline.worker import Worker
from callreview.services import browse
from callreview.services.agent_channel import agent_channel, set_agent_channel
from callreview.services.import_calls import import_calls
from callreview.services.import_plan import ImportOrder
from callreview.services.process_calls import ProcessOptions, process_calls
from callreview.services.workspace import open_workspace
from tests.recordings import write_wav


def test_the_rule_of_a_workspace_can_be_undone_and_done_again(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "workspace") as workspace:
        seen = [agent_channel(workspace)]
        for channel in (1, 0, None):
            set_agent_channel(workspace, channel)
            seen.append(agent_channel(workspace))
        for _step in range(3):
            workspace.undo()
            seen.append(agent_channel(workspace))
        workspace.redo()
        seen.append(agent_channel(workspace))
    assert seen == [None, 1, 0, None, 0, 1, None, 1]


def test_the_rule_counts_where_the_import_does_not_say_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, int | None] = {}

    def note(_worker: Worker, job: object, *_rest: object) -> None:
        metadata = job.metadata  # type: ignore[attr-defined]
        asked[metadata.reference] = metadata.agent_channel
        raise UserError("not recognised here")

    monkeypatch.setattr(Worker, "process", note)
    with open_workspace(tmp_path / "workspace") as workspace:
        import_calls(workspace, ImportOrder((write_wav(tmp_path / "plain.wav"),)))
        named = ImportOrder((write_wav(tmp_path / "named.wav", 2.0),), agent_channel=0)
        import_calls(workspace, named)
        process_calls(workspace, None, ProcessOptions())
        assert asked == {"plain": None, "named": 0}
        set_agent_channel(workspace, 1)
        process_calls(workspace, ["plain", "named"], ProcessOptions())
        assert asked == {"plain": 1, "named": 0}


@pytest.mark.parametrize(("text", "channel"), [("right", 1), ("left", 0), ("1", 1)])
def test_the_import_command_takes_the_agents_channel(
    tmp_path: Path, text: str, channel: int
) -> None:
    folder = tmp_path / "workspace"
    wave = str(write_wav(tmp_path / "call.wav"))
    assert main(["import", wave, "--agent-channel", text, "--workspace", str(folder)]) == 0
    with open_workspace(folder) as workspace:
        shown = browse.show_call(workspace, "call")
    assert shown["metadata"]["agent_channel"] == channel  # type: ignore[index]


def test_a_channel_that_is_none_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["import", "x.wav", "--agent-channel", "middle", "--workspace", str(tmp_path)])
    assert ended.value.code == 2
