"""Is everything there and whole? And a copy of all of it."""

import os
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from callreview.audio.digest import sha256_of
from callreview.config.language import _
from callreview.domain.errors import EnvironmentProblem, UserError
from callreview.storage.checks import check_audio, check_damage, check_scores, check_search
from callreview.storage.connection import connect_reader
from callreview.storage.problems import environment_problems
from callreview.storage.workspace import Workspace


def verify(workspace: Workspace) -> list[str]:
    """What is wrong with the workspace, one line each; empty when all is well.

    Reads every recording once. A damaged database is not looked into any further. The search
    index is left out when the workspace is read-only.
    """
    with workspace.read() as db:
        damage = list(check_damage(db))
    if damage:
        return damage
    problems = [] if workspace.read_only else workspace.write(lambda db: list(check_search(db)))
    with workspace.read() as db:
        problems += check_scores(db)
        problems += check_audio(db, workspace.audio_dir)
    return problems


def backup(workspace: Workspace, out: Path) -> None:
    """Write a complete, checked copy of the workspace to `out`: a new folder, or a .zip file.

    A folder can be opened as a workspace, and so can an unpacked .zip. Nothing is left at `out`
    when it fails. Raises UserError when `out` is already there, EnvironmentProblem when the disk
    refuses or the copy is not whole.
    """
    out = out.absolute()
    if out.exists():
        raise UserError(
            _("{path} is already there. Choose a name that is not taken.").format(path=out)
        )
    partial = out.with_name(f".{out.name}.partial")
    with _disk_problems(out):
        try:
            _copy(workspace, partial)
            if out.suffix.lower() == ".zip":
                partial = _pack(partial)
            partial.rename(out)
            _sync(out.parent)
        finally:
            _remove(partial)


def _copy(workspace: Workspace, folder: Path) -> None:
    """Copy database, audio and reports to `folder`; EnvironmentProblem when the copy differs."""
    _remove(folder)
    folder.mkdir(parents=True)
    _copy_database(workspace.database_path, folder / Workspace.DATABASE)
    for source in (workspace.audio_dir, workspace.reports_dir):
        for file in sorted(path for path in source.rglob("*") if path.is_file()):
            _copy_file(file, folder / file.relative_to(workspace.folder))
    _sync(folder)


def _copy_database(source: Path, target: Path) -> None:
    with environment_problems(target), closing(connect_reader(source)) as db:
        db.execute("VACUUM INTO ?", [str(target)])
    _sync(target)
    with environment_problems(target), closing(connect_reader(target)) as db:
        problems = [*check_damage(db), *check_scores(db)]
    if problems:
        raise EnvironmentProblem(
            _("The backup is not whole: {problems}").format(problems="; ".join(problems))
        )


def _copy_file(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target)
    _sync(target)
    if sha256_of(source) != sha256_of(target):
        raise EnvironmentProblem(
            _("The backup is not whole: {path} differs from the original.").format(path=target)
        )


def _pack(folder: Path) -> Path:
    """Pack the copied folder into a .zip beside it and remove the folder; return the .zip."""
    packed = folder.with_suffix(".zip")
    try:
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for file in sorted(path for path in folder.rglob("*") if path.is_file()):
                archive.write(file, file.relative_to(folder))
        with zipfile.ZipFile(packed) as archive:
            damaged = archive.testzip()
    except BaseException:
        _remove(packed)
        raise
    finally:
        _remove(folder)
    if damaged is not None:
        _remove(packed)
        raise EnvironmentProblem(
            _("The backup is not whole: {path} differs from the original.").format(path=damaged)
        )
    _sync(packed)
    return packed


@contextmanager
def _disk_problems(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise EnvironmentProblem(
            _(
                "The backup could not be written to {path} ({reason}). "
                "Check the free space and that you may write there."
            ).format(path=path, reason=error.strerror or error)
        ) from error


def _sync(path: Path) -> None:
    """Have the disk keep a file, or the names in a folder."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
