"""From pieces with a voice each to stretches of speech, overlap and how sure they are."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

from callreview.domain.intervals import Intervals, close_gaps, intersect, union
from callreview.domain.talk_metrics import Interval
from callreview.speech.diarization.clustering import Labels
from callreview.speech.diarization.pieces import Piece
from callreview.speech.diarization.segmentation import FRAME_S, Segmentation
from callreview.speech.diarization.speech_frames import Flags, runs
from callreview.speech.diarization.voice_count import Grouping
from callreview.speech.diarization.voices import Voices, VoiceStretch

# Above this chance two speak at once; the network says so a little too readily.
_OVERLAP = 0.65
_CLOSED_GAP_S = 0.3
_SHORTEST_S = 0.1


def stretches_of(
    segmentation: Segmentation, speech: Flags, pieces: Sequence[Piece], grouping: Grouping
) -> Voices:
    """Who speaks when, voices numbered as they appear."""
    active = np.zeros((len(speech), grouping.count), bool)
    for piece, label in zip(pieces, grouping.labels, strict=True):
        active[piece.start : piece.end, label] = True
    if grouping.count > 1:
        _add_second_voices(
            active, speech & (segmentation.overlap > _OVERLAP), pieces, grouping.labels
        )
    active &= speech[:, None]
    sure = _confidences(len(speech), pieces, grouping)
    spoken = [_intervals(active[:, label]) for label in range(grouping.count)]
    spoken = sorted((one for one in spoken if one), key=lambda one: one[0].start_s)
    return Voices(
        tuple(
            sorted(
                VoiceStretch(one.start_s, one.end_s, voice, _mean_between(sure, one))
                for voice, intervals in enumerate(spoken)
                for one in intervals
            )
        ),
        union(*(intersect(one, other) for one, other in combinations(spoken, 2))),
        len(spoken),
        grouping.alike,
    )


def _add_second_voices(
    active: Flags, overlap: Flags, pieces: Sequence[Piece], labels: Labels
) -> None:
    """Where two speak at once, add the other voice that speaks nearest to it."""
    middles = np.array([(piece.start + piece.end) / 2 for piece in pieces])
    for start, end in runs(overlap):
        first = active[start:end].sum(axis=0).argmax()
        distance = np.abs(middles - (start + end) / 2)
        distance[labels == first] = np.inf
        if np.isfinite(distance.min()):
            active[start:end, [first, labels[distance.argmin()]]] = True


def _intervals(active: Flags) -> Intervals:
    """The stretches of one voice in seconds, short gaps closed, short ones left out."""
    raw = (Interval(start * FRAME_S, end * FRAME_S) for start, end in runs(active).tolist())
    return tuple(one for one in close_gaps(raw, _CLOSED_GAP_S) if one.length_s >= _SHORTEST_S)


def _confidences(
    frames: int, pieces: Sequence[Piece], grouping: Grouping
) -> npt.NDArray[np.float64]:
    """How sure the voice of each frame is, nan where nobody speaks: (frames,)."""
    sure = np.full(frames, np.nan)
    for piece, chance in zip(pieces, grouping.shares.max(axis=1).tolist(), strict=True):
        sure[piece.start : piece.end] = chance
    return sure


def _mean_between(sure: npt.NDArray[np.float64], interval: Interval) -> float:
    first, last = int(interval.start_s / FRAME_S), int(interval.end_s / FRAME_S) + 1
    within = sure[first:last]
    within = within[~np.isnan(within)]
    return float(within.mean()) if len(within) else 0.5
