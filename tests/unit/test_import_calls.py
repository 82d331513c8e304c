from pathlib import Path

import pytest

from callreview.domain.errors import UserError
from callreview.services import browse
from callreview.services.import_calls import ImportReport, import_calls
from callreview.services.import_plan import ImportOrder, Pair, plan_import
from callreview.services.workspace import Workspace, open_workspace
from tests.recordings import write_wav


@pytest.fixture
def workspace(tmp_path: Path):
    with open_workspace(tmp_path / "workspace") as opened:
        yield opened


def import_paths(workspace: Workspace, *paths: Path) -> ImportReport:
    return import_calls(workspace, ImportOrder(paths))


def test_a_file_becomes_a_call_with_its_length_and_channels(workspace, tmp_path):
    report = import_paths(workspace, write_wav(tmp_path / "call.wav", 2.0, channels=2))
    (call,) = browse.list_calls(workspace)
    assert report.problems == ()
    assert (call.reference, call.channels, call.status) == ("call", 2, "imported")
    assert call.duration_s == pytest.approx(2.0)


def test_bad_files_are_named_and_the_good_ones_are_imported(workspace, tmp_path):
    folder = tmp_path / "batch"
    folder.mkdir()
    write_wav(folder / "good.wav")
    (folder / "empty.wav").write_bytes(b"")
    (folder / "text.wav").write_text("this is not a recording")
    whole = write_wav(folder / "cut.wav", 3.0).read_bytes()
    (folder / "cut.wav").write_bytes(whole[: len(whole) // 2])
    zero_channels = bytearray(whole)
    zero_channels[22:24] = b"\0\0"
    (folder / "nochannel.wav").write_bytes(bytes(zero_channels))
    report = import_paths(workspace, folder)
    assert {call.reference for call in report.imported} == {"good", "cut"}
    assert len(report.problems) == 3
    for name in ("empty.wav", "text.wav", "nochannel.wav"):
        assert any(name in problem for problem in report.problems)


def test_a_truncated_file_lists_what_is_missing(workspace, tmp_path):
    whole = write_wav(tmp_path / "cut.wav", 3.0).read_bytes()
    (tmp_path / "cut.wav").write_bytes(whole[: len(whole) // 2])
    import_paths(workspace, tmp_path / "cut.wav")
    shown = browse.show_call(workspace, "cut")
    assert shown["duration_s"] == pytest.approx(1.5, abs=0.1)
    assert shown["audio"]["damage"]


def test_a_wrong_extension_does_not_matter_when_the_sound_can_be_read(workspace, tmp_path):
    write_wav(tmp_path / "really.wav").rename(tmp_path / "call.mp3")
    assert import_paths(workspace, tmp_path / "call.mp3").problems == ()


def test_two_mono_files_become_one_call_named_by_what_they_share(workspace, tmp_path):
    agent = write_wav(tmp_path / "Repairs_40_agent.wav", 1.0)
    customer = write_wav(tmp_path / "Repairs_40_caller.wav", 1.5, frequency=300)
    report = import_calls(workspace, ImportOrder(pair=Pair(agent, customer)))
    shown = browse.show_call(workspace, "Repairs_40")
    assert report.problems == ()
    assert shown["channels"] == 2
    assert shown["duration_s"] == pytest.approx(1.5)
    assert shown["metadata"]["agent_channel"] == 0


def test_a_missing_half_of_a_pair_is_refused_by_name(workspace, tmp_path):
    agent = write_wav(tmp_path / "a.wav")
    with pytest.raises(UserError, match=r"b\.wav"):
        import_calls(workspace, ImportOrder(pair=Pair(agent, tmp_path / "b.wav")))


def test_the_same_file_again_changes_nothing(workspace, tmp_path):
    path = write_wav(tmp_path / "call.wav")
    import_paths(workspace, path)
    report = import_paths(workspace, path)
    assert report.problems == ()
    assert len(browse.list_calls(workspace)) == 1
    assert workspace.undo_label()
    workspace.undo()
    assert browse.list_calls(workspace) == []


def test_other_sound_under_a_known_reference_is_refused(workspace, tmp_path):
    import_paths(workspace, write_wav(tmp_path / "call.wav"))
    write_wav(tmp_path / "call.wav", 2.0)
    report = import_paths(workspace, tmp_path / "call.wav")
    assert "call" in report.problems[0]
    assert browse.list_calls(workspace)[0].duration_s == pytest.approx(1.0)


def test_files_with_one_name_in_two_forms_are_both_imported(tmp_path):
    write_wav(tmp_path / "call.wav")
    (tmp_path / "day").mkdir()
    write_wav(tmp_path / "day" / "call.wav")
    plan = plan_import(ImportOrder((tmp_path,)))
    assert [call.metadata.reference for call in plan.calls] == ["call", "call.wav"]


def test_a_manifest_gives_metadata_and_updates_it_later(workspace, tmp_path):
    write_wav(tmp_path / "a.wav")
    manifest = tmp_path / "calls.csv"
    head = "\ufeffreference;agent;started_at;audio_file;outcome;shelf\n"
    manifest.write_text(head + "R1;Kim;2025-02-19T06:01;a.wav;open;7\n", encoding="utf-8")
    import_calls(workspace, ImportOrder(manifest=manifest))
    manifest.write_text(head + "R1;Kim;2025-02-19T06:01;a.wav;solved;7\n", encoding="utf-8")
    report = import_calls(workspace, ImportOrder(manifest=manifest))
    shown = browse.show_call(workspace, "R1")
    assert report.problems == ()
    assert shown["metadata"]["outcome"] == "solved"
    assert shown["metadata"]["extra"] == {"shelf": "7"}
    workspace.undo()
    assert browse.show_call(workspace, "R1")["metadata"]["outcome"] == "open"


def test_bad_rows_are_named_by_number_and_the_others_go_on(workspace, tmp_path):
    write_wav(tmp_path / "a.wav")
    write_wav(tmp_path / "b.wav")
    manifest = tmp_path / "calls.csv"
    manifest.write_text(
        "reference,agent,started_at,audio_file\n"
        "R1,Kim,2025-02-19T06:01,a.wav\n"
        "R2,Kim,yesterday,b.wav\n"
        "R3,Kim,2025-02-19T06:01,missing.wav\n"
        "R1,Kim,2025-02-19T06:01,b.wav\n"
    )
    report = import_calls(workspace, ImportOrder(manifest=manifest))
    assert [call.reference for call in report.imported] == ["R1"]
    assert [
        f"row {number}" in problem
        for number, problem in zip((3, 4, 5), report.problems, strict=False)
    ] == [True] * 3


def test_a_cancelled_import_keeps_what_was_finished(workspace, tmp_path):
    paths = [write_wav(tmp_path / f"{number}.wav") for number in range(4)]
    started = []

    def cancelled() -> bool:
        return len(started) >= 2

    def progress(now) -> None:
        if now.fraction == 0.0:
            started.append(now.item)

    report = import_calls(workspace, ImportOrder(tuple(paths)), progress, cancelled)
    assert 1 <= len(report.imported) < 4
    assert len(browse.list_calls(workspace)) == len(report.imported)
    kept = {path.suffix for path in workspace.audio_dir.iterdir()}
    assert len(list(workspace.audio_dir.glob("*.pcm"))) == len(report.imported)
    assert kept == {".pcm", ".peaks"}
