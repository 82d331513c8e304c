"""The fonts of the window: the computer's own, or a good one that is installed."""

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo

PREFERRED = (
    "Inter",
    "Pretendard",
    "Segoe UI Variable Text",
    "Segoe UI",
    "SF Pro Text",
    "Noto Sans",
    "Noto Sans CJK KR",
    "Cantarell",
    "Ubuntu",
    "NanumBarunGothic",
)
POOR_DEFAULTS = ("DejaVu Sans", "Sans Serif", "Bitstream Vera Sans", "Droid Sans Fallback")

BODY_POINTS = 10.5
SMALL_POINTS = 9.0
TITLE_POINTS = 15.0
SECTION_POINTS = 11.5
FIGURE_POINTS = 21.0


def interface_font(default: QFont) -> QFont:
    """The font of all text: `default` unless it is a stopgap and a better one is installed."""
    font = QFont(default)
    if QFontInfo(default).family() in POOR_DEFAULTS:
        installed = set(QFontDatabase.families())
        better = [family for family in PREFERRED if family in installed]
        font.setFamilies([*better, QFontInfo(default).family()])
    font.setPointSizeF(BODY_POINTS)
    return font


def sized(font: QFont, points: float, *, strong: bool = False) -> QFont:
    """`font` in another size, semi-bold when `strong`."""
    changed = QFont(font)
    changed.setPointSizeF(points)
    changed.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    return changed
