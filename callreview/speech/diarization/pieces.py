"""Cutting speech into pieces of one voice each, short enough to be sure of that."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from callreview.speech.diarization.segmentation import FRAME_S, Segmentation
from callreview.speech.diarization.speech_frames import Flags

_LONGEST_S = 2.0


@dataclass(frozen=True)
class Piece:
    """Speech of one slot between two frames, the last not included."""

    start: int
    end: int
    slot: int

    @property
    def length_s(self) -> float:
        """Length in seconds."""
        return (self.end - self.start) * FRAME_S


def cut(segmentation: Segmentation, speech: Flags) -> list[Piece]:
    """Speech in order, cut where the slot changes and then evenly into at most 2 s."""
    slots = np.where(speech, segmentation.slots.argmax(axis=1), -1)
    edges = np.flatnonzero(np.diff(slots, prepend=-2, append=-2))
    return [
        Piece(int(start), int(end), int(slots[first]))
        for first, last in pairwise(edges)
        if slots[first] >= 0
        for start, end in _evenly(int(first), int(last))
    ]


def _evenly(start: int, end: int) -> list[tuple[int, int]]:
    parts = max(1, int(np.ceil((end - start) * FRAME_S / _LONGEST_S - 0.01)))
    edges = np.linspace(start, end, parts + 1).astype(int).tolist()
    return list(pairwise(edges))
