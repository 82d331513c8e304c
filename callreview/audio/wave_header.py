"""What the header of a WAV file says, read without a decoder: for broken and cut-off files."""

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

# Recorders that cannot seek back leave the length at 0 or near the largest 32-bit number.
_UNKNOWN_LENGTH = 0x7FFF0000


@dataclass(frozen=True)
class WaveHeader:
    """The `fmt ` and `data` chunks: `data_bytes` as claimed (None: not told), `present_bytes` as found.

    `format_tag` is the registered number of the codec (1 PCM, 6 A-law, 7 mu-law, 49 GSM ...).
    """

    format_tag: int
    channels: int
    sample_rate: int
    bytes_per_second: int
    data_bytes: int | None
    present_bytes: int

    @property
    def missing_s(self) -> float:
        """Seconds of sound that the header claims but the file does not hold."""
        if self.data_bytes is None or not self.bytes_per_second:
            return 0.0
        return max(self.data_bytes - self.present_bytes, 0) / self.bytes_per_second


def read_wave_header(path: Path) -> WaveHeader | None:
    """Read the header of a RIFF/WAVE file; None when it is none or has no `fmt ` chunk."""
    with path.open("rb") as file:
        start = file.read(12)
        if start[:4] != b"RIFF" or start[8:12] != b"WAVE":
            return None
        return _walk_chunks(file, path.stat().st_size)


def _walk_chunks(file: BinaryIO, file_bytes: int) -> WaveHeader | None:
    form: tuple[int, int, int, int] | None = None
    while len(head := file.read(8)) == 8:
        name, size = head[:4], struct.unpack("<I", head[4:])[0]
        if name == b"fmt " and len(body := file.read(16)) == 16:
            form = struct.unpack("<HHII", body[:12])
            file.seek(size + size % 2 - 16, 1)
        elif name == b"data":
            return _header(form, size, file_bytes - file.tell())
        else:
            file.seek(size + size % 2, 1)
    return _header(form, 0, 0)


def _header(
    form: tuple[int, int, int, int] | None, size: int, present_bytes: int
) -> WaveHeader | None:
    if form is None:
        return None
    tag, channels, rate, bytes_per_second = form
    claimed = size if 0 < size < _UNKNOWN_LENGTH else None
    return WaveHeader(tag, channels, rate, bytes_per_second, claimed, present_bytes)
