"""One turn of a comparison as text: what is gone, what is new, and where each stands in it."""

from dataclasses import dataclass

from PySide6.QtGui import QColor, QTextCharFormat, QTextLayout

from callreview.domain.transcript import Word, join_words
from callreview.domain.transcript_diff import ComparedTurn, Difference
from callreview.ui.theme.colours import Colours

REMOVED_SIGN, ADDED_SIGN = "−", "+"


@dataclass(frozen=True)
class Place:
    """A difference and where it stands in the text, in Qt's UTF-16 units; `new` from `middle` on."""

    difference: Difference
    start: int
    middle: int
    end: int


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
            text += REMOVED_SIGN + _joined(piece.old) if piece.old else ""
            middle = _units(text)
            if piece.new:
                text += (" " if piece.old else "") + ADDED_SIGN + _joined(piece.new)
            places.append(Place(piece, start, middle, _units(text)))
        return cls(text, tuple(places))

    def formats(
        self, colours: Colours, current: Place | None = None
    ) -> list[QTextLayout.FormatRange]:
        """How it is drawn: gone words are struck through, new ones underlined, whatever the colour."""
        gone, new = QTextCharFormat(), QTextCharFormat()
        gone.setFontStrikeOut(True)
        gone.setForeground(QColor(colours.sentiments["negative"]))
        new.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        new.setForeground(QColor(colours.sentiments["positive"]))
        here = QTextCharFormat()
        here.setBackground(QColor(colours.selection))
        ranges = [_range(place.start, place.middle, gone) for place in self.places]
        ranges += [_range(place.middle, place.end, new) for place in self.places]
        if current is not None:
            ranges.append(_range(current.start, current.end, here))
        return [one for one in ranges if one.length]

    def at(self, unit: int) -> Place | None:
        """The difference at a place of the text, None where the words are the same."""
        return next((place for place in self.places if place.start <= unit < place.end), None)


def _joined(words: tuple[Word, ...]) -> str:
    return join_words(words)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _range(start: int, end: int, shape: QTextCharFormat) -> QTextLayout.FormatRange:
    result = QTextLayout.FormatRange()
    result.start, result.length, result.format = start, end - start, shape
    return result
