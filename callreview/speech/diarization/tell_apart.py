"""Telling the speakers of one channel apart: from sound to who speaks when."""

from collections.abc import Callable

from callreview.audio.prepared import PreparedAudio
from callreview.config.language import _
from callreview.domain.errors import EnvironmentProblem
from callreview.speech.diarization.embeddings import embed
from callreview.speech.diarization.loudness import loudness_of
from callreview.speech.diarization.network import open_network
from callreview.speech.diarization.pieces import cut
from callreview.speech.diarization.segmentation import FRAME_S, segment
from callreview.speech.diarization.speech_frames import speech_frames
from callreview.speech.diarization.stretches import stretches_of
from callreview.speech.diarization.voice_count import group_by_voice
from callreview.speech.diarization.voices import Voices
from callreview.speech.diarization.weights import CAMPPLUS, SEGMENTATION, speaker_models

_SEGMENTATION_SHARE = 0.5


def tell_apart(
    prepared: PreparedAudio,
    channel: int,
    *,
    speakers: int | None = None,
    progress: Callable[[float], None] = lambda _fraction: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Voices:
    """Who speaks when on one channel (0-based), told apart by voice.

    `speakers` fixes how many there are; without it their number is found. `progress` gets 0..1.
    Raises Cancelled when `cancelled()` says so, EnvironmentProblem when the networks are not
    prepared.
    """
    folder = speaker_models()
    if folder is None:
        raise EnvironmentProblem(
            _(
                "The networks that tell speakers apart are not on this computer. Run make setup or: "
                "callreview models get speakers"
            )
        )
    segmentation = segment(
        prepared,
        channel,
        open_network(folder / SEGMENTATION),
        lambda done: progress(_SEGMENTATION_SHARE * done),
        cancelled,
    )
    loudness = loudness_of(prepared, channel, len(segmentation.speech), cancelled)
    speech = speech_frames(segmentation, loudness)
    speech[int(prepared.duration_s / FRAME_S) :] = False
    pieces = cut(segmentation, speech)
    if not pieces:
        return Voices((), (), 0, alike=False)
    embeddings = embed(
        prepared,
        channel,
        open_network(folder / CAMPPLUS),
        segmentation,
        speech,
        pieces,
        lambda done: progress(_SEGMENTATION_SHARE + (1 - _SEGMENTATION_SHARE) * done),
        cancelled,
    )
    grouping = group_by_voice(embeddings, pieces, speakers)
    return stretches_of(segmentation, speech, pieces, grouping)
