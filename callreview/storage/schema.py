"""Bringing a workspace database to the shape this program knows."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from callreview.config.language import _
from callreview.domain.errors import EnvironmentProblem, UserError
from callreview.storage.migrations import STEPS, Step, migrations

if TYPE_CHECKING:
    from sqlite_utils import Database


def upgrade(
    db: "Database", path: Path, backups_dir: Path, steps: Mapping[str, Step] = STEPS
) -> None:
    """Apply the migrations that are missing, after a copy into `backups_dir` if there is data.

    All of them are kept or none. Raises UserError when the database was made by a newer program.
    """
    refuse_newer(db, path, steps)
    pending = [step.name for step in migrations(steps).pending(db)]
    if not pending:
        return
    if db.table_names():
        _back_up_before(db, pending[0], backups_dir)
    _migrate(db, steps)


def refuse_newer(db: "Database", path: Path, steps: Mapping[str, Step] = STEPS) -> None:
    """Raise UserError when the database has migrations that this program does not know."""
    applied = {step.name for step in migrations(steps).applied(db)}
    if applied - steps.keys():
        raise UserError(
            _(
                "The workspace {path} was made by a newer version of CallReview. "
                "Update this program, or open a backup made before the update."
            ).format(path=path)
        )


def refuse_older(db: "Database", path: Path) -> None:
    """Raise UserError when migrations are missing, which reading alone cannot apply."""
    if migrations().pending(db):
        raise UserError(
            _(
                "The workspace {path} was made by an older version of CallReview. "
                "Open it once for writing, which brings it up to date after a backup."
            ).format(path=path)
        )


def _back_up_before(db: "Database", migration: str, backups_dir: Path) -> None:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    db.execute("VACUUM INTO ?", [str(backups_dir / f"before-{migration}-{stamp}.db")])


def _migrate(db: "Database", steps: Mapping[str, Step]) -> None:
    # A migration may rebuild a parent table; with foreign keys on, that would delete its children.
    db.execute("PRAGMA foreign_keys = OFF")
    try:
        with db.atomic():
            migrations(steps).apply(db)
            _refuse_broken_references(db)
    finally:
        db.execute("PRAGMA foreign_keys = ON")


def _refuse_broken_references(db: "Database") -> None:
    broken = db.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise EnvironmentProblem(
            _(
                "The workspace database is damaged: {count} rows point to rows that are missing. "
                "Restore it from the folder “backups”."
            ).format(count=len(broken))
        )
