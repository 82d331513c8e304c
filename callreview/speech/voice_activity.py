"""Where somebody speaks on a channel: voice activity by the Silero model inside faster-whisper.

The model remembers what it heard. After half a minute of hold music, ringing or mere silence it
misses up to all of the next seconds of speech (measured: 0 to 4 of 6.5 s are found). So it starts
afresh every 10 s, after listening to the 3 s before (6 of 6.5 s, and hardly more false alarms).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from callreview.audio.prepared import PreparedAudio
from callreview.domain.errors import Cancelled
from callreview.domain.talk_metrics import Interval

RATE = 16000
LONGEST_STRETCH_S = 20.0

_FRAME = 512
_FRAME_S = _FRAME / RATE
_BLOCK_FRAMES = 18750
_FRESH_FRAMES = 312
_LEAD_FRAMES = 94

# Silero's own 0.5 and 0.35 miss 70 of 2,471 words of the sample calls, mostly "Fine." and "Okay.",
# these 17; tunes, tones and noises stay without speech (tests/nobody_speaks.py).
_SPEECH = 0.3
_STILL_SPEECH = 0.2
_SHORTEST_SPEECH_FRAMES = 3
_SHORTEST_PAUSE_FRAMES = 4
# A shorter sound with no speech around it is a click or a plucked string.
_SHORTEST_ALONE_S = 0.25
_ALONE_S = 1.0
_LONGEST_FRAMES = int(LONGEST_STRETCH_S / _FRAME_S)

# The model misses 10 % of a loud, clipped customer and all of a very faint one. With the loudest
# moment of a block at -35 dB of full scale it hears both.
_LOUDEST = 10 ** (-35 / 20)
_HIGHEST_GAIN = 10.0
# Nobody is heard so far below the loudest moment; the model need not listen there.
_INAUDIBLE = 10 ** (-50 / 20)
_AROUND_FRAMES = 16

Sound = npt.NDArray[np.float32]


def find_speech(
    prepared: PreparedAudio, channel: int, cancelled: Callable[[], bool]
) -> tuple[Interval, ...]:
    """The stretches of speech on one channel (0-based), in order, none above 20 s.

    Long recordings are listened to in blocks of 10 minutes, so that memory does not grow with the
    call. Raises Cancelled when `cancelled()` says so.
    """
    probabilities = [float(one) for one in _probabilities(prepared, channel, cancelled)]
    return _without_clicks(
        Interval(start * _FRAME_S, min(end * _FRAME_S, prepared.duration_s))
        for stretch in _speech_frames(probabilities)
        for start, end in _not_too_long(*stretch, probabilities)
    )


def _probabilities(
    prepared: PreparedAudio, channel: int, cancelled: Callable[[], bool]
) -> Iterator[np.float32]:
    """How likely somebody speaks in each frame of 32 ms."""
    from faster_whisper.vad import get_vad_model

    model: Any = get_vad_model()
    frames = int(np.ceil(prepared.duration_s / _FRAME_S))
    for start in range(0, frames, _BLOCK_FRAMES):
        if cancelled():
            raise Cancelled
        end = min(start + _BLOCK_FRAMES, frames)
        samples = prepared.mono(channel, start * _FRAME_S, end * _FRAME_S, RATE)
        sound = np.zeros((end - start, _FRAME), dtype=np.float32)
        sound.ravel()[: len(samples)] = samples[: sound.size]
        yield from _heard_by(model, sound, cancelled)


def _heard_by(
    model: Any,  # noqa: ANN401 (a class of faster-whisper)
    sound: Sound,
    cancelled: Callable[[], bool],
) -> Iterator[np.float32]:
    """How likely somebody speaks in each frame of a block (frames, samples)."""
    levels = np.sqrt(np.mean(sound**2, axis=1))
    loudest = float(levels.max(initial=0.0))
    gain = min(_LOUDEST / loudest, _HIGHEST_GAIN) if loudest > 0 else 1.0
    places = _audible(levels > loudest * _INAUDIBLE)
    heard = sound[places] * np.float32(gain)
    found = np.zeros(len(sound), dtype=np.float32)
    for fresh in range(0, len(places), _FRESH_FRAMES):
        if cancelled():
            raise Cancelled
        lead, end = max(fresh - _LEAD_FRAMES, 0), fresh + _FRESH_FRAMES
        found[places[fresh:end]] = model(heard[lead:end].ravel()).ravel()[fresh - lead :]
    yield from found


def _audible(loud: npt.NDArray[np.bool_]) -> npt.NDArray[np.intp]:
    """The frames to listen to: those that are loud, and half a second around them."""
    around = np.ones(2 * _AROUND_FRAMES + 1)
    return np.flatnonzero(np.convolve(loud, around)[_AROUND_FRAMES:-_AROUND_FRAMES])


def _speech_frames(probabilities: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Stretches of frames with speech, first and past the last; short pauses do not end them."""
    start: int | None = None
    end = 0
    for frame, probability in enumerate([*probabilities, *[0.0] * _SHORTEST_PAUSE_FRAMES]):
        if probability >= _SPEECH or (start is not None and probability >= _STILL_SPEECH):
            start = frame if start is None else start
            end = frame + 1
        elif start is not None and frame + 1 - end >= _SHORTEST_PAUSE_FRAMES:
            if end - start >= _SHORTEST_SPEECH_FRAMES:
                yield start, end
            start = None


def _not_too_long(
    start: int, end: int, probabilities: Sequence[float]
) -> Iterator[tuple[int, int]]:
    """The stretch in parts of at most 20 s, cut where speech is least likely."""
    while end - start > _LONGEST_FRAMES:
        cuts = range(start + _LONGEST_FRAMES // 2, start + _LONGEST_FRAMES + 1)
        cut = min(cuts, key=lambda frame: probabilities[frame])
        yield start, cut
        start = cut
    yield start, end


def _without_clicks(stretches: Iterable[Interval]) -> tuple[Interval, ...]:
    far = Interval(float("-inf"), float("-inf")), Interval(float("inf"), float("inf"))
    all_of_them = (far[0], *stretches, far[1])
    return tuple(
        one
        for before, one, after in zip(all_of_them, all_of_them[1:], all_of_them[2:], strict=False)
        if one.length_s >= _SHORTEST_ALONE_S
        or min(one.start_s - before.end_s, after.start_s - one.end_s) < _ALONE_S
    )
