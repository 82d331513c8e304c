"""Looking for the digits of a card number in every file of a folder, however they were written."""

import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

NAMES = {
    **{"0": ("zero", "oh", "o", "공", "영"), "1": ("one", "일", "하나"), "2": ("two", "이", "둘")},
    **{"3": ("three", "삼", "셋"), "4": ("four", "사", "넷"), "5": ("five", "오", "다섯")},
    **{"6": ("six", "육", "여섯"), "7": ("seven", "칠", "일곱"), "8": ("eight", "팔", "여덟")},
    "9": ("nine", "구", "아홉"),
}
WINDOW = 6
"""So many digits in a row are the card's; fewer stand in times and in hashes by chance."""

# Between digits: what people write, and what stands between words of a word list in JSON.
_BETWEEN = rb"(?:[^0-9A-Za-z\x80-\xff]{0,3}|\W{1,3},[0-9.]+,[0-9.]+,[0-9.]+,[01]\W{1,6})"


def leaks(folder: Path, number: str) -> list[str]:
    """The names of files that hold six digits of the number in a row, in figures or in words."""
    pattern = re.compile(rb"|".join(_windows(number)), re.IGNORECASE)
    return [name for name, data in _contents(folder) if pattern.search(data)]


def _windows(number: str) -> Iterator[bytes]:
    for start in range(len(number) - WINDOW + 1):
        digits = number[start : start + WINDOW]
        yield _BETWEEN.join(digit.encode() for digit in digits)
        yield _BETWEEN.join(
            b"(?:" + b"|".join(name.encode() for name in NAMES[digit]) + b")" for digit in digits
        )


def _contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file but sound, also without the NUL bytes of UTF-16; what is in .zip and .pdf too."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        data = path.read_bytes()
        if path.suffix == ".zip" or path.suffix == ".xlsx":
            with zipfile.ZipFile(BytesIO(data)) as archive:
                for name in archive.namelist():
                    if not name.endswith((".pcm", ".peaks")):
                        yield f"{path.name}/{name}", archive.read(name)
        elif path.suffix not in (".pcm", ".peaks"):
            yield path.name, data
            yield path.name, data.replace(b"\0", b"")
            if path.suffix == ".pdf":
                yield path.name, _text_of_pdf(path)


def _text_of_pdf(path: Path) -> bytes:
    """What a page says: its bytes are compressed numbers of glyphs."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    command = ["pdftotext", "-enc", "UTF-8", str(path), "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout
