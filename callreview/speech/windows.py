"""Packs stretches of speech into the windows that the recogniser listens to.

Silence in a window is wasted time, so the speech of a channel is moved together, with a little of
the real silence kept around each stretch, and cut only in pauses. Short windows cost less than the
30 s that Whisper was trained on: attention grows with the square of their length.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from callreview.domain.intervals import intersect
from callreview.domain.talk_metrics import Interval

# Measured on the sample calls: 1.8 % word errors, 1.95 with 12 s, 2.4 with 20 and 2.6 with 28.5.
LONGEST_WINDOW_S = 15.0
PADDING_S = 0.4
_FULL_ENOUGH = 0.85


@dataclass(frozen=True)
class Window:
    """Stretches of the recording, in order, that are recognised as if they followed each other."""

    pieces: tuple[Interval, ...]

    @property
    def length_s(self) -> float:
        """Seconds of sound in the window."""
        return sum(piece.length_s for piece in self.pieces)

    def heard_speech(self, speech: Sequence[Interval]) -> list[Interval]:
        """The parts of `speech` (in the recording's clock) in the window, in the window's clock."""
        starts = accumulate((piece.length_s for piece in self.pieces), initial=0.0)
        shifts = [start - piece.start_s for piece, start in zip(self.pieces, starts, strict=False)]
        return [
            Interval(part.start_s + shift, part.end_s + shift)
            for piece, shift in zip(self.pieces, shifts, strict=True)
            for part in intersect([piece], speech)
        ]

    def piece_at(self, time_s: float) -> tuple[Interval, float]:
        """The piece that is heard `time_s` into the window, and where in the window it starts."""
        starts = [0.0, *accumulate(piece.length_s for piece in self.pieces)]
        index = sum(start <= time_s for start in starts[1:-1])
        return self.pieces[index], starts[index]


def pack_windows(speech: Sequence[Interval], duration_s: float) -> tuple[Window, ...]:
    """Pack speech (in order, not overlapping) into windows of at most `LONGEST_WINDOW_S`.

    A stretch longer than a window stays whole, alone in a window of its own length: whoever finds
    the speech keeps stretches under 20 s.
    """
    windows: list[Window] = []
    current: list[Interval] = []
    for piece in _padded(speech, duration_s):
        while current and Window((*current, piece)).length_s > LONGEST_WINDOW_S:
            cut = _best_cut(current)
            windows.append(_joined(current[:cut]))
            current = current[cut:]
        current.append(piece)
    if current:
        windows.append(_joined(current))
    return tuple(windows)


def _padded(speech: Sequence[Interval], duration_s: float) -> list[Interval]:
    """Widen each stretch into the silence around it; neighbours meet in the middle."""
    middles = [(left.end_s + right.start_s) / 2 for left, right in pairwise(speech)]
    lowest, highest = (0.0, *middles), (*middles, duration_s)
    return [
        Interval(max(s.start_s - PADDING_S, low), min(s.end_s + PADDING_S, high))
        for s, low, high in zip(speech, lowest, highest, strict=False)
    ]


def _best_cut(pieces: Sequence[Interval]) -> int:
    """How many pieces to take: up to the longest pause once the window is full enough."""
    filled = list(accumulate(piece.length_s for piece in pieces))
    enough = [
        index + 1
        for index in range(len(pieces) - 1)
        if filled[index] >= _FULL_ENOUGH * LONGEST_WINDOW_S
    ]

    def pause_after(count: int) -> float:
        return pieces[count].start_s - pieces[count - 1].end_s

    return max(enough, key=pause_after, default=len(pieces))


def _joined(pieces: Sequence[Interval]) -> Window:
    """A window whose touching pieces are one."""
    joined = [pieces[0]]
    for piece in pieces[1:]:
        if piece.start_s - joined[-1].end_s < 1e-6:
            joined[-1] = Interval(joined[-1].start_s, piece.end_s)
        else:
            joined.append(piece)
    return Window(tuple(joined))
