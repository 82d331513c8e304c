"""Dates, numbers and choices as people write them into tables.

Every reader raises ValueError when the text cannot be read for certain: a wrong date is worse
than none.
"""

import math
import re
from datetime import datetime

from callreview.domain.call import Direction

_ISO = re.compile(r"\d{4}-?\d{2}-?\d{2}([T ].*)?", re.IGNORECASE)
_SPACED_ZONE = re.compile(r"\s+(?:([+-]\d{2}:?\d{2})|UTC|GMT|Z)$", re.IGNORECASE)
_CLOCK = r"(?:[T,\s]+(?:(?P<half>am|pm|오전|오후)\s*)?(?P<hour>\d{1,2})(?P<oclock>시)?(?:[:\s]*(?P<minute>\d{1,2}))?"
_CLOCK += r"(?:[:분]\s*(?P<second>\d{1,2}))?\s*[분초]?\s*(?P<later>am|pm|a\.m\.|p\.m\.)?)?"
_YEAR_FIRST = re.compile(
    r"(?P<year>\d{4})\s*[./년-]\s*(?P<month>\d{1,2})\s*[./월-]\s*(?P<day>\d{1,2})\s*[.일]?"
    + _CLOCK,
    re.IGNORECASE,
)
_YEAR_LAST = re.compile(
    r"(?P<one>\d{1,2})[./-](?P<two>\d{1,2})[./-](?P<year>\d{4})" + _CLOCK, re.IGNORECASE
)
_DAY_NAME = re.compile(
    r"(?P<day>\d{1,2})[\s.-]+(?P<name>[a-z]{3,9})[\s.,-]+(?P<year>\d{4})" + _CLOCK, re.IGNORECASE
)
_NAME_DAY = re.compile(
    r"(?P<name>[a-z]{3,9})\.?\s+(?P<day>\d{1,2}),?\s+(?P<year>\d{4})" + _CLOCK, re.IGNORECASE
)
_MONTHS = ["january", "february", "march", "april", "may", "june", "july"]
_MONTHS += ["august", "september", "october", "november", "december"]
_EARLIEST_YEAR = 1970
_LANGUAGES = {"english": "en", "영어": "en", "korean": "ko", "한국어": "ko", "kr": "ko"}
_DIRECTIONS: dict[str, Direction] = {
    **dict.fromkeys(("inbound", "in", "incoming", "수신", "인바운드", "인", "착신"), "inbound"),
    **dict.fromkeys(("outbound", "out", "outgoing", "발신", "아웃바운드", "아웃"), "outbound"),
}


def read_date(text: str) -> str:
    """Read a date, with or without a time, as ISO 8601; a time zone is kept, none is invented.

    ISO 8601 is tried first, then clear forms such as "2025. 2. 19. 오후 3:05", "19 Feb 2025" and
    "02/19/2025". "03/04/2025" raises ValueError: it may be March or April.
    """
    moment, has_clock = _iso_form(text) or _other_form(text)
    if moment.year < _EARLIEST_YEAR:
        raise ValueError(text)
    return moment.isoformat() if has_clock else moment.date().isoformat()


def _iso_form(text: str) -> tuple[datetime, bool] | None:
    found = _ISO.fullmatch(text)
    if not found:
        return None
    try:
        moment = datetime.fromisoformat(_SPACED_ZONE.sub(lambda zone: zone[1] or "Z", text))
    except ValueError:
        return None
    return moment, bool(found[1])


def _other_form(text: str) -> tuple[datetime, bool]:
    for form in (_YEAR_FIRST, _YEAR_LAST, _DAY_NAME, _NAME_DAY):
        if found := form.fullmatch(text):
            parts = found.groupdict()
            month, day = _month_and_day(parts)
            moment = datetime(int(parts["year"]), month, day, *_clock(parts))
            return moment, bool(parts["hour"])
    raise ValueError(text)


def _month_and_day(parts: dict[str, str]) -> tuple[int, int]:
    if "name" in parts:
        name = parts["name"].lower()
        months = [number for number, month in enumerate(_MONTHS, 1) if month.startswith(name)]
        return months[0] if months else 0, int(parts["day"])
    if "month" in parts:
        return int(parts["month"]), int(parts["day"])
    one, two = int(parts["one"]), int(parts["two"])
    if one > 12 or one == two:
        return two, one
    if two > 12:
        return one, two
    raise ValueError("day and month cannot be told apart")


def _clock(parts: dict[str, str]) -> tuple[int, int, int]:
    hour, minute, second = (int(parts[name] or 0) for name in ("hour", "minute", "second"))
    half = (parts["half"] or parts["later"] or "").lower().replace(".", "")
    if parts["hour"] and not (parts["minute"] or parts["oclock"] or half):
        raise ValueError("a number that may or may not be an hour")
    if half and not 1 <= hour <= 12:
        raise ValueError("no such hour")
    if half in ("pm", "오후"):
        hour = hour % 12 + 12
    elif half:
        hour %= 12
    return hour, minute, second


def read_number(text: str) -> float:
    """Read a finite number; a single comma may stand for the decimal point."""
    if text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def read_seconds(text: str) -> float:
    """Read a length of time in seconds from "75", "1:15" or "0:01:15"; never negative."""
    *larger, last = text.split(":")
    if len(larger) > 2 or any(not part.isdigit() for part in larger):
        raise ValueError(text)
    seconds = read_number(last.removesuffix("s").strip())
    for power, part in enumerate(reversed(larger), 1):
        seconds += int(part) * 60**power
    if seconds < 0 or "-" in text:
        raise ValueError(text)
    return seconds


def read_channel(text: str) -> int:
    """Read a 0-based channel from its number, or from "left" (0) and "right" (1)."""
    names = {"left": 0, "l": 0, "right": 1, "r": 1, "왼쪽": 0, "오른쪽": 1}
    if text.casefold() in names:
        return names[text.casefold()]
    if not text.isascii() or not text.isdigit():
        raise ValueError(text)
    return int(text)


def read_language(text: str) -> str:
    """Read a language code such as "en" from "en", "en-US", "English" or "영어"."""
    name = re.split(r"[-_]", text.casefold())[0]
    code = _LANGUAGES.get(name, name)
    if not re.fullmatch(r"[a-z]{2,3}", code):
        raise ValueError(text)
    return code


def read_direction(text: str) -> Direction:
    """Read the direction of a call."""
    try:
        return _DIRECTIONS[text.casefold()]
    except KeyError as unknown:
        raise ValueError(text) from unknown
