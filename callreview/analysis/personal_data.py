"""Personal data in a call: found in the text, taken out of it, and its time kept for muting.

What is masked here never reaches the disk (docs/definitions.md, "Personal data"; PCI DSS 3.3.1).
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from callreview.analysis.card_numbers import (
    CARD_NUMBER,
    EXPIRY_DATE,
    SECURITY_CODE,
    Found,
    find_cards,
)
from callreview.domain.transcript import MaskedSpan, Turn, Word

MARGIN_S = 0.15
"""The muted time is wider by this much on either side: word times are not exact."""

DETECTORS: tuple[Callable[[Sequence[Turn]], list[Found]], ...] = (find_cards,)
"""Each finds one family of personal data in all turns of a call."""

_KOREAN = {CARD_NUMBER: "카드 번호", SECURITY_CODE: "보안 코드", EXPIRY_DATE: "유효 기간"}


def mask_personal_data(
    turns: Sequence[Turn],
) -> tuple[tuple[Turn, ...], tuple[MaskedSpan, ...]]:
    """The turns with a mask such as "[card number]" in place of personal data, and where it was.

    The spans are the times (seconds) to mute, in order. A masked turn loses its hits: their
    characters have moved.
    """
    found = [one for detect in DETECTORS for one in detect(turns)]
    by_turn: dict[int, list[Found]] = {}
    for one in found:
        by_turn.setdefault(one.turn, []).append(one)
    masked = tuple(
        _masked(turn, by_turn[number]) if number in by_turn else turn
        for number, turn in enumerate(turns)
    )
    spans = sorted((_span(turns[one.turn], one) for one in found), key=lambda s: s.start_s)
    return masked, tuple(spans)


def _span(turn: Turn, found: Found) -> MaskedSpan:
    words = turn.words[found.first : found.last + 1]
    start_s = min(word.start_s for word in words)
    end_s = max(word.end_s for word in words)
    return MaskedSpan(found.kind, max(0.0, start_s - MARGIN_S), end_s + MARGIN_S)


def _masked(turn: Turn, found: Sequence[Found]) -> Turn:
    words = list(turn.words)
    for one in sorted(found, key=lambda f: f.first, reverse=True):
        hidden = words[one.first : one.last + 1]
        words[one.first : one.last + 1] = [_mask(turn, hidden, one.kind)]
    return replace(turn, words=tuple(words), hits=())


def _mask(turn: Turn, hidden: Sequence[Word], kind: str) -> Word:
    name = _KOREAN[kind] if turn.language == "ko" or _has_hangul(turn.text) else kind
    return Word(
        text=f"[{name}]",
        start_s=min(word.start_s for word in hidden),
        end_s=max(word.end_s for word in hidden),
        confidence=min(word.confidence for word in hidden),
        space_before=hidden[0].space_before,
    )


def _has_hangul(text: str) -> bool:
    return any("가" <= character <= "힣" for character in text)
