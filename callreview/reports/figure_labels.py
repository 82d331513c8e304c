"""Labels of figures: long names cut or wrapped so that they never push the plot away."""

import unicodedata
from collections.abc import Sequence

from matplotlib.axes import Axes

_LABEL_COLUMNS = 30


def label_rows(axes: Axes, labels: Sequence[str]) -> None:
    """Name the rows of a plot, the first one on top."""
    axes.set_yticks(range(len(labels)), [wrapped(label) for label in labels])
    axes.set_ylim(len(labels) - 0.4, -0.6)


def columns_of(text: str) -> int:
    """Columns that the text takes: a Hangul letter takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def shortened(text: str, columns: int) -> str:
    """Cut long text with an ellipsis."""
    text = " ".join(text.split())
    if columns_of(text) <= columns:
        return text
    while columns_of(text) > columns - 1:
        text = text[:-1]
    return f"{text.rstrip()}…"


def wrapped(label: str) -> str:
    """Break a long label into two lines, the second one cut if need be."""
    first, rest = "", label.split()
    while rest and columns_of(f"{first} {rest[0]}") <= _LABEL_COLUMNS:
        first = f"{first} {rest.pop(0)}".strip()
    if not first:
        return shortened(label, _LABEL_COLUMNS)
    return "\n".join(filter(None, [first, shortened(" ".join(rest), _LABEL_COLUMNS)]))
