"""Cutting speech into pieces of one voice each, short enough to be sure of that."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from callreview.speech.diarization.segmentation import FRAME_S, Segmentation
from callreview.speech.diarization.speech_frames import Flags, runs, stretches_above

# The least sure network of speech_frames: every frame of speech lies in a piece.
_STARTS, _GOES_ON = 0.5, 0.4
# 0.2 s
_PAUSE_FRAMES = 12
_LONGEST_S = 2.0


@dataclass(frozen=True)
class Piece:
    """Speech of one slot between two frames, the last not included.

    `speech_s` are the seconds of it in which the line is loud enough.
    """

    start: int
    end: int
    slot: int
    speech_s: float


def cut(segmentation: Segmentation, speech: Flags) -> list[Piece]:
    """All speech, cut in pauses, where the slot changes, and evenly into 2 s or less.

    `speech` are the frames that are loud enough (speech_frames). Shorter silences between them stay
    inside a piece, as far as the network goes on: longer pieces tell voices apart better.
    """
    taken = stretches_above(segmentation.speech, _STARTS, _GOES_ON)
    for start, end in runs(~speech).tolist():
        if end - start >= _PAUSE_FRAMES:
            taken[start:end] = False
    slots = np.where(taken, segmentation.slots.argmax(axis=1), -1)
    edges = np.flatnonzero(np.diff(slots, prepend=-2, append=-2))
    return [
        Piece(start, end, int(slots[first]), float(speech[start:end].sum()) * FRAME_S)
        for first, last in pairwise(edges)
        if slots[first] >= 0
        for start, end in _evenly(int(first), int(last))
        if speech[start:end].any()
    ]


def _evenly(start: int, end: int) -> list[tuple[int, int]]:
    parts = max(1, int(np.ceil((end - start) * FRAME_S / _LONGEST_S - 0.01)))
    edges = np.linspace(start, end, parts + 1).astype(int).tolist()
    return list(pairwise(edges))
