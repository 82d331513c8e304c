"""Talking to the hub of models. Everything here runs in a child process and only when asked for.

The rest of CallReview is told to stay offline (HF_HUB_OFFLINE); the child of a download is not.
"""

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from callreview import __version__
from callreview.config import paths
from callreview.config.language import _
from callreview.domain.errors import EnvironmentProblem, UserError
from callreview.speech.models.checksum import git_sha1, sha256
from callreview.speech.models.installing import put_in_place, working_folder
from callreview.speech.models.joining import check_room, files_size
from callreview.speech.models.names import DOWNLOADS, folder_name, repository
from callreview.speech.models.whisper_folder import (
    SMALL_FILES,
    WEIGHTS,
    missing_files,
    part_names,
)

if TYPE_CHECKING:
    from huggingface_hub.hf_api import RepoSibling

PARTIAL = ".incomplete"

# Compressed on the way, a file could not be continued where it was cut off.
_HEADERS = {"User-Agent": f"callreview/{__version__}", "Accept-Encoding": "identity"}

_ANSWER_WITHIN_S = 10.0
# Small pieces: progress moves on slow lines, and little is lost when the process is killed.
_PIECE_BYTES = 1 << 18


@dataclass(frozen=True)
class HubFile:
    """A file on the hub: its size in bytes and what its content has to be.

    `sha256` is known of large files; of small ones the hub gives git's name of the content.
    """

    name: str
    size: int
    sha256: str
    git_sha1: str


@dataclass(frozen=True)
class HubModel:
    """A model on the hub, in one revision (a commit)."""

    name: str
    repository: str
    revision: str
    files: tuple[HubFile, ...]

    @property
    def size(self) -> int:
        """The bytes of all files."""
        return sum(file.size for file in self.files)

    @property
    def folder(self) -> Path:
        """Where the files gather until the model is whole."""
        return paths.models_dir() / DOWNLOADS / folder_name(self.name) / self.revision

    @property
    def here(self) -> int:
        """The bytes that an earlier, interrupted download left."""
        return min(files_size(self.folder), self.size)


def look_up(name: str) -> HubModel:
    """Ask the hub for a model by its short name or "owner/repository".

    Raises UserError when the hub has no such model or it is not for CTranslate2,
    EnvironmentProblem when the hub cannot be reached.
    """
    place = repository(name)
    _go_online()
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HFValidationError, RepositoryNotFoundError

    try:
        with _reaching_the_hub():
            hub = HfApi(token=False)
            found = hub.model_info(place, files_metadata=True, timeout=_ANSWER_WITHIN_S)
    except (RepositoryNotFoundError, HFValidationError) as problem:
        text = _("The hub has no open model {repository}. Check the name.")
        raise UserError(text.format(repository=place)) from problem
    return _described(name, place, found.sha or "main", found.siblings or [])


def fetch(model: HubModel) -> None:
    """Fetch what is not here yet, check every file, and install the model.

    A file that was cut off is continued where it ends. Raises EnvironmentProblem when the
    connection breaks, a checksum is wrong or the disk refuses: then the whole files and the
    beginnings stay for the next time, except what is wrong.
    """
    _go_online()
    with working_folder(model.folder.parent):
        _forget_other_revisions(model.folder)
        model.folder.mkdir(exist_ok=True)
        check_room(model.folder, model.size - model.here)
        for file in model.files:
            if not (model.folder / file.name).is_file():
                _fetch_file(model, file)
        try:
            put_in_place(model.folder, folder_name(model.name), model.repository)
        except UserError:
            # Every byte is as on the hub: fetching it again would not help.
            shutil.rmtree(model.folder)
            raise
    shutil.rmtree(model.folder.parent, ignore_errors=True)


def _described(name: str, place: str, revision: str, siblings: "list[RepoSibling]") -> HubModel:
    by_name = {sibling.rfilename: sibling for sibling in siblings}
    missing = missing_files(set(by_name))
    if missing:
        text = _(
            "{repository} is no Whisper model converted for CTranslate2: {missing} is missing there."
        )
        raise UserError(text.format(repository=place, missing=", ".join(missing)))
    weights = [WEIGHTS] if WEIGHTS in by_name else part_names(set(by_name))
    wanted = [by_name[name] for name in (*SMALL_FILES, *weights) if name in by_name]
    return HubModel(name, place, revision, tuple(_file(sibling) for sibling in wanted))


def _file(sibling: "RepoSibling") -> HubFile:
    return HubFile(
        name=sibling.rfilename,
        size=sibling.size or 0,
        sha256=sibling.lfs.sha256 if sibling.lfs else "",
        git_sha1="" if sibling.lfs else sibling.blob_id or "",
    )


def _fetch_file(model: HubModel, file: HubFile) -> None:
    from huggingface_hub import hf_hub_url
    from huggingface_hub.file_download import http_get

    partial = model.folder / (file.name + PARTIAL)
    # Unbuffered: what arrived is on the disk when the process is killed.
    with partial.open("ab", buffering=0) as target:
        if target.tell() > file.size:
            target.truncate(0)
        with _reaching_the_hub():
            http_get(
                hf_hub_url(model.repository, file.name, revision=model.revision),
                target,
                resume_size=target.tell(),
                headers=_HEADERS,
                expected_size=file.size,
            )
        os.fsync(target.fileno())
    _check(partial, file)
    partial.rename(model.folder / file.name)


def _check(arrived: Path, file: HubFile) -> None:
    right = sha256(arrived) == file.sha256 if file.sha256 else git_sha1(arrived) == file.git_sha1
    if not right:
        arrived.unlink()
        raise EnvironmentProblem(
            _(
                "{file} did not arrive as it is on the hub: its checksum is wrong. It was thrown away; "
                "start the download again."
            ).format(file=file.name)
        )


def _forget_other_revisions(folder: Path) -> None:
    """What was begun of an older revision of the model fits this one no more."""
    for other in folder.parent.iterdir():
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)


def _go_online() -> None:
    """Let this process, and no other, reach the hub, without progress bars, account or telemetry."""
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    os.environ["HF_HUB_DISABLE_PROGRESS_BARS"] = "1"
    os.environ["HF_HUB_VERBOSITY"] = "critical"
    from huggingface_hub import constants
    from tqdm import tqdm  # type: ignore[import-untyped]

    constants.HF_HUB_OFFLINE = False
    constants.DOWNLOAD_CHUNK_SIZE = _PIECE_BYTES
    # The lock between processes would outlive a process that is killed, and Python complain.
    tqdm.set_lock(threading.RLock())


@contextmanager
def _reaching_the_hub() -> Iterator[None]:
    """Turn what the hub's client raises into what the user can act on; its 404 goes through."""
    from huggingface_hub import constants
    from huggingface_hub.errors import HfHubHTTPError, RepositoryNotFoundError

    # The client's HTTP library is its own affair; the errors of both have a parent in common.
    network_errors = cast("tuple[type[Exception], ...]", HfHubHTTPError.__bases__)
    try:
        yield
    except RepositoryNotFoundError:
        raise
    except network_errors as problem:
        if isinstance(problem, OSError) and problem.errno is not None:
            # The disk's, not the network's.
            raise
        raise EnvironmentProblem(
            _(
                "The hub at {address} cannot be reached: {problem}. Check the network and start "
                "again; what has arrived is kept."
            ).format(address=constants.ENDPOINT, problem=_first_line(problem))
        ) from problem


def _first_line(problem: BaseException) -> str:
    text = str(problem).strip() or type(problem).__name__
    return text.splitlines()[0].rstrip(".")
