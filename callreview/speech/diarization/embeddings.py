"""What is special about the voice of each piece of speech, by CAM++."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from callreview.audio.prepared import PreparedAudio
from callreview.domain.errors import Cancelled
from callreview.speech.diarization.features import FEATURES_PER_S, RATE, features_of
from callreview.speech.diarization.network import Network
from callreview.speech.diarization.pieces import Piece
from callreview.speech.diarization.segmentation import FRAME_S, Segmentation
from callreview.speech.diarization.speech_frames import Flags

Floats = npt.NDArray[np.float32]

SIZE = 192
_BLOCK_S = 60.0
_MARGIN_S = 1.0
_FEWEST = 25
_CLEAN_S = 0.25
# Below this chance of overlap a voice is alone.
_ALONE = 0.5


def embed(
    prepared: PreparedAudio,
    channel: int,
    network: Network,
    segmentation: Segmentation,
    speech: Flags,
    pieces: Sequence[Piece],
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> Floats:
    """One unit vector for each piece: (pieces, 192).

    `speech` are the frames of speech. Sound is read and features are made in blocks of a minute,
    so that memory does not grow with the call. `progress` gets 0..1. Raises Cancelled.
    """
    result = np.zeros((len(pieces), SIZE), np.float32)
    alone = speech & (segmentation.overlap < _ALONE)
    features, block_s = np.zeros((0, 0), np.float32), -np.inf
    for index, piece in enumerate(pieces):
        if cancelled():
            raise Cancelled
        if piece.end * FRAME_S + _MARGIN_S > block_s + _BLOCK_S:
            block_s = max(piece.start * FRAME_S - _MARGIN_S, 0.0)
            end_s = block_s + _BLOCK_S
            features = features_of(prepared.mono(channel, block_s, end_s, RATE))
        chosen = _chosen(piece, alone, round(block_s * FEATURES_PER_S), len(features))
        result[index] = voice_of(network, features[chosen])
        progress((index + 1) / len(pieces))
    return result


def _chosen(piece: Piece, alone: Flags, first: int, count: int) -> npt.NDArray[np.int64]:
    """Which features of the block to listen to: those of speech of one voice alone, if enough."""
    frames = np.arange(piece.start, piece.end)
    clean = frames[alone[piece.start : piece.end]]
    frames = clean if len(clean) * FRAME_S > _CLEAN_S else frames
    times = (frames[:, None] * FRAME_S * FEATURES_PER_S + np.array([0.0, 0.85])).astype(np.int64)
    chosen = np.unique(times - first)
    chosen = chosen[(chosen >= 0) & (chosen < count)]
    if len(chosen) >= _FEWEST:
        return chosen
    # Too short to be heard on its own: with what is around it.
    middle = int((piece.start + piece.end) / 2 * FRAME_S * FEATURES_PER_S) - first
    return np.arange(max(middle - _FEWEST, 0), min(middle + _FEWEST, count))


def voice_of(network: Network, features: Floats) -> Floats:
    """The voice of some features (frames, 80) as a unit vector (192,), zeros for under 20 ms."""
    if len(features) < 2:
        return np.zeros(SIZE, np.float32)
    centred = features - features.mean(axis=0)
    vector: Floats = network.run(None, {"features": centred[None]})[0][0]
    return vector / max(float(np.linalg.norm(vector)), 1e-9)
