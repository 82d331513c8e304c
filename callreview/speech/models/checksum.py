"""Checksums of large files, remembered beside them so that a list of models is quick."""

import contextlib
import hashlib
import json
from pathlib import Path

SUFFIX = ".sha256.json"


def sha256(*files: Path) -> str:
    """The SHA-256 of a file, or of several one after the other, in hexadecimal digits."""
    digest = hashlib.sha256()
    for file in files:
        with file.open("rb") as content:
            hashlib.file_digest(content, lambda: digest)
    return digest.hexdigest()


def git_sha1(file: Path) -> str:
    """The name that git gives to the content of a file; hubs give it for small files."""
    content = file.read_bytes()
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def remembered_sha256(file: Path) -> str:
    """The SHA-256 of a file, computed only when the file changed since the last time."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        known = json.loads(_note(file).read_text("utf-8"))
        if known.get("file") == _state(file) and isinstance(known.get("sha256"), str):
            return str(known["sha256"])
    found = sha256(file)
    remember_sha256(file, found)
    return found


def remember_sha256(file: Path, digest: str) -> None:
    """Note the checksum of a file beside it; where that cannot be written it is computed anew."""
    with contextlib.suppress(OSError):
        _note(file).write_text(json.dumps({"file": _state(file), "sha256": digest}), "utf-8")


def _note(file: Path) -> Path:
    return file.with_name(file.name + SUFFIX)


def _state(file: Path) -> list[int]:
    facts = file.stat()
    return [facts.st_size, facts.st_mtime_ns]
