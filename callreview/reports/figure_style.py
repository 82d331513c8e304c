"""How figures look: fonts that are installed, colours that everybody can tell apart.

The colours are those of Okabe and Ito's palette for colour-blind readers, darkened for print;
no figure relies on colour alone.
"""

import base64
import io
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import get_font_names

INK = "#1c2733"
MUTED = "#5b6875"
GRID = "#dfe4ea"
AGENT = "#0b5cad"
CUSTOMER = "#c4560b"
GOOD = "#00745a"
MIDDLE = "#6b7b8c"
BAD = "#a8323c"

# Fonts with Latin letters first, then fonts with Hangul; what is not installed is left out.
_LATIN = ("Segoe UI", "Helvetica Neue", "Noto Sans")
_HANGUL = [
    *("NanumGothic", "Noto Sans CJK KR", "Noto Sans KR", "Malgun Gothic"),
    *("Apple SD Gothic Neo", "NanumBarunGothic", "AppleGothic"),
]
_LAST = "DejaVu Sans"
_SIZE = 8.0

FULL_WIDTH = 7.0
HALF_WIDTH = 3.4
FRAME_IN = 0.55


@dataclass(frozen=True)
class Picture:
    """A figure ready for a page: a `data:` address, and the words for who cannot see it."""

    address: str
    alt: str
    width: int
    height: int


@cache
def fonts() -> tuple[str, ...]:
    """The installed fonts to draw with, best first; a letter is taken from the first that has it.

    The last one comes with matplotlib.
    """
    installed = set(get_font_names())
    hangul = [name for name in _HANGUL if name in installed]
    latin = [name for name in _LATIN if name in installed]
    return (*latin[:1], *hangul[:1], _LAST)


@contextmanager
def figure_style() -> Iterator[None]:
    """Draw in our style inside this context."""
    # Fonts call their bold by several weights; that another one was taken is no news.
    font_log = logging.getLogger("matplotlib.font_manager")
    level = font_log.level
    font_log.setLevel(logging.ERROR)
    with matplotlib.rc_context(
        {
            "font.family": list(fonts()),
            "font.size": _SIZE,
            "text.color": INK,
            "text.parse_math": False,
            "axes.edgecolor": GRID,
            "axes.labelcolor": MUTED,
            "axes.labelsize": _SIZE - 0.5,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.spines.left": False,
            "axes.axisbelow": True,
            "grid.color": GRID,
            "grid.linewidth": 0.6,
            "xtick.color": MUTED,
            "ytick.color": MUTED,
            "ytick.labelcolor": INK,
            "xtick.major.size": 0,
            "ytick.major.size": 0,
            "legend.frameon": False,
            "legend.fontsize": _SIZE - 0.5,
            "svg.fonttype": "path",
            "svg.hashsalt": "callreview",
        }
    ):
        try:
            yield
        finally:
            font_log.setLevel(level)


def new_figure(width_in: float, height_in: float) -> tuple[Figure, Axes]:
    """Make an empty figure with one plot; never through pyplot, which keeps global state."""
    figure = Figure(figsize=(width_in, height_in), layout="constrained")
    FigureCanvasAgg(figure)
    return figure, figure.add_subplot()


def picture(draw: Callable[[], Figure], alt: str) -> Picture:
    """Draw a figure as SVG with letters as shapes, so that it needs no font where it is read."""
    with figure_style():
        figure = draw()
        out = io.BytesIO()
        figure.savefig(out, format="svg", metadata={"Date": None})
        width, height = figure.get_size_inches() * 96
    data = base64.b64encode(out.getvalue()).decode("ascii")
    return Picture(f"data:image/svg+xml;base64,{data}", alt, round(width), round(height))
