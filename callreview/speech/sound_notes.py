"""What is odd about the sound of a call: channels on which nobody is heard."""

from collections.abc import Callable, Sequence

import numpy as np

from callreview.audio.prepared import PreparedAudio
from callreview.domain.errors import Cancelled
from callreview.domain.transcript import SoundNote
from callreview.speech.recognised import ChannelWords

# -60 dB of full scale: the noise of a line that is connected is above it.
_SILENT = 33
_BLOCK_FRAMES = 1 << 20


def find_sound_notes(
    prepared: PreparedAudio,
    channels: Sequence[ChannelWords],
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[SoundNote, ...]:
    """A note for each channel without words, or one for the call when nobody is heard at all.

    `channels` are those with a sound of their own, as the recogniser gives them. Raises Cancelled.
    """
    quiet = [one.channel for one in channels if one.channel is not None and not one.words]
    kinds = {channel: _is_silent(prepared, channel, cancelled) for channel in quiet}
    if len(quiet) == len(channels):
        return (SoundNote("silent" if all(kinds.values()) else "no_speech"),)
    return tuple(
        SoundNote("silent" if silent else "no_speech", channel) for channel, silent in kinds.items()
    )


def _is_silent(prepared: PreparedAudio, channel: int, cancelled: Callable[[], bool]) -> bool:
    for start in range(0, prepared.frames, _BLOCK_FRAMES):
        if cancelled():
            raise Cancelled
        block = prepared.samples()[start : start + _BLOCK_FRAMES, channel].astype(np.int32)
        if np.abs(block - round(float(block.mean()))).max() > _SILENT:
            return False
    return True
