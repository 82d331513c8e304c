"""Windows of sound as the encoder of a Whisper model hears them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

FRAMES_PER_S = 100


@dataclass(frozen=True)
class Encoded:
    """A window as the encoder hears it: moments of 40 ms (rows) of a window of `frames` of 10 ms."""

    moments: npt.NDArray[np.float32]
    frames: int

    @property
    def length_s(self) -> float:
        """Seconds of sound in the window."""
        return self.frames / FRAMES_PER_S


def together(encoded: Sequence[Encoded]) -> Any:  # noqa: ANN401 (a class of CTranslate2)
    """Windows in one array (windows x moments x width), as the decoder takes them.

    The last moment of a window is silence: repeated, it makes all windows equally long.
    """
    import ctranslate2

    longest = max(len(one.moments) for one in encoded)
    rests = [((0, longest - len(one.moments)), (0, 0)) for one in encoded]
    return ctranslate2.StorageView.from_array(
        np.stack(
            [np.pad(one.moments, rest, "edge") for one, rest in zip(encoded, rests, strict=True)]
        )
    )
