"""Personal data in a call: found in the text, taken out of it, and its time kept for muting.

What is masked here never reaches the disk (docs/definitions.md, "Personal data"; PCI DSS 3.3.1).
"""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from callreview.analysis.personal_data.birth_dates import find_birth_dates
from callreview.analysis.personal_data.cards import Cards
from callreview.analysis.personal_data.email_addresses import find_email_addresses
from callreview.analysis.personal_data.found import Found, Taken
from callreview.analysis.personal_data.other_numbers import find_other_numbers
from callreview.analysis.personal_data.postal_addresses import find_addresses
from callreview.analysis.personal_data.spoken_runs import SpokenRuns
from callreview.analysis.personal_data.written_ids import find_written_ids
from callreview.domain.finding import Finding
from callreview.domain.personal_data import ALWAYS_HIDDEN, KINDS, mask_text
from callreview.domain.transcript import MaskedSpan, Transcript, Turn, Word

RULES = "personal-6"
"""The version of all rules here, and of the model of `card_tagger`; stored with every transcript under "personal_data"."""

MARGIN_S = 0.15
"""The muted time is wider by this much on either side: word times are not exact."""

QUICKEST_DIGIT_S = 0.12
"""Nobody says digits quicker: eight syllables a second are the most that speakers reach."""

SLOWEST_DIGIT_S = 0.5
"""As far is looked for the sound of digits whose times cannot be right, for each of them."""

DETECTORS: tuple[Callable[[SpokenRuns, Taken], None], ...] = (
    find_written_ids,
    find_other_numbers,
    find_birth_dates,
    find_email_addresses,
    find_addresses,
)
"""Each finds one family of personal data in all turns of a call, but for cards; the first to take a word keeps it."""

_END = re.compile(r"[.,!?…]+$")


def find_personal_data(turns: Sequence[Turn], kinds: Iterable[str] = KINDS) -> tuple[Found, ...]:
    """The words of a call that are personal data of these kinds; card data is always among them."""
    wanted = ALWAYS_HIDDEN.union(kinds)
    spoken, taken = SpokenRuns(turns), Taken()
    cards = Cards(spoken)
    cards.take_ruled(taken)
    for find in DETECTORS:
        find(spoken, taken)
    cards.take_likely(taken)
    return tuple(found for found in taken.found() if found.kind in wanted)


def mask_personal_data(
    turns: Sequence[Turn], kinds: Iterable[str] = KINDS
) -> tuple[tuple[Turn, ...], tuple[MaskedSpan, ...]]:
    """The turns with a mask such as "[card number]" in place of personal data, and where it was.

    The spans are the times (seconds) to mute, in order. A masked turn loses its hits: their
    characters have moved.
    """
    found = find_personal_data(turns, kinds)
    by_turn: dict[int, list[Found]] = {}
    for one in found:
        by_turn.setdefault(one.turn, []).append(one)
    masked = tuple(
        _masked(turn, by_turn[number]) if number in by_turn else turn
        for number, turn in enumerate(turns)
    )
    spans = sorted((_span(turns, one) for one in found), key=lambda s: s.start_s)
    return masked, tuple(spans)


def rules_with(kinds: Iterable[str]) -> str:
    """How a transcript names the rules it was masked with, and the kinds that were left readable."""
    readable = [kind for kind in KINDS if kind not in ALWAYS_HIDDEN.union(kinds)]
    return f"{RULES} without {', '.join(readable)}" if readable else RULES


def is_due(used: str, kinds: Iterable[str]) -> bool:
    """Whether a transcript masked with rules named `used` ("" unknown) may hold what is hidden now."""
    name, _without, readable = used.partition(" without ")
    left = set(readable.split(", ")) if readable else set()
    return name != RULES or bool(left & ALWAYS_HIDDEN.union(kinds))


def find_masked(transcript: Transcript) -> tuple[Finding, ...]:
    """One finding for each masked stretch: what kind it was and when, never its value."""
    return tuple(_finding(transcript, span) for span in transcript.masked)


def _finding(transcript: Transcript, span: MaskedSpan) -> Finding:
    finding = Finding("personal_data", span.kind, span.start_s, span.end_s)
    masks = {mask_text(span.kind, language) for language in ("en", "ko")}
    for number, turn in enumerate(transcript.turns):
        if turn.start_s > span.end_s or turn.end_s < span.start_s:
            continue
        for place, word in enumerate(turn.words):
            inside = span.start_s <= word.start_s <= word.end_s <= span.end_s
            if inside and without_end(word.text) in masks:
                return replace(
                    finding, role=turn.role, turn=number, first_word=place, last_word=place
                )
    return finding


def _span(turns: Sequence[Turn], found: Found) -> MaskedSpan:
    words = turns[found.turn].words[found.first : found.last + 1]
    start_s = min(word.start_s for word in words)
    end_s = max(word.end_s for word in words)
    digits = sum(character.isdigit() for word in words for character in word.text)
    if end_s - start_s < digits * QUICKEST_DIGIT_S:
        # A recogniser may write a long number as one word, with the times of its end.
        before_s, after_s = _neighbours(turns, found)
        reach_s = digits * SLOWEST_DIGIT_S
        earliest_s, latest_s = end_s - reach_s, start_s + reach_s
        start_s = min(start_s, max(before_s, earliest_s))
        end_s = max(end_s, min(after_s, latest_s))
    return MaskedSpan(found.kind, max(0.0, start_s - MARGIN_S), end_s + MARGIN_S)


def _neighbours(turns: Sequence[Turn], found: Found) -> tuple[float, float]:
    """When the speaker's word before the stretch ends and the one after it starts."""
    turn, speaker = turns[found.turn], turns[found.turn].speaker
    earlier = [w for t in turns[: found.turn] if t.speaker == speaker for w in t.words]
    later = [w for t in turns[found.turn + 1 :] if t.speaker == speaker for w in t.words]
    before = [*earlier, *turn.words[: found.first]]
    after = [*turn.words[found.last + 1 :], *later]
    return (
        before[-1].end_s if before else 0.0,
        after[0].start_s if after else math.inf,
    )


def _masked(turn: Turn, found: Sequence[Found]) -> Turn:
    words, language = list(turn.words), language_of(turn)
    for one in sorted(found, key=lambda f: f.first, reverse=True):
        hidden = words[one.first : one.last + 1]
        words[one.first : one.last + 1] = [_mask(hidden, one.kind, language)]
    return replace(turn, words=tuple(words), hits=())


def _mask(hidden: Sequence[Word], kind: str, language: str) -> Word:
    end = _END.search(hidden[-1].text)
    return Word(
        text=mask_text(kind, language) + (end.group() if end else ""),
        start_s=min(word.start_s for word in hidden),
        end_s=max(word.end_s for word in hidden),
        confidence=min(word.confidence for word in hidden),
        space_before=hidden[0].space_before,
    )


def without_end(text: str) -> str:
    """The text without the marks that end a sentence: they stay readable behind a mask."""
    return _END.sub("", text)


def language_of(turn: Turn) -> str:
    """The language of the masks in a turn: Korean where Korean is read, else English."""
    korean = turn.language == "ko" or any("가" <= character <= "힣" for character in turn.text)
    return "ko" if korean else "en"
