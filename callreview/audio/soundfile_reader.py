"""Read with libsndfile what FFmpeg cannot open: headerless telephony files and rare containers."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import numpy.typing as npt
import soundfile

from callreview.config.language import _
from callreview.domain.recording import AudioInfo, Damage

Samples = npt.NDArray[np.int16]
_BLOCK_FRAMES = 1 << 16


@dataclass(frozen=True)
class RawFormat:
    """How the samples of a headerless mono file are coded: libsndfile's subtype, and Hz."""

    subtype: str
    rate: int


# Dialogic cards write .vox, Asterisk and SIP recorders the others.
RAW_FORMATS = {
    ".vox": RawFormat("VOX_ADPCM", 8000),
    ".ul": RawFormat("ULAW", 8000),
    ".ulaw": RawFormat("ULAW", 8000),
    ".pcmu": RawFormat("ULAW", 8000),
    ".al": RawFormat("ALAW", 8000),
    ".alaw": RawFormat("ALAW", 8000),
    ".pcma": RawFormat("ALAW", 8000),
    ".sln": RawFormat("PCM_16", 8000),
    ".sln16": RawFormat("PCM_16", 16000),
}
_KNOWN_STARTS = (b"RIFF", b"RF64", b"OggS", b"fLaC", b"ID3", b"FORM", b".snd", b"NIST_1A", b"#!AMR")


def raw_format_of(path: Path) -> RawFormat | None:
    """How to read `path` when its name says that it has no header, and it has none."""
    raw = RAW_FORMATS.get(path.suffix.lower())
    if raw is None:
        return None
    with path.open("rb") as file:
        return None if file.read(8).startswith(_KNOWN_STARTS) else raw


class SoundfileReader:
    """A file as int16 blocks; `damage` is complete after the last one.

    Raises soundfile.LibsndfileError (a RuntimeError) when the file cannot be opened.
    """

    tracks = 1

    def __init__(self, path: Path, raw: RawFormat | None = None) -> None:
        if raw is None:
            self._file = soundfile.SoundFile(path)
        else:
            self._file = soundfile.SoundFile(
                path, format="RAW", subtype=raw.subtype, samplerate=raw.rate, channels=1
            )
        self.rate: int = self._file.samplerate
        self.natural_rate = self.rate
        self.channels: int = self._file.channels
        self.damage: list[Damage] = []
        self.frames = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    @property
    def info(self) -> AudioInfo:
        """What the file says about itself."""
        duration_s = self._file.frames / self.rate if self._file.frames > 0 else None
        return AudioInfo(duration_s, self.rate, self.channels, self._file.subtype.lower())

    @property
    def progress(self) -> float:
        """How much of the file has been read, 0..1."""
        return min(self.frames / max(int(self._file.frames), 1), 1.0)

    def blocks(self) -> Iterator[Samples]:
        """Yield the whole file in order: int16 of shape (frames, channels)."""
        while len(block := self._read()):
            self.frames += len(block)
            # libsndfile does not scale when it reads floating point files as integers.
            yield np.clip(np.rint(block * 32768.0), -32768, 32767).astype(np.int16)
        if self.frames < self._file.frames:
            end_s = self._file.frames / self.rate
            self.damage.append(Damage(self.frames / self.rate, end_s, _("the file ends early")))

    def _read(self) -> npt.NDArray[np.float32]:
        try:
            block: npt.NDArray[np.float32] = self._file.read(
                _BLOCK_FRAMES, dtype="float32", always_2d=True
            )
        except soundfile.LibsndfileError:
            return np.zeros((0, self.channels), dtype=np.float32)
        return block
