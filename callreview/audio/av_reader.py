"""Read a recording with FFmpeg (PyAV): packet by packet, each frame where its timestamp says."""

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import av
import av.error
import numpy as np
import numpy.typing as npt

from callreview.audio.diagnosis import read_problem
from callreview.audio.ogg_end import lacks_its_end
from callreview.audio.timeline import Timeline
from callreview.audio.wave_header import read_wave_header
from callreview.domain.recording import AudioInfo, Damage

Samples = npt.NDArray[np.int16]

# Containers whose header or index states the true length, so that less sound means a cut-off file.
_TELLS_LENGTH = frozenset(
    {"wav", "w64", "aiff", "au", "caf", "flac", "nistsphere", "asf", "flv", "mov", "matroska"}
)
_SLACK_S = 0.25
_DEMUX_TRIES = 8
# Local files only, never a stream address inside a playlist; larger packets where samples are raw
# (not much larger: opening reads a number of packets, not of bytes).
_OPEN_OPTIONS = {"protocol_whitelist": "file", "max_size": "8192"}
_OPUS_RATES = frozenset({8000, 12000, 16000, 24000})

av.logging.set_level(av.logging.PANIC)


class AvReader:
    """One audio stream of a file as gapless int16 blocks; `damage` is complete after the last one.

    `rate` (Hz) is that of the blocks, `natural_rate` that of the sound before it was coded.
    Raises av.error.FFmpegError or ValueError when FFmpeg cannot open or decode the file, LookupError
    when it has no such stream.
    """

    def __init__(self, path: Path, stream_index: int = 0) -> None:
        self._path = path
        self._file_bytes = path.stat().st_size
        self._container = av.open(f"file:{path}", options=_OPEN_OPTIONS)
        try:
            self._stream = self._container.streams.audio[stream_index]
            self._decoder = _decoder_of(self._stream)
            self.rate: int = self._decoder.sample_rate
            self.channels: int = self._decoder.layout.nb_channels
        except (LookupError, ValueError):
            self._container.close()
            raise
        self._decoder.thread_count = 1
        self.natural_rate = _natural_rate(self._decoder, self.rate)
        self.tracks = len(self._container.streams.audio)
        self._timeline = Timeline(
            self.rate, self.channels, tick_s=self._tick, length_s=self.info.duration_s
        )
        self._converters: dict[tuple[str, str, int], av.AudioResampler] = {}
        self._read_bytes = 0
        self._lost_ticks: int | None = None
        self._lost = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._container.close()

    @property
    def info(self) -> AudioInfo:
        """What the file says about this stream."""
        length = self._container.duration
        duration_s = length / av.time_base if length and length > 0 else None
        return AudioInfo(duration_s, self.natural_rate, self.channels, self._decoder.name)

    @property
    def damage(self) -> list[Damage]:
        """Holes and losses met so far, in order of time."""
        return self._timeline.damage

    @property
    def frames(self) -> int:
        """How many frames `blocks` has given so far."""
        return self._timeline.frames

    @property
    def progress(self) -> float:
        """How much of the file has been read, 0..1."""
        length_s = self.info.duration_s
        by_time = self._timeline.frames / self.rate / length_s if length_s else 0.0
        return min(max(by_time, self._read_bytes / self._file_bytes), 1.0)

    def blocks(self) -> Iterator[Samples]:
        """Yield the whole stream in order: int16 of shape (frames, channels), without gaps.

        Raises EnvironmentProblem when the disk or network drive fails while reading.
        """
        origin = self._container.start_time
        zero = None if origin is None else round(origin * self.rate / av.time_base)
        for frame in self._frames():
            start = None if frame.pts is None else round(frame.pts * self._tick * self.rate)
            if zero is None:
                zero = start or 0
            samples = self._as_int16(frame)
            at = None if start is None else start - zero
            yield from self._timeline.place(at, samples, lost=self._lost)
            self._lost, self._lost_ticks = False, None
        self._note_end(zero or 0)

    @property
    def _format(self) -> str:
        return self._container.format.name.split(",")[0]

    @property
    def _tick(self) -> float:
        return float(self._stream.time_base or 0)

    def _frames(self) -> Iterator[av.AudioFrame]:
        for packet in self._packets():
            self._read_bytes += packet.size if packet else 0
            try:
                frames = self._decoder.decode(packet)
            except av.error.EOFError:
                continue
            except av.error.FFmpegError:
                self._note_lost(packet)
                continue
            yield from frames

    def _packets(self) -> Iterator["av.Packet[av.AudioStream] | None"]:
        """Yield every packet the container gives up, going on after broken places."""
        tries = _DEMUX_TRIES
        while tries:
            try:
                for packet in self._container.demux(self._stream):
                    tries = _DEMUX_TRIES
                    yield packet
            except OSError as error:
                raise read_problem(self._path, error) from error
            except av.error.FFmpegError:
                tries -= 1
                self._lost = True
            else:
                return
        yield None

    def _note_lost(self, packet: "av.Packet[av.AudioStream] | None") -> None:
        self._lost = True
        if packet is not None and packet.pts is not None:
            self._lost_ticks = packet.pts + (packet.duration or 0)

    def _note_end(self, zero: int) -> None:
        """List what the file claims beyond its last good frame."""
        lost_end = round((self._lost_ticks or 0) * self._tick * self.rate) - zero
        missing = self._missing_frames()
        if (
            missing > _SLACK_S * self.rate
            or (missing > 0 and self._lost)
            or (self._format == "ogg" and lacks_its_end(self._path))
        ):
            self._timeline.end_early(missing)
        elif lost_end > self._timeline.frames:
            self._timeline.end_early(lost_end - self._timeline.frames, lost=True)

    def _missing_frames(self) -> int:
        name = self._format
        wave = read_wave_header(self._path) if name == "wav" else None
        claimed_s = self.info.duration_s or 0.0
        # The information frame of an MP3 gives its length; it shows in a start that is not zero.
        told = name in _TELLS_LENGTH or (name == "mp3" and bool(self._container.start_time))
        missing_s = claimed_s - self._timeline.frames / self.rate if told else 0.0
        return round(max(missing_s, wave.missing_s if wave else 0.0) * self.rate)

    def _as_int16(self, frame: av.AudioFrame) -> Samples:
        name, layout = frame.format.name, frame.layout.name
        same = frame.sample_rate == self.rate and frame.layout.nb_channels == self.channels
        if name == "s16" and same:
            return _interleaved(frame, self.channels)
        key = (name, layout, frame.sample_rate)
        if key not in self._converters:
            wanted = layout if same else self._decoder.layout.name
            self._converters[key] = av.AudioResampler(format="s16", layout=wanted, rate=self.rate)
        frame.pts = None
        parts = self._converters[key].resample(frame)
        return np.concatenate([_interleaved(part, self.channels) for part in parts])


def _decoder_of(stream: av.AudioStream) -> av.AudioCodecContext:
    # PyAV gives none for a codec that it knows by name only, such as G.729 in WAV.
    decoder: av.AudioCodecContext | None = stream.codec_context
    if decoder is None:
        raise ValueError("no decoder")
    return decoder


def _interleaved(frame: av.AudioFrame, channels: int) -> Samples:
    return frame.to_ndarray().astype(np.int16, copy=False).reshape(-1, channels)


def _natural_rate(decoder: av.AudioCodecContext, rate: int) -> int:
    """Find the rate before coding: Opus decodes to 48 kHz but notes what went in (RFC 7845, 5.1)."""
    header = decoder.extradata or b""
    if decoder.name not in ("opus", "libopus") or not header.startswith(b"OpusHead"):
        return rate
    original = int.from_bytes(header[12:16], "little")
    return original if original in _OPUS_RATES else rate
