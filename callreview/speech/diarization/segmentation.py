"""Where somebody speaks, where two do, and which speech nearby is of one voice.

The network hears ten seconds at a time and tells up to three speakers apart, in no order that holds
from window to window. Windows overlap; each is put into the order that agrees best with what the
windows before it said, and their answers are averaged.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import permutations

import numpy as np
import numpy.typing as npt

from callreview.audio.prepared import PreparedAudio
from callreview.domain.errors import Cancelled
from callreview.speech.diarization.features import RATE
from callreview.speech.diarization.network import Network

Floats = npt.NDArray[np.float32]

FRAME_SAMPLES = 270
FRAME_S = FRAME_SAMPLES / RATE
SLOTS = 3

_WINDOW_SAMPLES = 10 * RATE
_WINDOW_FRAMES = 589
# 2.5 s: answers hardly change with a smaller step, which costs more.
_STEP_FRAMES = 148
# The first answer of a window is about its sample 495: one frame and a bit late.
_DELAY_FRAMES = 1
# Which of the three slots speak in each answer of the network: none, one, two of them.
_SETS = np.array(
    [[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1]], np.float32
)
_TWO_SPEAK = slice(4, 7)


@dataclass(frozen=True)
class Segmentation:
    """What is known of each frame of 16.9 ms, all 0..1.

    `speech` and `overlap` (frames,) say how likely anybody and two speak; `slots` (frames, 3) which
    of three speakers do. A slot stands for one voice within some ten seconds, not for the whole call.
    """

    speech: Floats
    overlap: Floats
    slots: Floats


def segment(
    prepared: PreparedAudio,
    channel: int,
    network: Network,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> Segmentation:
    """Listen to one channel (0-based) window by window; `progress` gets 0..1. Raises Cancelled."""
    frames = int(np.ceil(prepared.duration_s / FRAME_S)) + 2 * _DELAY_FRAMES
    sums = np.zeros((frames, SLOTS + 2), np.float32)
    heard = np.zeros((frames, 1), np.float32)
    starts = range(0, max(frames - _WINDOW_FRAMES, 0) + _STEP_FRAMES, _STEP_FRAMES)
    for done, start in enumerate(starts, 1):
        if cancelled():
            raise Cancelled
        answers = _listen(prepared, channel, network, start)
        place = slice(start + _DELAY_FRAMES, min(start + _DELAY_FRAMES + len(answers), frames))
        answers = answers[: place.stop - place.start]
        slots: Floats = answers @ _SETS
        before = _mean(sums[place, :SLOTS], heard[place])
        sums[place, :SLOTS] += slots[:, _best_order(before, slots)]
        sums[place, SLOTS] += 1 - answers[:, 0]
        sums[place, SLOTS + 1] += answers[:, _TWO_SPEAK].sum(axis=1)
        heard[place] += 1
        progress(done / len(starts))
    means = _mean(sums, heard)
    return Segmentation(means[:, SLOTS], means[:, SLOTS + 1], means[:, :SLOTS])


def _listen(prepared: PreparedAudio, channel: int, network: Network, start: int) -> Floats:
    """What the network makes of the window that starts at a frame: (589, 7), sums to 1."""
    start_s = start * FRAME_S
    heard = prepared.mono(channel, start_s, start_s + _WINDOW_SAMPLES / RATE, RATE)
    sound = np.zeros((1, 1, _WINDOW_SAMPLES), np.float32)
    sound[0, 0, : len(heard)] = heard[:_WINDOW_SAMPLES]
    answers: Floats = np.exp(network.run(None, {"sound": sound})[0][0])
    return answers


def _mean(sums: Floats, counts: Floats) -> Floats:
    return (sums / np.maximum(counts, 1)).astype(np.float32)


def _best_order(before: Floats, slots: Floats) -> npt.NDArray[np.int64]:
    """Which new slot stands for which old one, so that they speak together for the longest time."""
    together = before.T @ slots
    orders = permutations(range(SLOTS))
    best = max(orders, key=lambda order: sum(together[old, new] for old, new in enumerate(order)))
    return np.array(best)
