"""Listing, using and removing models."""

import hashlib
import shutil
from pathlib import Path

import pytest

from callreview.config.preferences import Preferences, load_preferences
from callreview.domain.errors import UserError
from callreview.services import models
from callreview.speech.diarization import weights
from callreview.speech.models import checksum, model_folder
from tests.tiny_whisper import ENGLISH, copy_of, make_tiny_whisper, split_weights


@pytest.fixture
def put(tiny: Path, models_dir: Path):
    """Installs the tiny model under a name, without the time that trying it takes."""

    def install(name: str) -> Path:
        return copy_of(tiny, models_dir / name)

    return install


def listed() -> dict[str, models.InstalledModel]:
    return {model.name: model for model in models.list_models().models}


def test_the_list_says_where_how_large_which_and_in_use(put) -> None:
    folder = put("office")
    found = listed()
    assert list(found) == ["base", "office"]
    office = found["office"]
    assert (office.path, office.size) == (folder, (folder / "model.bin").stat().st_size)
    assert office.sha256 == checksum.sha256(folder / "model.bin")
    assert office.multilingual
    assert (found["base"].in_use, office.in_use) == (True, False)
    assert found["base"].sha256.startswith("d01c3014")


def test_a_checksum_is_computed_once_until_the_file_changes(put, monkeypatch) -> None:
    folder = put("office")
    first = listed()["office"].sha256
    computed: list[Path] = []
    real = checksum.sha256
    monkeypatch.setattr(checksum, "sha256", lambda file: computed.append(file) or real(file))
    assert listed()["office"].sha256 == first
    assert computed == []
    (folder / "model.bin").write_bytes(b"other")
    assert listed()["office"].sha256 == real(folder / "model.bin") != first
    assert computed == [folder / "model.bin"]


def test_an_english_model_is_listed_as_such(models_dir: Path) -> None:
    make_tiny_whisper(models_dir / "tiny.en", ENGLISH)
    assert listed()["tiny.en"].multilingual is False


def test_the_model_that_is_used_is_the_one_of_every_later_call(put) -> None:
    folder = put("office")
    models.use_model("office")
    assert model_folder() == folder
    assert listed()["office"].in_use
    models.use_model("base")
    assert model_folder().name == "whisper-base"


def test_a_model_of_the_hub_is_found_by_the_name_it_has_there(put) -> None:
    folder = put("owner--repository")
    models.use_model("owner/repository")
    assert model_folder() == model_folder("owner/repository") == folder


def test_removing_the_model_in_use_falls_back_to_the_bundled_one(put, models_dir: Path) -> None:
    folder = put("office")
    models.use_model("office")
    models.remove_model("office")
    assert not folder.exists()
    assert list(models_dir.glob(".removed/*")) == []
    assert model_folder().name == "whisper-base"
    assert listed()["base"].in_use


@pytest.mark.parametrize("name", ["base", "whisper-base"])
def test_the_bundled_model_cannot_be_removed(models_dir: Path, name: str) -> None:
    with pytest.raises(UserError, match="comes with CallReview"):
        models.remove_model(name)


@pytest.mark.parametrize("name", ["nobody", "..", ".", "../models", "", "/"])
def test_what_is_not_installed_is_neither_used_nor_removed(
    put, models_dir: Path, name: str
) -> None:
    put("office")
    for change in (models.use_model, models.remove_model):
        with pytest.raises(UserError):
            change(name)
    assert (models_dir / "office" / "model.bin").is_file()


def test_what_an_unfinished_download_left_can_be_removed(models_dir: Path) -> None:
    begun = models_dir / ".downloads" / "small" / "0123"
    begun.mkdir(parents=True)
    (begun / "model.bin.incomplete").write_bytes(b"half")
    models.remove_model("small")
    assert not begun.parent.exists()


def test_a_model_in_use_that_somebody_deleted_is_said_not_replaced_in_silence(put) -> None:
    folder = put("office")
    models.use_model("office")
    shutil.rmtree(folder)
    with pytest.raises(UserError, match='"office", is no longer on this computer'):
        model_folder()
    found = models.list_models()
    assert not any(model.in_use for model in found.models)
    assert "office" in found.problems[0]


def test_a_folder_with_weights_in_parts_says_how_to_join_them(tiny: Path, tmp_path: Path) -> None:
    parts = split_weights(copy_of(tiny, tmp_path / "parts"), 2)
    with pytest.raises(UserError, match="callreview models add"):
        model_folder(str(parts))


def test_an_installed_model_that_lost_a_file_is_refused(put) -> None:
    (put("office") / "tokenizer.json").unlink()
    with pytest.raises(UserError, match=r"tokenizer\.json is missing"):
        model_folder("office")
    with pytest.raises(UserError, match=r"tokenizer\.json is missing"):
        models.use_model("office")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"speech_model": 5}', '{"other": 1}'])
def test_preferences_that_cannot_be_understood_are_the_defaults(models_dir: Path, text) -> None:
    models_dir.parent.mkdir(parents=True, exist_ok=True)
    (models_dir.parent / "preferences.json").write_text(text)
    assert load_preferences() == Preferences()


def test_the_networks_that_tell_speakers_apart_are_listed_but_not_for_transcribing(
    models_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = models_dir / "speakers"
    folder.mkdir(parents=True)
    (folder / "a.onnx").write_bytes(b"one")
    (folder / "b.onnx").write_bytes(b"two")
    (folder / "model.bin").write_bytes(b"no Whisper")
    monkeypatch.setattr(weights, "speaker_models", lambda: folder)
    speakers = listed()["speakers"]
    assert (speakers.kind, speakers.size, speakers.in_use) == ("speakers", 6, False)
    assert speakers.sha256 == hashlib.sha256(b"onetwo").hexdigest()
    with pytest.raises(UserError):
        models.use_model("speakers")
    models.remove_model("speakers")
    assert not folder.exists()
