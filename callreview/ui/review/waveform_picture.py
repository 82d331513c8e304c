"""A waveform as an image: peaks to anti-aliased columns."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

LEAST_HALF_PX = 0.75


def waveform_image(columns: NDArray[np.int16], height: int, gain: float, colour: str) -> QImage:
    """The image of `columns` (count, 2: lowest, highest sample), `height` pixels tall.

    `gain` stretches quiet recordings; silence is a thin line so that time goes on visibly.
    """
    cover = _coverage(columns, height, gain)
    parsed = QColor(colour)
    alpha = cover * 255.0
    pixels = np.empty((*cover.shape, 4), dtype=np.uint8)
    pixels[..., 0] = cover * parsed.blue()
    pixels[..., 1] = cover * parsed.green()
    pixels[..., 2] = cover * parsed.red()
    pixels[..., 3] = alpha
    image = QImage(
        pixels.tobytes(),
        cover.shape[1],
        cover.shape[0],
        cover.shape[1] * 4,
        QImage.Format.Format_ARGB32_Premultiplied,
    )
    return image.copy()


def _coverage(columns: NDArray[np.int16], height: int, gain: float) -> NDArray[np.float32]:
    """How much of each pixel the waveform covers, 0..1; shape (height, count)."""
    half = height / 2
    scaled = np.clip(columns.astype(np.float32) * (gain / 32768.0), -1.0, 1.0) * half
    top = np.minimum(half - scaled[:, 1], half - LEAST_HALF_PX)
    bottom = np.maximum(half - scaled[:, 0], half + LEAST_HALF_PX)
    rows = np.arange(height, dtype=np.float32)[:, None]
    cover = np.minimum(bottom, rows + 1) - np.maximum(top, rows)
    clipped: NDArray[np.float32] = np.clip(cover, 0.0, 1.0).astype(np.float32)
    return clipped


def display_gain(columns: NDArray[np.int16]) -> float:
    """The gain that lets the loud passages of a lane fill it, at most 12 (about 22 dB)."""
    if not len(columns):
        return 1.0
    loud = float(np.percentile(np.abs(columns.astype(np.int32)).max(axis=1), 98))
    return float(np.clip(0.92 * 32768.0 / max(loud, 1.0), 1.0, 12.0))
