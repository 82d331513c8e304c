"""Line bleed: what one channel only hears from another.

A telephone line lets a little of each speaker through to the other's channel, fainter and up to
0.3 s late. There the same wave is found in the louder channel: over half a second, the highest
normalised cross-correlation is above 0.5 for bleed, and below for two people who speak at
the same time (measured on sample calls with and without bleed of -12 to -25 dB).
"""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from callreview.audio.prepared import PreparedAudio
from callreview.domain.intervals import subtract, union
from callreview.domain.talk_metrics import Interval
from callreview.speech.recognised import HeardWord

RATE = 8000
LATEST_S = 0.3

_WINDOW_S = 0.5
_HOP_S = 0.1
_SAME_WAVE = 0.5
_FAINTER = 10 ** (-3 / 20)
_SHORTEST_REST_S = 0.2

Speech = Mapping[int, Sequence[Interval]]
"""Stretches of speech by channel."""

Wave = npt.NDArray[np.float32]


def find_bleed(prepared: PreparedAudio, speech: Speech) -> dict[int, tuple[Interval, ...]]:
    """Where (seconds) each channel only hears another one, in order."""
    return {
        channel: union(
            [
                found
                for stretch in stretches
                for other in speech
                if other != channel and _overlaps(stretch, speech[other])
                for found in _bleed_in(prepared, channel, other, stretch)
            ]
        )
        for channel, stretches in speech.items()
    }


def without_bleed(stretches: Sequence[Interval], bleed: Sequence[Interval]) -> tuple[Interval, ...]:
    """The stretches without the bleed in them; a rest under 0.2 s goes with it."""
    kept = []
    for stretch in stretches:
        parts = subtract([stretch], bleed)
        kept += [p for p in parts if p == stretch or p.length_s >= _SHORTEST_REST_S]
    return tuple(kept)


def words_in_bleed(words: Sequence[HeardWord], bleed: Sequence[Interval]) -> int:
    """How many words of a speaker are heard on another channel in its `bleed`."""
    middles = [(word.start_s + word.end_s) / 2 for word in words]
    return sum(any(one.start_s <= m <= one.end_s for one in bleed) for m in middles)


def _overlaps(stretch: Interval, others: Sequence[Interval]) -> bool:
    return any(
        other.start_s < stretch.end_s and stretch.start_s < other.end_s + LATEST_S
        for other in others
    )


def _bleed_in(
    prepared: PreparedAudio, channel: int, other: int, stretch: Interval
) -> list[Interval]:
    """The parts of a stretch in which `channel` carries a fainter, later copy of `other`."""
    earliest_s = max(stretch.start_s - LATEST_S, 0.0)
    own = prepared.mono(channel, stretch.start_s, stretch.end_s, RATE)
    loud = prepared.mono(other, earliest_s, stretch.end_s, RATE)
    before = len(loud) - len(own)
    window = min(round(_WINDOW_S * RATE), len(own))
    found = []
    for start in range(0, len(own) - window + 1, round(_HOP_S * RATE)):
        end = start + window
        reach = max(start + before - round(LATEST_S * RATE), 0)
        if _is_copy(own[start:end], loud[reach : end + before]):
            at_s = stretch.start_s + start / RATE
            found.append(Interval(at_s, at_s + window / RATE))
    return found


def _is_copy(piece: Wave, loud: Wave) -> bool:
    """Whether `piece` stands somewhere in `loud`, fainter."""
    if len(loud) < len(piece) or not piece.any():
        return False
    size = 1 << (len(piece) + len(loud) - 1).bit_length()
    spectrum = np.fft.rfft(loud, size) * np.conj(np.fft.rfft(piece, size))
    products = np.fft.irfft(spectrum, size)[: len(loud) - len(piece) + 1]
    sums = np.concatenate([[0.0], np.cumsum(loud.astype(np.float64) ** 2)])
    powers = np.maximum(sums[len(piece) :] - sums[: -len(piece)], 1e-12)
    own = float(np.sum(piece.astype(np.float64) ** 2))
    alike = np.abs(products) / np.sqrt(powers * own)
    best = int(alike.argmax())
    return bool(alike[best] >= _SAME_WAVE and own < powers[best] * _FAINTER**2)
