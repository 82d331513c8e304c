"""Folders of the user: copied whole and tried, or not at all."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from callreview.domain.errors import Cancelled, EnvironmentProblem, UserError
from callreview.services import models
from callreview.speech.models import check_language, installing, model_folder
from callreview.speech.models.checksum import sha256
from callreview.speech.models.whisper_folder import check_loads
from tests.conftest import REPOSITORY
from tests.tiny_whisper import ENGLISH, copy_of, make_tiny_whisper, split_weights


def left_over(models_dir: Path) -> list[Path]:
    """Files among the models beside locks, hidden ones too."""
    return [path for path in models_dir.rglob("*") if path.is_file() and path.suffix != ".lock"]


def test_a_folder_is_copied_under_its_own_name_and_can_be_loaded(
    tiny: Path, models_dir: Path
) -> None:
    shown: list[float] = []
    name = models.add(tiny, lambda progress: shown.append(progress.fraction))
    assert name == tiny.name
    copied = model_folder(name)
    assert copied == models_dir / tiny.name
    assert sha256(copied / "model.bin") == sha256(tiny / "model.bin")
    assert shown == sorted(shown)
    assert {path.name for path in left_over(models_dir)} == {
        *(path.name for path in tiny.iterdir()),
        "model.bin.sha256.json",
    }


def test_weights_in_parts_are_joined_in_the_order_of_their_numbers(
    tiny: Path, models_dir: Path, tmp_path: Path
) -> None:
    parts = split_weights(copy_of(tiny, tmp_path / "parts"), 11)
    models.add(parts)
    assert sha256(models_dir / "parts" / "model.bin") == sha256(tiny / "model.bin")
    assert (parts / "model.bin.part11").is_file()


def test_a_missing_part_is_named(tiny: Path, models_dir: Path, tmp_path: Path) -> None:
    parts = split_weights(copy_of(tiny, tmp_path / "parts"), 3)
    (parts / "model.bin.part2").unlink()
    with pytest.raises(UserError, match=r"model\.bin\.part2 is missing"):
        models.add(parts)


def cut(folder: Path) -> None:
    os.truncate(folder / "model.bin", 100_000)


def no_settings(folder: Path) -> None:
    (folder / "config.json").write_text("{")


def few_words(folder: Path) -> None:
    (folder / "vocabulary.json").write_text('["a", "b"]')


def broken_words(folder: Path) -> None:
    (folder / "vocabulary.json").write_text("[")


def broken_tokenizer(folder: Path) -> None:
    (folder / "tokenizer.json").write_text("{}")


def other_bands(folder: Path) -> None:
    (folder / "preprocessor_config.json").write_text('{"feature_size": 128}')


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (cut, "model.bin cannot be read"),
        (no_settings, "config.json cannot be read"),
        (few_words, "its vocabulary has 2 entries"),
        (broken_words, "vocabulary.json cannot be read"),
        (broken_tokenizer, "tokenizer.json cannot be read"),
        (other_bands, "it hears 80 frequency bands"),
    ],
)
def test_what_is_wrong_with_a_damaged_model_is_said(tiny, tmp_path, damage, said) -> None:
    folder = copy_of(tiny, tmp_path / "damaged")
    damage(folder)
    with pytest.raises(UserError) as problem:
        check_loads(folder, "damaged")
    assert said in str(problem.value)


def test_a_damaged_model_is_refused_naming_the_users_folder_and_nothing_is_kept(
    tiny: Path, models_dir: Path, tmp_path: Path
) -> None:
    folder = copy_of(tiny, tmp_path / "damaged")
    cut(folder)
    with pytest.raises(UserError) as problem:
        models.add(folder)
    assert str(folder) in str(problem.value)
    assert left_over(models_dir) == []


@pytest.mark.parametrize("name", ["base", "whisper-base", "speakers", "my model", ".hidden"])
def test_a_name_that_is_taken_or_unusable_is_refused(
    tiny: Path, models_dir: Path, tmp_path: Path, name: str
) -> None:
    with pytest.raises(UserError, match=name):
        models.add(copy_of(tiny, tmp_path / name))
    assert left_over(models_dir) == []


def test_a_second_model_of_the_same_name_is_refused(tiny: Path, models_dir: Path) -> None:
    models.add(tiny)
    with pytest.raises(UserError, match="already"):
        models.add(tiny)


def test_a_disk_without_room_is_said_before_anything_is_copied(
    tiny: Path, models_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = shutil.disk_usage(tiny).free
    monkeypatch.setattr("callreview.speech.models.joining._LEFT_FREE_BYTES", free)
    with pytest.raises(EnvironmentProblem, match="Make room"):
        installing.copy_model(tiny, "tiny")
    assert left_over(models_dir) == []


def test_cancel_keeps_nothing(tiny: Path, models_dir: Path) -> None:
    with pytest.raises(Cancelled):
        models.add(tiny, cancelled=lambda: True)
    assert left_over(models_dir) == []


def test_a_program_that_is_killed_while_it_copies_leaves_no_model(
    tiny: Path, models_dir: Path
) -> None:
    program = "from callreview.cli import main; main()"
    command = [sys.executable, "-c", program, "models", "add", str(tiny)]
    with subprocess.Popen(
        command, cwd=REPOSITORY, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as adding:
        while not list((models_dir / ".adding").glob("tiny-whisper/*")):
            assert adding.poll() is None
            time.sleep(0.005)
        adding.send_signal(signal.SIGKILL)
    assert [model.name for model in models.list_models().models] == ["base"]
    # What was left is no hindrance.
    assert models.add(tiny) == tiny.name


def test_an_english_model_refuses_other_languages(models_dir: Path, tmp_path: Path) -> None:
    folder = make_tiny_whisper(tmp_path / "tiny.en", ENGLISH)
    check_language(folder, "en")
    with pytest.raises(UserError, match=r"tiny\.en knows English only"):
        check_language(folder, "ko")


def test_two_programs_do_not_bring_the_same_model_in_at_once(
    models_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installing, "_LOCK_WAIT_S", 0.05)
    folder = models_dir / ".adding" / "office"
    with (
        installing.working_folder(folder),
        pytest.raises(UserError, match="Another CallReview is bringing the model office in"),
        installing.working_folder(folder),
    ):
        pass
    with installing.working_folder(folder):
        assert folder.is_dir()
