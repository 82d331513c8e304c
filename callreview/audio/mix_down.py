"""All channels of prepared audio on one, as prepared audio again."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from callreview.audio.mix import Mix
from callreview.audio.prepared import PreparedAudio
from callreview.audio.replacing import replacing

_BLOCK_FRAMES = 1 << 20


def mix_down(prepared: PreparedAudio, pcm_path: Path) -> PreparedAudio:
    """Write the mean of the channels to `pcm_path`; raises EnvironmentProblem as the disk refuses."""
    mix = Mix(prepared)
    with replacing(pcm_path) as file:
        for start in range(0, prepared.frames, _BLOCK_FRAMES):
            sound = mix.read(start, min(_BLOCK_FRAMES, prepared.frames - start))
            file.write(np.round(np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())
    return replace(prepared, path=pcm_path, channels=1)
