"""Decode a recording once to prepared audio: every channel, true times, damage listed."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

import av.error
import numpy as np
import numpy.typing as npt
import soundfile

from callreview.audio.av_reader import AvReader
from callreview.audio.diagnosis import refuse_what_is_no_sound, unreadable
from callreview.audio.digest import sha256_of_all
from callreview.audio.offset import OffsetMeter, take_away
from callreview.audio.prepared import PreparedAudio
from callreview.audio.replacing import replacing
from callreview.audio.resample import resample_blocks
from callreview.audio.soundfile_reader import SoundfileReader, raw_format_of
from callreview.audio.wave_header import read_wave_header
from callreview.config.language import _
from callreview.domain.errors import Cancelled, UserError
from callreview.domain.recording import AudioInfo, Damage

Samples = npt.NDArray[np.int16]
Reader = AvReader | SoundfileReader

_BLOCK_FRAMES = 1 << 16
# NMS ADPCM of old voice boards, which FFmpeg takes for AMR.
_NMS_TAG = 0x0038


def probe(path: Path) -> AudioInfo:
    """Read what a file says about its sound, without decoding it.

    Channels are counted over all audio tracks. Raises UserError and EnvironmentProblem like
    `prepare_audio`.
    """
    with ExitStack() as stack:
        readers = _open_tracks(path, stack)
        info = readers[0].info
        channels = sum(reader.channels for reader in readers)
        return AudioInfo(info.duration_s, info.sample_rate, channels, info.codec)


def prepare_audio(
    sources: Sequence[Path],
    pcm_path: Path,
    *,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> PreparedAudio:
    """Decode `sources` to raw interleaved little-endian int16 in `pcm_path`.

    One source gives all its channels; several (the sides of one call) are put side by side in
    order, at the highest of their rates, the shorter ones padded with silence. Holes become silence
    and are listed as damage, times in seconds. A DC offset is taken away. `progress` gets the
    fraction done, 0..1.

    Raises UserError for a source that holds no readable sound, EnvironmentProblem when the disk is
    full or refuses, Cancelled when `cancelled()` says so; then nothing is left at `pcm_path`.
    """
    with ExitStack() as stack:
        tracks = [(path, reader) for path in sources for reader in _open_tracks(path, stack)]
        readers = [reader for _path, reader in tracks]
        rate = max(reader.natural_rate for reader in readers)
        digest = sha256_of_all(sources)
        file = stack.enter_context(replacing(pcm_path))
        frames = _write(file, readers, rate, progress, cancelled)
        _refuse_silent_tracks(tracks)
    return PreparedAudio(
        path=pcm_path,
        channels=sum(reader.channels for reader in readers),
        sample_rate=rate,
        frames=frames,
        damage=_all_damage(tracks),
        sha256=digest,
        source_lengths_s=tuple(_length_s(path, tracks) for path in sources),
    )


def _open_tracks(path: Path, stack: ExitStack) -> list[Reader]:
    """Open every audio track of a file: some recorders give each side a track of its own."""
    refuse_what_is_no_sound(path)
    first = _open(path)
    stack.enter_context(first)
    others = [stack.enter_context(AvReader(path, index)) for index in range(1, first.tracks)]
    if first.channels == 0 or first.rate == 0:
        raise unreadable(path)
    return [first, *others]


def _open(path: Path) -> Reader:
    raw = raw_format_of(path)
    if raw is not None:
        return SoundfileReader(path, raw)
    wave = read_wave_header(path)
    if wave is not None and wave.format_tag == _NMS_TAG:
        return _open_with_soundfile(path)
    try:
        return AvReader(path)
    except LookupError as error:
        raise UserError(_("{path} holds no sound track.").format(path=path)) from error
    except (av.error.FFmpegError, ValueError):
        # libsndfile opens no MP3 that FFmpeg cannot, but complains on stderr while trying.
        if path.suffix.lower() == ".mp3":
            raise unreadable(path) from None
        return _open_with_soundfile(path)


def _open_with_soundfile(path: Path) -> SoundfileReader:
    try:
        return SoundfileReader(path)
    except (soundfile.LibsndfileError, TypeError) as error:
        raise unreadable(path) from error


def _write(
    file: BinaryIO,
    readers: Sequence[Reader],
    rate: int,
    progress: Callable[[float], None] | None,
    cancelled: Callable[[], bool] | None,
) -> int:
    frames = 0
    meter = OffsetMeter(sum(reader.channels for reader in readers))
    for block in _side_by_side([_steady(_at_rate(reader, rate)) for reader in readers], readers):
        if cancelled is not None and cancelled():
            raise Cancelled(_("Reading the recording was cancelled."))
        file.write(block.astype("<i2", copy=False).tobytes())
        frames += len(block)
        meter.add(block)
        if progress is not None:
            progress(min(reader.progress for reader in readers))
    if meter.offsets.any():
        take_away(file, meter.offsets)
    return frames


def _at_rate(reader: Reader, rate: int) -> Iterator[Samples]:
    return resample_blocks(_steady(reader.blocks()), reader.rate, rate)


def _steady(blocks: Iterable[Samples]) -> Iterator[Samples]:
    """Yield the same samples in blocks of one size, so that several sources keep step."""
    waiting: list[Samples] = []
    count = 0
    for block in blocks:
        waiting.append(block)
        count += len(block)
        if count >= _BLOCK_FRAMES:
            joined = np.concatenate(waiting)
            whole = count - count % _BLOCK_FRAMES
            for at in range(0, whole, _BLOCK_FRAMES):
                yield joined[at : at + _BLOCK_FRAMES]
            waiting, count = [joined[whole:]], count - whole
    if count:
        yield np.concatenate(waiting)


def _side_by_side(
    streams: Sequence[Iterator[Samples]], readers: Sequence[Reader]
) -> Iterator[Samples]:
    """Join streams of steady blocks as channels of one, padding those that end first."""
    while True:
        blocks = [next(stream, None) for stream in streams]
        frames = max((len(block) for block in blocks if block is not None), default=0)
        if frames == 0:
            return
        joined = np.zeros((frames, sum(reader.channels for reader in readers)), dtype=np.int16)
        column = 0
        for block, reader in zip(blocks, readers, strict=True):
            if block is not None:
                joined[: len(block), column : column + reader.channels] = block
            column += reader.channels
        yield joined


def _refuse_silent_tracks(tracks: Sequence[tuple[Path, Reader]]) -> None:
    """Raise UserError for a file of which not one frame could be decoded."""
    for path, reader in tracks:
        if reader.frames == 0:
            raise UserError(_("{path} holds no sound (zero length).").format(path=path))


def _length_s(path: Path, tracks: Sequence[tuple[Path, Reader]]) -> float:
    return max(reader.frames / reader.rate for source, reader in tracks if source == path)


def _all_damage(tracks: Sequence[tuple[Path, Reader]]) -> tuple[Damage, ...]:
    """Join the damage of all tracks by time; of several files, each reason names its file."""
    several = len({path for path, _reader in tracks}) > 1
    found = [
        Damage(hole.start_s, hole.end_s, f"{path.name}: {hole.reason}" if several else hole.reason)
        for path, reader in tracks
        for hole in reader.damage
    ]
    return tuple(sorted(found, key=lambda hole: (hole.start_s, hole.end_s)))
