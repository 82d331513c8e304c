"""Subtitle cues: turns cut into pieces that can be read while they are heard.

A cue has at most two lines of 42 columns and lasts at most seven seconds (the common limits of
subtitle guidelines). A Hangul letter is two columns wide.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from callreview.domain.transcript import Role, Turn, Word, join_words

LINE_WIDTH = 42
LONGEST_S = 7.0
SHORTEST_S = 1.0
_LINES = 2
_SENTENCE_END = (".", "?", "!", "…", "。", "？", "！")
_PAUSE_S = 1.5
_SPAN_MIN_S = 0.002


@dataclass(frozen=True)
class Cue:
    """What is shown from `start_s` to `end_s` (seconds): one or two lines of one speaker."""

    role: Role
    start_s: float
    end_s: float
    lines: tuple[str, ...]


def text_width(text: str) -> int:
    """Columns that the text takes: wide (Hangul, Han, Kana) letters take two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def cues_of(turns: Sequence[Turn], first_line_less: int = 0) -> list[Cue]:
    """Cut the turns into cues in order of time; `first_line_less` columns stay free for a name."""
    cues = [
        _cue(turn.role, words, first_line_less)
        for turn in turns
        for words in _pieces(turn.words, first_line_less)
    ]
    cues.sort(key=lambda cue: (cue.start_s, cue.end_s))
    return [_readable(cue, following) for cue, following in pairwise([*cues, None]) if cue]


def _readable(cue: Cue, following: Cue | None) -> Cue:
    """Show a short cue for a second, as long as it is not in the way of the next."""
    wanted = cue.start_s + SHORTEST_S
    if following is not None:
        wanted = min(wanted, following.start_s)
    return replace(cue, end_s=max(cue.end_s, wanted))


def _cue(role: Role, words: Sequence[Word], first_line_less: int) -> Cue:
    start_s = max(0.0, words[0].start_s)
    end_s = max(word.end_s for word in words)
    end_s = min(max(end_s, start_s + _SPAN_MIN_S), start_s + LONGEST_S)
    return Cue(role, start_s, end_s, tuple(_wrap(words, first_line_less)))


def _pieces(words: Sequence[Word], first_line_less: int) -> Iterator[list[Word]]:
    piece: list[Word] = []
    for word in _short_words(words, LINE_WIDTH - first_line_less):
        if piece and (_is_cut(piece, word) or _overflows([*piece, word], first_line_less)):
            yield piece
            piece = []
        piece.append(word)
    if piece:
        yield piece


def _is_cut(piece: Sequence[Word], following: Word) -> bool:
    last = piece[-1]
    if following.start_s - last.end_s >= _PAUSE_S:
        return True
    half_full = text_width(join_words(tuple(piece))) >= LINE_WIDTH / 2
    return half_full and last.text.endswith(_SENTENCE_END)


def _overflows(words: Sequence[Word], first_line_less: int) -> bool:
    too_long = max(w.end_s for w in words) - max(0.0, words[0].start_s) > LONGEST_S
    return too_long or len(_wrap(words, first_line_less)) > _LINES


def _wrap(words: Sequence[Word], first_line_less: int) -> list[str]:
    lines: list[str] = []
    room = LINE_WIDTH - first_line_less
    for unit in _units(words, room):
        longer = f"{lines[-1]} {unit.text}" if lines and unit.space_before else ""
        longer = longer or (lines[-1] + unit.text if lines else unit.text)
        if lines and text_width(longer) <= (room if len(lines) == 1 else LINE_WIDTH):
            lines[-1] = longer
        else:
            lines.append(unit.text)
    return lines


def _units(words: Sequence[Word], room: int) -> Iterator[Word]:
    """Words that belong together without a space, unless they are too wide for a line."""
    unit: Word | None = None
    for word in words:
        if unit and not word.space_before and text_width(unit.text + word.text) <= room:
            unit = replace(unit, text=unit.text + word.text)
            continue
        if unit:
            yield unit
        unit = word
    if unit:
        yield unit


def _short_words(words: Sequence[Word], room: int) -> Iterator[Word]:
    """The words on one line each; one that is wider than a line is cut, its time shared out."""
    for word in words:
        text = " ".join(word.text.split())
        parts = list(_cut(text, room))
        step_s = (word.end_s - word.start_s) / max(len(parts), 1)
        for index, part in enumerate(parts):
            start_s = word.start_s + index * step_s
            yield Word(
                part, start_s, start_s + step_s, word.confidence, word.space_before and index == 0
            )


def _cut(text: str, room: int) -> Iterator[str]:
    part = ""
    for letter in text:
        if text_width(part + letter) > room:
            yield part
            part = ""
        part += letter
    if part:
        yield part
