"""Fingerprints of source files."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from callreview.audio.diagnosis import read_problem


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes, as 64 hexadecimal digits.

    Raises UserError when the file is missing, EnvironmentProblem when it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise read_problem(path, error) from error


def sha256_of_all(paths: Sequence[Path]) -> str:
    """SHA-256 that stands for one call: the file's own, or over the digests of several in order."""
    if len(paths) == 1:
        return sha256_of(paths[0])
    return hashlib.sha256(b"".join(bytes.fromhex(sha256_of(path)) for path in paths)).hexdigest()
