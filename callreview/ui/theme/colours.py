"""The colours of CallReview, light and dark, as "#rrggbb".

Text colours reach WCAG 2.2 AA (4.5:1) on every surface, marks reach 3:1; the tests compute it.
Agent and customer are a blue and an orange that stay apart in every common colour blindness.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtGui import QColor, QGuiApplication, QPalette

from callreview.domain.sentiment import SentimentLabel
from callreview.domain.transcript import Role


@dataclass(frozen=True)
class Colours:
    """One set of colours.

    `window` lies behind everything, `surface` behind what is read, `sunken` behind fields and
    bars. `text`, `muted` and every role and sentiment colour can be read on all three.
    """

    window: str
    surface: str
    sunken: str
    hover: str
    border: str
    text: str
    muted: str
    accent: str
    accent_hover: str
    on_accent: str
    selection: str
    current_turn: str
    current_word: str
    on_current_word: str
    found: str
    found_current: str
    danger_surface: str
    roles: Mapping[Role, str]
    sentiments: Mapping[SentimentLabel, str]


LIGHT = Colours(
    window="#f6f6f7",
    surface="#ffffff",
    sunken="#eeeff2",
    hover="#e6e8ed",
    border="#dcdfe5",
    text="#1a1c20",
    muted="#575d69",
    accent="#4a47d1",
    accent_hover="#3d3aba",
    on_accent="#ffffff",
    selection="#d4d7fb",
    current_turn="#f5f5fd",
    current_word="#ffe08a",
    on_current_word="#1a1c20",
    found="#fdf0c4",
    found_current="#ffc94d",
    danger_surface="#fdebef",
    roles={
        "agent": "#1a5fb4",
        "customer": "#a8480a",
        "ivr": "#575d69",
        "supervisor": "#7a3e9d",
        "unknown": "#575d69",
    },
    sentiments={"positive": "#0b6e53", "neutral": "#575d69", "negative": "#b3193f"},
)

DARK = Colours(
    window="#141519",
    surface="#1b1d22",
    sunken="#25282f",
    hover="#2e323b",
    border="#343842",
    text="#eceef2",
    muted="#a6acb9",
    accent="#a3a0ff",
    accent_hover="#b9b7ff",
    on_accent="#15151c",
    selection="#3a3a78",
    current_turn="#22242d",
    current_word="#f2c94c",
    on_current_word="#15151c",
    found="#4d431c",
    found_current="#7a5c0a",
    danger_surface="#331a22",
    roles={
        "agent": "#7fb5ff",
        "customer": "#f7a35c",
        "ivr": "#a6acb9",
        "supervisor": "#cf9ff0",
        "unknown": "#a6acb9",
    },
    sentiments={"positive": "#53cfa6", "neutral": "#a6acb9", "negative": "#ff8aa3"},
)


def current_colours() -> Colours:
    """The set that the application's palette was made from: what painted widgets draw with.

    A widget's own palette will not do: the stylesheet overwrites parts of it.
    """
    window = QGuiApplication.palette().color(QPalette.ColorRole.Window)
    return DARK if window.lightness() < 128 else LIGHT


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours, 1..21 (WCAG 2.2, "relative luminance")."""
    high, low = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parsed = QColor(colour)
    red, green, blue = (_linear(part) for part in (parsed.redF(), parsed.greenF(), parsed.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
