"""Channels that change places during a call: from then on each holds the other's speaker.

The voice of each channel before and after a moment is compared with its own and with the other
channel's. On sample calls and a real call the likeness across channels is at least 0.4 below that
within one channel while nothing is swapped, and at least 0.35 above it where channels are swapped.
A new person on one channel (a transfer) is like nobody before, so nothing is swapped then.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from callreview.audio.prepared import PreparedAudio
from callreview.domain.errors import Cancelled
from callreview.domain.intervals import close_gaps, intersect, subtract, union
from callreview.domain.talk_metrics import Interval
from callreview.speech.diarization.embeddings import voice_of
from callreview.speech.diarization.features import RATE, features_of
from callreview.speech.diarization.network import Network
from callreview.speech.recognised import ChannelWords

Floats = npt.NDArray[np.float32]

_CLOSED_GAP_S = 0.3
_SHORTEST_S, _LONGEST_S = 1.0, 2.0
# Eight pieces of each channel tell whether to look closer; a normal call costs no more.
_FIRST_PIECES, _ALL_PIECES = 8, 60
_LOOK_CLOSER = -0.3
_SWAPPED = 0.2
_FEWEST_ON_A_SIDE = 2


@dataclass(frozen=True)
class _Piece:
    """Speech of one voice on one of the two channels (0 or 1), and what that voice is like."""

    at: Interval
    side: int
    voice: Floats

    @property
    def middle_s(self) -> float:
        return (self.at.start_s + self.at.end_s) / 2


def find_swap(
    prepared: PreparedAudio,
    channels: Sequence[ChannelWords],
    network: Network,
    cancelled: Callable[[], bool] = lambda: False,
) -> float | None:
    """When (seconds) the two channels change places, None when they do not.

    `network` is CAM++. Raises Cancelled.
    """

    def listen(most: int) -> list[_Piece]:
        found = [
            _Piece(at, side, _voice(prepared, own.channel or 0, at, network, cancelled))
            for side, (own, other) in enumerate((channels, reversed(channels)))
            for at in _evenly(_spoken_alone(own, other), most)
        ]
        return sorted(found, key=lambda piece: piece.middle_s)

    if _swap(listen(_FIRST_PIECES))[0] < _LOOK_CLOSER:
        return None
    pieces = listen(_ALL_PIECES)
    score, at_s = _swap(pieces)
    return _exactly(pieces, at_s) if score >= _SWAPPED else None


def swap_from(channels: Sequence[ChannelWords], at_s: float) -> tuple[ChannelWords, ...]:
    """Two channels with what each holds from `at_s` on given to the other."""
    first, second = channels
    return (_with_rest_of(first, second, at_s), _with_rest_of(second, first, at_s))


def _with_rest_of(own: ChannelWords, other: ChannelWords, at_s: float) -> ChannelWords:
    before, after = Interval(float("-inf"), at_s), Interval(at_s, float("inf"))
    words = (
        *(word for word in own.words if (word.start_s + word.end_s) / 2 < at_s),
        *(word for word in other.words if (word.start_s + word.end_s) / 2 >= at_s),
    )
    languages = Counter(word.language for word in words)
    return replace(
        own,
        words=words,
        language=max(languages, key=lambda code: languages[code], default=own.language),
        speech=union(intersect(own.speech, [before]), intersect(other.speech, [after])),
    )


def _spoken_alone(own: ChannelWords, other: ChannelWords) -> list[Interval]:
    """Pieces of 1 to 2 s in which only this channel speaks."""
    return [
        Interval(start_s, end_s)
        for one in subtract(close_gaps(own.speech, _CLOSED_GAP_S), other.speech)
        if one.length_s >= _SHORTEST_S
        for start_s, end_s in pairwise(
            np.linspace(
                one.start_s, one.end_s, int(np.ceil(one.length_s / _LONGEST_S)) + 1
            ).tolist()
        )
    ]


def _evenly(pieces: Sequence[Interval], most: int) -> list[Interval]:
    count = min(most, len(pieces))
    return [pieces[at] for at in np.linspace(0, len(pieces) - 1, count).astype(int)]


def _voice(
    prepared: PreparedAudio,
    channel: int,
    at: Interval,
    network: Network,
    cancelled: Callable[[], bool],
) -> Floats:
    if cancelled():
        raise Cancelled
    return voice_of(network, features_of(prepared.mono(channel, at.start_s, at.end_s, RATE)))


def _swap(pieces: Sequence[_Piece]) -> tuple[float, float]:
    """How much more alike voices are across channels than within (-2..2), at best, and when."""
    moments = [(one.middle_s + two.middle_s) / 2 for one, two in pairwise(pieces)]
    return max(((_score(pieces, at_s), at_s) for at_s in moments), default=(-2.0, 0.0))


def _score(pieces: Sequence[_Piece], at_s: float) -> float:
    """The same for one moment; -2 where too little is heard on one side of it."""
    quarters = [
        [one.voice for one in pieces if one.side == side and (one.middle_s < at_s) == before]
        for side in (0, 1)
        for before in (True, False)
    ]
    if min(len(voices) for voices in quarters) < _FEWEST_ON_A_SIDE:
        return -2.0
    first_before, first_after, second_before, second_after = map(_mean, quarters)
    across = min(first_before @ second_after, second_before @ first_after)
    return float(across - max(first_before @ first_after, second_before @ second_after))


def _mean(voices: Sequence[Floats]) -> Floats:
    total: Floats = np.sum(voices, axis=0)
    return total / max(float(np.linalg.norm(total)), 1e-9)


def _exactly(pieces: Sequence[_Piece], about_s: float) -> float:
    """The moment at which most speech changes its channel, between two pieces."""
    voices = [
        _mean([one.voice for one in pieces if (one.side == side) == (one.middle_s < about_s)])
        for side in (0, 1)
    ]
    own = [
        float(one.voice @ (voices[one.side] - voices[1 - one.side])) * one.at.length_s
        for one in pieces
    ]
    cut = int(np.cumsum(own)[:-1].argmax())
    return (pieces[cut].at.end_s + pieces[cut + 1].at.start_s) / 2
