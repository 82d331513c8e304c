"""Cuts a window in which the language changes into parts of one language each."""

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby

from callreview.speech.windows import Window

Probabilities = Mapping[str, float]

# Below, the second language is a slip of hearing; a shorter stretch does not tell its language.
_SECOND = 0.2
_SHORTEST_TELLING_S = 1.5


def two_languages(probabilities: Probabilities, spoken: Collection[str]) -> tuple[str, str] | None:
    """The two languages that a window seems to be in, out of those `spoken` in the call.

    None when it is in one: an unsure window alone does not bring another language into a call.
    """
    known = [code for code in probabilities if code in spoken]
    ranked = sorted(known, key=lambda code: (-probabilities[code], code))
    if len(ranked) < 2 or probabilities[ranked[1]] < _SECOND:
        return None
    return ranked[0], ranked[1]


def parts_by_language(
    window: Window, both: tuple[str, str], heard: Sequence[Probabilities]
) -> list[tuple[Window, str]]:
    """The window in parts, each with its language, out of two.

    `heard` is how likely each language is in each piece of the window. A piece too short to tell is
    in the language of the piece before it (the first: after it).
    """
    first, second = both
    codes: list[str | None] = [
        (first if found.get(first, 0.0) >= found.get(second, 0.0) else second)
        if piece.length_s >= _SHORTEST_TELLING_S
        else None
        for piece, found in zip(window.pieces, heard, strict=True)
    ]
    known = next((code for code in codes if code), first)
    settled = []
    for piece, code in zip(window.pieces, codes, strict=True):
        known = code or known
        settled.append((known, piece))
    return [
        (Window(tuple(piece for _code, piece in group)), code)
        for code, group in groupby(settled, key=lambda item: item[0])
    ]
