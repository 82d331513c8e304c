"""Recordings in many codecs that tests make for themselves, each with a known sound at a known time."""

from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import soundfile

SECONDS = 4.0
BURST_S = 0.1


def burst_times(channel: int) -> list[float]:
    """When a channel's beeps begin, seconds; no two channels beep together."""
    return [0.5 + channel * 0.25 + step for step in range(3)]


def beeps(rate: int, channels: int, seconds: float = SECONDS) -> npt.NDArray[np.int16]:
    """Faint hiss with a beep of 0.1 s in each channel at its `burst_times`: shape (frames, channels)."""
    time = np.arange(round(seconds * rate)) / rate
    # A faint hiss, as on any line, keeps coders from shrinking the pauses to nothing.
    sound = np.random.default_rng(1).normal(0, 0.01, (len(time), channels))
    for channel in range(channels):
        for start in burst_times(channel):
            inside = (time >= start) & (time < start + BURST_S)
            sound[inside, channel] = 0.5 * np.sin(2 * np.pi * 700 * time[inside])
    return (sound * 32767).astype(np.int16)


def heard_bursts(samples: npt.NDArray[np.int16], rate: int) -> list[float]:
    """When beeps begin in one channel, seconds, to about 5 ms."""
    size = rate // 200
    usable = len(samples) - len(samples) % size
    loud = np.abs(samples[:usable].astype(float)).reshape(-1, size).max(axis=1) > 5000
    starts = np.flatnonzero(loud[1:] & ~loud[:-1]) + 1
    # Block coders leave a gap in a beep now and then; a real pause is longer.
    kept = [
        start for index, start in enumerate(starts) if index == 0 or start - starts[index - 1] > 40
    ]
    return [start * size / rate for start in kept]


def encode(
    path: Path,
    codec: str,
    rate: int,
    channels: int,
    *,
    container: str | None = None,
    samples: npt.NDArray[np.int16] | None = None,
    options: dict[str, str] | None = None,
) -> Path:
    """Write beeps with one of FFmpeg's encoders; `rate` is what the coder takes, in Hz."""
    sound = beeps(rate, channels) if samples is None else samples
    layout = "mono" if channels == 1 else "stereo"
    with av.open(str(path), "w", format=container, options=options or {}) as output:
        stream = output.add_stream(codec, rate=rate, layout=layout)
        frame = av.AudioFrame.from_ndarray(sound.reshape(1, -1), format="s16", layout=layout)
        frame.sample_rate, frame.pts = rate, 0
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            output.mux(packet)
    return path


def write(path: Path, kind: str, subtype: str, channels: int = 1, rate: int = 8000) -> Path:
    """Write beeps with one of libsndfile's coders."""
    soundfile.write(path, beeps(rate, channels), rate, format=kind, subtype=subtype)
    return path
