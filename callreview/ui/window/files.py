"""Asking for files: what to import, and where to write."""

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from callreview.config.language import _
from callreview.services.import_plan import AUDIO_SUFFIXES, ImportOrder, Pair

MANIFEST_SUFFIXES = (".csv", ".tsv")


def ask_recordings(parent: QWidget) -> ImportOrder | None:
    """Recordings to import, None when the user thinks better of it."""
    patterns = " ".join(f"*{suffix}" for suffix in sorted(AUDIO_SUFFIXES))
    kinds = ";;".join((f"{_('Recordings')} ({patterns})", f"{_('All files')} (*)"))
    names, _kind = QFileDialog.getOpenFileNames(parent, _("Import recordings"), "", kinds)
    return ImportOrder(tuple(map(Path, names))) if names else None


def ask_folder(parent: QWidget) -> ImportOrder | None:
    """A folder of recordings to import."""
    name = QFileDialog.getExistingDirectory(parent, _("Import a folder"))
    return ImportOrder((Path(name),)) if name else None


def ask_manifest(parent: QWidget) -> ImportOrder | None:
    """A manifest to import."""
    name, _kind = QFileDialog.getOpenFileName(
        parent, _("Import a manifest"), "", f"{_('Manifests')} (*.csv *.tsv);;{_('All files')} (*)"
    )
    return ImportOrder(manifest=Path(name)) if name else None


def ask_pair(parent: QWidget) -> ImportOrder | None:
    """The agent's and the customer's recording of one call."""
    agent, _kind = QFileDialog.getOpenFileName(parent, _("The agent's recording"))
    if not agent:
        return None
    customer, _kind = QFileDialog.getOpenFileName(parent, _("The customer's recording"))
    return ImportOrder(pair=Pair(Path(agent), Path(customer))) if customer else None


def ask_target(parent: QWidget, title: str, name: str, suffixes: tuple[str, ...]) -> Path | None:
    """Where to write a file; the first suffix is used when the user gives none."""
    kinds = ";;".join(f"{suffix[1:].upper()} (*{suffix})" for suffix in suffixes)
    chosen, kind = QFileDialog.getSaveFileName(parent, title, name + suffixes[0], kinds)
    if not chosen:
        return None
    path = Path(chosen)
    if path.suffix.lower() in suffixes:
        return path
    suffix = next((s for s in suffixes if f"*{s})" in kind), suffixes[0])
    named = path.with_name(path.name + suffix)
    # The dialog has only asked about the name as it was typed.
    return named if not named.exists() or _may_replace(parent, named) else None


def _may_replace(parent: QWidget, path: Path) -> bool:
    question = _("{name} is already there. Replace it?").format(name=path.name)
    box = QMessageBox(QMessageBox.Icon.Question, "CallReview", question, parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No)
    return box.exec() == QMessageBox.StandardButton.Yes


def dropped(mime: QMimeData) -> ImportOrder | None:
    """What was dropped on the window, as an order; None when there are no files in it."""
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    manifests = [path for path in paths if path.suffix.lower() in MANIFEST_SUFFIXES]
    if not paths:
        return None
    manifest = manifests[0] if manifests else None
    return ImportOrder(tuple(path for path in paths if path != manifest), manifest)
