"""Downloads with the hub's real client against a hub on this computer."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from callreview.domain.errors import Cancelled, EnvironmentProblem, UserError
from callreview.services import models
from callreview.speech.models import model_folder
from callreview.speech.models.checksum import sha256
from callreview.speech.models.hub import HubFile, HubModel
from callreview.speech.models.names import KNOWN_MODELS
from tests.conftest import REPOSITORY
from tests.model_hub import REVISION, LocalHub
from tests.tiny_whisper import copy_of, split_weights

NAME = "office/whisper"
FOLDER = "office--whisper"


def listed(hub: LocalHub) -> HubModel:
    """What the hub's client finds, without a process that asks."""
    files = []
    for said in hub.description()["siblings"]:
        digest = said.get("lfs", {}).get("sha256", "")
        files.append(
            HubFile(said["rfilename"], said["size"], digest, "" if digest else said["blobId"])
        )
    return HubModel(NAME, NAME, REVISION, tuple(files))


def weights_so_far(models_dir: Path) -> int:
    partial = models_dir / ".downloads" / FOLDER / REVISION / "model.bin.incomplete"
    return partial.stat().st_size if partial.is_file() else 0


def installed(models_dir: Path) -> set[str]:
    """What can be seen and used among the models."""
    found = models_dir.iterdir() if models_dir.is_dir() else ()
    return {path.name for path in found if not path.name.startswith(".")}


def test_a_model_is_found_with_its_size_and_then_fetched_though_the_program_is_offline(
    hub: LocalHub, tiny: Path, models_dir: Path
) -> None:
    assert os.environ["HF_HUB_OFFLINE"] == "1"
    found = models.find_on_hub(NAME)
    assert set(found.files) == set(listed(hub).files)
    assert found.size == sum(path.stat().st_size for path in tiny.iterdir())
    assert found.here == 0
    assert not models_dir.exists()
    assert len(hub.requests) == 1

    name = models.get(found)
    assert name == FOLDER
    assert sha256(models_dir / FOLDER / "model.bin") == sha256(tiny / "model.bin")
    assert model_folder(NAME) == models_dir / FOLDER
    assert installed(models_dir) == {FOLDER}
    assert not (models_dir / ".downloads" / FOLDER).exists()


def test_a_connection_that_breaks_twice_is_continued_where_it_broke(
    hub: LocalHub, tiny: Path, models_dir: Path
) -> None:
    hub.cut_at = [1_000_000, 500_000]
    models.get(listed(hub))
    assert sha256(models_dir / FOLDER / "model.bin") == sha256(tiny / "model.bin")
    first, *again = hub.ranges_of("model.bin")
    assert first == ""
    second, third = (int(wanted.removeprefix("bytes=").rstrip("-")) for wanted in again)
    # What is on its way in a piece of 256 kB when the connection breaks is sent again.
    assert 1_000_000 - 2**18 <= second <= 1_000_000
    assert second + 500_000 - 2**18 <= third <= second + 500_000


def test_a_download_whose_program_was_killed_goes_on_where_it_was(
    hub: LocalHub, tiny: Path, models_dir: Path
) -> None:
    hub.pause_s = 0.1
    program = "from callreview.cli import main; main()"
    command = [sys.executable, "-c", program, "models", "get", NAME, "--yes"]
    with subprocess.Popen(
        command, cwd=REPOSITORY, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as downloading:
        while weights_so_far(models_dir) < 500_000:
            assert downloading.poll() is None
            time.sleep(0.02)
        downloading.send_signal(signal.SIGKILL)
    assert installed(models_dir) == set()
    hub.pause_s = 0.0

    found = listed(hub)
    assert 500_000 <= found.here < found.size
    models.get(found)
    assert sha256(models_dir / FOLDER / "model.bin") == sha256(tiny / "model.bin")
    begun = int(hub.ranges_of("model.bin")[-1].removeprefix("bytes=").rstrip("-"))
    assert begun >= 500_000


def test_cancel_leaves_what_has_arrived_for_the_next_time(hub: LocalHub, models_dir: Path) -> None:
    hub.pause_s = 0.1
    shown: list[str] = []
    with pytest.raises(Cancelled):
        models.get(
            listed(hub),
            lambda progress: shown.append(progress.stage),
            lambda: weights_so_far(models_dir) > 200_000,
        )
    arrived = weights_so_far(models_dir)
    assert arrived > 200_000
    assert installed(models_dir) == set()
    assert any("of 7 MB" in stage for stage in shown)
    time.sleep(0.3)
    assert weights_so_far(models_dir) == arrived


def test_a_file_with_a_wrong_checksum_is_thrown_away_and_fetched_anew_the_next_time(
    hub: LocalHub, models_dir: Path
) -> None:
    hub.damaged = {"model.bin"}
    found = listed(hub)
    with pytest.raises(EnvironmentProblem, match=r"model\.bin did not arrive as it is on the hub"):
        models.get(found)
    assert weights_so_far(models_dir) == 0
    assert installed(models_dir) == set()
    hub.damaged = set()
    assert models.get(found) == FOLDER
    assert hub.ranges_of("model.bin") == ["", ""]


def test_a_small_file_is_checked_too(hub: LocalHub, models_dir: Path) -> None:
    hub.damaged = {"tokenizer.json"}
    with pytest.raises(EnvironmentProblem, match=r"tokenizer\.json did not arrive"):
        models.get(listed(hub))
    assert installed(models_dir) == set()


def test_a_model_in_parts_is_joined(
    hub: LocalHub, tiny: Path, models_dir: Path, tmp_path: Path
) -> None:
    hub.folder = split_weights(copy_of(tiny, tmp_path / "parts"), 3)
    models.get(listed(hub))
    assert sha256(models_dir / FOLDER / "model.bin") == sha256(tiny / "model.bin")
    assert not list((models_dir / FOLDER).glob("*.part*"))


def test_a_model_that_is_whole_and_yet_unusable_is_refused_and_not_kept(
    hub: LocalHub, tiny: Path, models_dir: Path, tmp_path: Path
) -> None:
    hub.folder = copy_of(tiny, tmp_path / "unusable")
    (hub.folder / "model.bin").write_bytes(b"not weights")
    with pytest.raises(UserError, match=r"office/whisper cannot be used: model\.bin"):
        models.get(listed(hub))
    assert installed(models_dir) == set()
    assert listed(hub).here == 0


def test_a_name_that_the_hub_does_not_have_is_the_users_error(hub: LocalHub) -> None:
    with pytest.raises(UserError, match="no open model nobody/nothing"):
        models.find_on_hub("nobody/nothing")


def test_a_model_that_is_not_for_ctranslate2_is_refused_before_anything_is_fetched(
    hub: LocalHub, tiny: Path, tmp_path: Path
) -> None:
    hub.folder = copy_of(tiny, tmp_path / "other")
    (hub.folder / "model.bin").rename(hub.folder / "pytorch_model.bin")
    with pytest.raises(UserError, match=r"model\.bin is missing there"):
        models.find_on_hub(NAME)


def test_without_a_network_the_hub_cannot_be_reached(
    models_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(EnvironmentProblem, match=r"hub at http://127\.0\.0\.1:9 cannot be reached"):
        models.find_on_hub("tiny")


def test_a_disk_without_room_is_said_before_anything_is_fetched(
    hub: LocalHub, models_dir: Path
) -> None:
    found = listed(hub)
    large = type(found.files[0])("model.bin", 10**18, "0" * 64, "")
    with pytest.raises(EnvironmentProblem, match="Make room"):
        models.get(type(found)(found.name, found.repository, found.revision, (large,)))
    assert hub.ranges_of("model.bin") == []


def test_a_word_that_names_no_model_is_answered_with_the_names_there_are() -> None:
    with pytest.raises(UserError, match=r"one of tiny, .*large-v3"):
        models.find_on_hub("enormous")


def test_the_short_names_are_those_of_faster_whisper() -> None:
    from faster_whisper.utils import _MODELS

    assert {name: _MODELS[name] for name in KNOWN_MODELS} == dict(KNOWN_MODELS)


def test_a_model_that_is_here_is_not_asked_for_again(hub: LocalHub) -> None:
    models.get(listed(hub))
    assert models.is_here(NAME)
    asked = len(hub.requests)
    with pytest.raises(UserError, match="already"):
        models.find_on_hub(NAME)
    assert len(hub.requests) == asked
