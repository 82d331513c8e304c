"""Where somebody speaks on a channel: voice activity by the Silero model inside faster-whisper."""

from collections.abc import Callable, Iterator

import numpy as np

from callreview.audio.prepared import PreparedAudio
from callreview.domain.errors import Cancelled
from callreview.domain.talk_metrics import Interval

RATE = 16000
LONGEST_STRETCH_S = 20.0

_BLOCK_S = 600.0
_THRESHOLD = 0.5
# At full level 10 % of a loud, clipped customer is missed; 20 dB lower is right from loud to faint.
_LEVEL = np.float32(0.1)
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

    samples = prepared.mono(channel, start_s, end_s, RATE) * _LEVEL
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
