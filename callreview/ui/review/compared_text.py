"""One turn of a comparison as text: what is gone, what is new, and where each stands in it."""

from dataclasses import dataclass

from PySide6.QtGui import QColor, QTextCharFormat, QTextLayout

from callreview.domain.transcript import Word, join_words
from callreview.domain.transcript_diff import ComparedTurn, Difference
from callreview.ui.theme.colours import Colours

REMOVED_SIGN, ADDED_SIGN = "−", "+"


@dataclass(frozen=True)
class Place:
    """A difference, where it stands in the text, and where its words stand without their signs.

    All are (first, end) in Qt's UTF-16 units; `old` and `new` are empty where there are no such words.
    """

    difference: Difference
    whole: tuple[int, int]
    old: tuple[int, int]
    new: tuple[int, int]


@dataclass(frozen=True)
class ComparedText:
    """The words of a turn of both versions with signs, and the places of its differences."""

    text: str
    places: tuple[Place, ...]

    @classmethod
    def of(cls, turn: ComparedTurn) -> "ComparedText":
        """Put the pieces of a turn together: "I bought a −coffee +toffee machine"."""
        text = ""
        places = []
        for piece in turn.pieces:
            text += " " if text else ""
            start = _units(text)
            if piece.kind == "same":
                text += _joined(piece.new)
                continue
            text, old = _with_words(text, REMOVED_SIGN, piece.old)
            text, new = _with_words(text, ADDED_SIGN, piece.new)
            places.append(Place(piece, (start, _units(text)), old, new))
        return cls(text, tuple(places))

    def formats(
        self, colours: Colours, current: Place | None = None
    ) -> list[QTextLayout.FormatRange]:
        """How it is drawn: gone words are struck through, new ones underlined, whatever the colour."""
        gone, new, here = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
        gone.setForeground(QColor(colours.sentiments["negative"]))
        gone.setFontStrikeOut(True)
        new.setForeground(QColor(colours.sentiments["positive"]))
        new.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        here.setBackground(QColor(colours.selection))
        ranges = [_range(place.old, gone) for place in self.places]
        ranges += [_range(place.new, new) for place in self.places]
        if current is not None:
            ranges.append(_range(current.whole, here))
        return [one for one in ranges if one.length]

    def at(self, unit: int) -> Place | None:
        """The difference at a place of the text, None where the words are the same."""
        return next((p for p in self.places if p.whole[0] <= unit < p.whole[1]), None)


def _with_words(text: str, sign: str, words: tuple[Word, ...]) -> tuple[str, tuple[int, int]]:
    """The text with a sign and words after it, and where the words stand."""
    if not words:
        return text, (0, 0)
    text += ("" if not text or text.endswith(" ") else " ") + sign
    first = _units(text)
    text += _joined(words)
    return text, (first, _units(text))


def _joined(words: tuple[Word, ...]) -> str:
    return join_words(words)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _range(place: tuple[int, int], shape: QTextCharFormat) -> QTextLayout.FormatRange:
    result = QTextLayout.FormatRange()
    result.start, result.length, result.format = place[0], place[1] - place[0], shape
    return result
