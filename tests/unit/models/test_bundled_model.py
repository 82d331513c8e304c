import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from callreview.domain.errors import EnvironmentProblem, UserError
from callreview.speech.models import bundled as bundled_model
from callreview.speech.models import model_folder


@pytest.fixture(scope="module")
def bundled() -> Path:
    return model_folder()


def test_two_processes_join_the_bundled_model_at_once_and_both_get_it(tmp_path: Path) -> None:
    program = (
        "import os, sys; os.environ['CALLREVIEW_DATA'] = sys.argv[1]\n"
        "from callreview.speech.models import model_folder; print(model_folder())"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    answers = [process.communicate()[0].strip() for process in both]
    assert [process.returncode for process in both] == [0, 0]
    folder = tmp_path / "models" / "whisper-base"
    assert answers == [str(folder)] * 2
    assert (folder / "model.bin").stat().st_size == 145_217_532
    assert {path.name for path in folder.iterdir()} - {".lock"} == {
        *("model.bin", "config.json", "tokenizer.json", "vocabulary.txt", "model.bin.sha256.json")
    }


def test_base_is_the_name_of_the_bundled_model(bundled: Path) -> None:
    assert model_folder("base") == bundled


def test_a_model_that_was_cut_off_is_joined_again(
    tmp_path: Path, bundled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CALLREVIEW_DATA", str(tmp_path))
    cut = tmp_path / "models" / "whisper-base"
    shutil.copytree(bundled, cut)
    with (cut / "model.bin").open("rb+") as file:
        file.truncate(1000)
    (cut / "tokenizer.json").unlink()
    assert model_folder() == cut
    assert (cut / "model.bin").stat().st_size == 145_217_532
    assert (cut / "tokenizer.json").is_file()


def test_a_joined_model_with_a_wrong_checksum_is_refused_and_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CALLREVIEW_DATA", str(tmp_path))
    monkeypatch.setattr(bundled_model, "_MODEL_SHA256", "0" * 64)
    with pytest.raises(EnvironmentProblem, match="checksum"):
        model_folder()
    assert not (tmp_path / "models" / "whisper-base" / "model.bin").exists()


def test_a_data_folder_that_cannot_be_written_is_the_computers_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "models").write_text("in the way")
    monkeypatch.setenv("CALLREVIEW_DATA", str(tmp_path))
    with pytest.raises(EnvironmentProblem, match="whisper-base"):
        model_folder()


def test_a_name_is_never_downloaded(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="large-v3 is not a speech model on this computer"):
        model_folder("large-v3")


def test_a_folder_that_is_no_model_is_refused_naming_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(UserError) as problem:
        model_folder(str(tmp_path))
    assert str(tmp_path) in str(problem.value)
    assert "model.bin, tokenizer.json, vocabulary.json" in str(problem.value)
    assert "config.json" not in str(problem.value)


def test_a_complete_folder_is_used_as_it_is(tmp_path: Path) -> None:
    for name in (
        "model.bin",
        "config.json",
        "tokenizer.json",
        "vocabulary.txt",
        "model.bin.sha256.json",
    ):
        (tmp_path / name).write_text("")
    assert model_folder(str(tmp_path)) == tmp_path.resolve()
