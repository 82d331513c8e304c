"""A second speech model, from a folder to a transcript, typed as a user types it."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import soundfile

from callreview.services import models
from callreview.speech.models import model_folder
from tests.e2e.conftest import CALLS, SAMPLES

pytestmark = pytest.mark.e2e

NAME = "office-model"
SECONDS = 12


def run(*arguments: object, code: int = 0, data: Path | None = None) -> str:
    command = [sys.executable, "-m", "callreview.cli", *map(str, arguments)]
    environment = os.environ | ({"CALLREVIEW_DATA": str(data)} if data else {})
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == code, done.stderr
    return done.stdout if code == 0 else done.stderr


@pytest.fixture
def second_model(tmp_path: Path) -> Iterator[Path]:
    """A real model under another name; it is not left among the models."""
    yield Path(shutil.copytree(model_folder("base"), tmp_path / NAME))
    if models.is_here(NAME):
        models.remove_model(NAME)


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """The beginning of a sample call."""
    (sample,) = SAMPLES.glob(f"{CALLS[1]}.*")
    sound, rate = soundfile.read(sample)
    path = tmp_path / "short.wav"
    soundfile.write(path, sound[: SECONDS * rate], rate)
    return path


def test_a_second_model_is_added_used_named_in_the_result_and_removed(
    second_model, recording, tmp_path
):
    workspace = ("--workspace", tmp_path / "workspace")
    assert run("models", "add", second_model).strip() == NAME
    run("models", "use", NAME)
    listed = {model["name"]: model for model in json.loads(run("models", "list", "--json"))}
    assert {
        name: model["in_use"] for name, model in listed.items() if model["kind"] == "speech"
    } == {
        "base": False,
        NAME: True,
    }
    office = listed[NAME]
    assert Path(office["path"], "model.bin").stat().st_size == office["size"]
    assert office["sha256"] == listed["base"]["sha256"]

    run("import", recording, *workspace)
    run("process", *workspace)
    call = json.loads(run("show", "short", "--json", *workspace))
    assert call["models"]["speech"] == NAME
    assert call["turns"]

    run("models", "remove", NAME)
    assert not Path(office["path"]).exists()
    run("process", "short", *workspace)
    assert json.loads(run("show", "short", "--json", *workspace))["models"]["speech"] != NAME


def test_a_processor_without_avx_512_recognises_all_the_same(recording, tmp_path, monkeypatch):
    # No processor has these; CTranslate2 says so as it does where AVX-512 is missing.
    monkeypatch.setenv("CT2_FORCE_CPU_ISA", "NONE")
    workspace = ("--workspace", tmp_path / "workspace")
    run("import", recording, *workspace)
    run("process", *workspace)
    assert json.loads(run("show", "short", "--json", *workspace))["turns"]


def test_the_models_need_no_workspace_and_take_one_without_making_it(tmp_path):
    lines = run("models", "list", "--workspace", tmp_path / "none").splitlines()
    assert lines[1].split()[:5] == ["*", "base", "145", "MB", "multilingual"]
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("models", "use", "nobody"), 'no model "nobody"'),
        (("models", "remove", "base"), "cannot be removed"),
        (("models", "add", "/nowhere"), "/nowhere does not exist"),
        (("models", "get", "enormous"), "is not the name of a model"),
        (("models",), "usage"),
    ],
)
def test_wrong_use_of_the_models_exits_with_2(arguments, said):
    assert said in run(*arguments, code=2)


def test_a_model_that_is_here_is_not_fetched_again():
    assert run("models", "get", "base").strip() == "base is on this computer already."


def test_without_a_terminal_a_download_has_to_be_agreed_to_beforehand(tmp_path):
    said = run("models", "get", "speakers", code=2, data=tmp_path)
    assert "add --yes" in said
    assert not (tmp_path / "models" / "speakers").exists()
