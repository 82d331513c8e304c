"""One turn of the transcript laid out for a width: text, words and where they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from callreview.domain.transcript import Hit, Turn, Word
from callreview.ui.review.certainty import is_unsure, unsure_text
from callreview.ui.review.wording import describe_hit
from callreview.ui.theme.colours import Colours
from callreview.ui.theme.fonts import BODY_POINTS, SMALL_POINTS, sized

LEFT = 84
RIGHT = 28
TOP = 11
BOTTOM = 11
HEADER_GAP = 3
WIDEST_TEXT = 760
LINE_SPACING = 1.18


@dataclass(frozen=True)
class TurnFonts:
    """The fonts of a turn and the height of its header line in pixels."""

    text: QFont
    name: QFont
    detail: QFont
    header: float

    @classmethod
    def of(cls, font: QFont) -> "TurnFonts":
        """Derive them from a widget's font."""
        name = sized(font, BODY_POINTS, strong=True)
        text = sized(font, BODY_POINTS + 0.5)
        return cls(text, name, sized(font, SMALL_POINTS), QFontMetricsF(name).height())


def word_spans(words: tuple[Word, ...]) -> tuple[tuple[int, int], ...]:
    """Where each word lies in the turn's text: (first character, end)."""
    spans: list[tuple[int, int]] = []
    length = 0
    for word in words:
        length += 1 if word.space_before else 0
        spans.append((length, length + len(word.text)))
        length += len(word.text)
    joined = "".join((" " if word.space_before else "") + word.text for word in words)
    lead = len(joined) - len(joined.lstrip())
    return tuple((max(start - lead, 0), max(end - lead, 0)) for start, end in spans)


class HeightMeter:
    """Measures how tall turns are at a width, without all that drawing them needs."""

    def __init__(self, fonts: TurnFonts, width: int) -> None:
        self._width = width
        self._frame = TOP + fonts.header + HEADER_GAP + BOTTOM
        self._layout = QTextLayout("", fonts.text)
        self._layout.setTextOption(wrapping())

    def height(self, text: str) -> int:
        """The height of a turn with this text, in pixels."""
        self._layout.setText(text)
        return int(self._frame + break_lines(self._layout, self._width) + 0.5)


def break_lines(layout: QTextLayout, width: int) -> float:
    """Break a layout's text into lines in a list of this width; the height of the lines."""
    room = min(max(width - LEFT - RIGHT, 120), WIDEST_TEXT)
    y = 0.0
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(room)
        line.setPosition(QPointF(0, y))
        y += line.height() * LINE_SPACING
    layout.endLayout()
    return y


def wrapping() -> QTextOption:
    """How lines are broken: between words, inside one only where it is longer than a line."""
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


class TurnLayout:
    """A turn's text broken into lines; positions are relative to the row's top left corner."""

    def __init__(self, turn: Turn, fonts: TurnFonts, width: int, colours: Colours) -> None:
        self._turn = turn
        self._text = turn.text
        self._wide = bool(self._text) and max(self._text) > "\uffff"
        self.origin = QPointF(LEFT, TOP + fonts.header + HEADER_GAP)
        self.layout = QTextLayout(self._text, fonts.text)
        self.layout.setTextOption(wrapping())
        self.layout.setFormats(self._formats(colours))
        break_lines(self.layout, width)

    @cached_property
    def _spans(self) -> tuple[tuple[int, int], ...]:
        return word_spans(self._turn.words)

    def word_at(self, point: QPointF) -> int | None:
        """The word under a point, or None."""
        character = self._character_at(point)
        if character is None:
            return None
        for number, (start, end) in enumerate(self._spans):
            if start <= character < end:
                return number
        return None

    def nearest_word(self, point: QPointF) -> int:
        """The word at or nearest before a point: where a drag starts or ends."""
        character = self._nearest_character(point)
        before = [n for n, (start, _end) in enumerate(self._spans) if start <= character]
        return before[-1] if before else 0

    def hits_at(self, point: QPointF) -> tuple[Hit, ...]:
        """The keyword hits under a point."""
        character = self._character_at(point)
        if character is None:
            return ()
        return tuple(h for h in self._turn.hits if h.start_char <= character < h.end_char)

    def tip_at(self, point: QPointF, list_titles: Mapping[str, str]) -> str:
        """What is told about a point: the hits there, one a line, and whether a word is unsure."""
        lines = [describe_hit(hit, list_titles) for hit in self.hits_at(point)]
        word = self.word_at(point)
        if word is not None and is_unsure(self._turn.words[word]):
            lines.append(unsure_text(self._turn.words[word]))
        return "\n".join(lines)

    def word_rects(self, word: int) -> list[QRectF]:
        """The boxes of a word, one for each line that it touches."""
        if not 0 <= word < len(self._spans):
            return []
        start, end = (self.position(character) for character in self._spans[word])
        rects = []
        for number in range(self.layout.lineCount()):
            line = self.layout.lineAt(number)
            first = max(start, line.textStart())
            last = min(end, line.textStart() + line.textLength())
            if first < last:
                left, right = _x(line, first), _x(line, last)
                box = QRectF(left, line.y(), right - left, line.height())
                rects.append(box.translated(self.origin))
        return rects

    def range_of(self, start: int, end: int, background: str, text: str) -> QTextLayout.FormatRange:
        """A coloured stretch of characters for drawing; no background where it is ""."""
        shape = QTextCharFormat()
        if background:
            shape.setBackground(QColor(background))
        shape.setForeground(QColor(text))
        return self._range(start, end, shape)

    def words_range(
        self, first: int, last: int, background: str, text: str
    ) -> QTextLayout.FormatRange:
        """A coloured stretch from the first to the last of these words."""
        return self.range_of(self._spans[first][0], self._spans[last][1], background, text)

    def position(self, character: int) -> int:
        """Where Qt counts a character: Qt counts UTF-16 units, Python characters."""
        if not self._wide:
            return character
        return len(self._text[:character].encode("utf-16-le")) // 2

    def _character(self, position: int) -> int:
        if not self._wide:
            return position
        units = self._text.encode("utf-16-le")[: 2 * position]
        return len(units.decode("utf-16-le", errors="ignore"))

    def _formats(self, colours: Colours) -> list[QTextLayout.FormatRange]:
        doubtful = QTextCharFormat()
        doubtful.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        doubtful.setUnderlineColor(QColor(colours.muted))
        doubtful.setForeground(QColor(colours.muted))
        styles = QTextCharFormat.UnderlineStyle
        found = {
            False: _hit_format(styles.SingleUnderline, colours),
            True: _hit_format(styles.DashUnderline, colours),
        }
        ranges = [
            self._range(*self._spans[number], doubtful)
            for number, word in enumerate(self._turn.words)
            if is_unsure(word)
        ]
        return ranges + [
            self._range(hit.start_char, hit.end_char, found[hit.near]) for hit in self._turn.hits
        ]

    def _range(self, start: int, end: int, shape: QTextCharFormat) -> QTextLayout.FormatRange:
        result = QTextLayout.FormatRange()
        first = self.position(start)
        result.start = first
        result.length = self.position(end) - first
        result.format = shape
        return result

    def _character_at(self, point: QPointF) -> int | None:
        at = point - self.origin
        for number in range(self.layout.lineCount()):
            line = self.layout.lineAt(number)
            if line.y() <= at.y() < line.y() + line.height():
                if not 0 <= at.x() <= line.naturalTextWidth():
                    return None
                cursor = line.xToCursor(at.x())
                over = cursor - 1 if _x(line, cursor) > at.x() else cursor
                return self._character(max(over, 0))
        return None

    def _nearest_character(self, point: QPointF) -> int:
        at = point - self.origin
        if at.y() < 0:
            return 0
        for number in range(self.layout.lineCount()):
            line = self.layout.lineAt(number)
            if at.y() < line.y() + line.height() * LINE_SPACING:
                return self._character(line.xToCursor(max(at.x(), 0.0)))
        return len(self._text)


def _hit_format(style: QTextCharFormat.UnderlineStyle, colours: Colours) -> QTextCharFormat:
    result = QTextCharFormat()
    result.setUnderlineStyle(style)
    result.setUnderlineColor(QColor(colours.accent))
    result.setForeground(QColor(colours.accent))
    return result


def _x(line: QTextLine, position: int) -> float:
    """The x of a character of a line; PySide gives (x, position)."""
    return float(cast(tuple[float, int], line.cursorToX(position))[0])
