"""Where somebody speaks on a channel: voice activity by the Silero model inside faster-whisper."""

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

from callreview.audio.prepared import PreparedAudio
from callreview.domain.errors import Cancelled
from callreview.domain.talk_metrics import Interval

RATE = 16000
LONGEST_STRETCH_S = 20.0

_BLOCK_S = 600.0
_THRESHOLD = 0.5
# The model misses 10 % of a loud, clipped customer and all of a very faint one. With the loudest
# moment of a block at -35 dB of full scale it hears both.
_LOUDEST = 10 ** (-35 / 20)
_HIGHEST_GAIN = 10.0
_MOMENT = RATE * 30 // 1000
_SHORTEST_SPEECH_MS = 100
_SHORTEST_PAUSE_MS = 100


def find_speech(
    prepared: PreparedAudio, channel: int, cancelled: Callable[[], bool]
) -> tuple[Interval, ...]:
    """The stretches of speech on one channel (0-based), in order, none above 20 s.

    Long recordings are listened to in blocks, so that memory does not grow with the call. Raises
    Cancelled when `cancelled()` says so.
    """
    found: list[Interval] = []
    for start_s, end_s in _blocks(prepared.duration_s):
        if cancelled():
            raise Cancelled
        found += _speech_in_block(prepared, channel, start_s, end_s)
    return tuple(found)


def _blocks(duration_s: float) -> Iterator[tuple[float, float]]:
    start_s = 0.0
    while start_s < duration_s:
        yield start_s, min(start_s + _BLOCK_S, duration_s)
        start_s += _BLOCK_S


def _speech_in_block(
    prepared: PreparedAudio, channel: int, start_s: float, end_s: float
) -> list[Interval]:
    from faster_whisper.vad import VadOptions, get_speech_timestamps

    samples = _levelled(prepared.mono(channel, start_s, end_s, RATE))
    options = VadOptions(
        threshold=_THRESHOLD,
        min_speech_duration_ms=_SHORTEST_SPEECH_MS,
        min_silence_duration_ms=_SHORTEST_PAUSE_MS,
        max_speech_duration_s=LONGEST_STRETCH_S,
        speech_pad_ms=0,
    )
    return [
        Interval(start_s + speech["start"] / RATE, min(start_s + speech["end"] / RATE, end_s))
        for speech in get_speech_timestamps(samples, options)
    ]


def _levelled(samples: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """The samples at the level at which the model hears best."""
    moments = samples[: len(samples) // _MOMENT * _MOMENT].reshape(-1, _MOMENT)
    loudest = float(np.sqrt(np.mean(moments**2, axis=1).max(initial=0.0)))
    gain = min(_LOUDEST / loudest, _HIGHEST_GAIN) if loudest > 0 else 1.0
    return samples * np.float32(gain)
