"""What to believe of what the model says about a window, and what to leave out.

Whisper repeats itself or guesses where it hears nothing, skips a sentence, and ends a text early,
above all where the language changes. Such windows are listened to again; what still is invented or
loops is left out.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from callreview.domain.transcript import Word
from callreview.speech.repetition import without_loops
from callreview.speech.whisper import RATE, Heard, Sound

# Whisper's own limits (its paper, section 4.5): above, a text repeats itself; below, it is guessed.
_REPEATS = 2.4
_GUESSED = -1.0
_NO_SPEECH = 0.6
# Windows are all speech: silence of the model this long at the end means that it stopped early, and
# this long from the start of one word to the next that it skipped something.
_UNHEARD_S = 4.0
_SKIPPED_S = 2.5

HearAgain = Callable[[Sound], Sequence[Heard]]
"""Listens to a sound again, at leisure."""


@dataclass(frozen=True)
class Believed:
    """The words of a window, in its clock, and how many were left out for which reason."""

    words: tuple[Word, ...]
    dropped: Mapping[str, int]


def believe(heard: Heard, window: Sound, again: HearAgain) -> Believed:
    """The believable words of a window (mono, 16 kHz), which is heard again where needed."""
    found = _best(heard, window, again)
    words = [word for one in found if not _invented(one) for word in one.words]
    invented = sum(len(one.words) for one in found if _invented(one))
    end_s = words[-1].end_s if words else 0.0
    rest = window[int(end_s * RATE) :]
    if len(rest) >= _UNHEARD_S * RATE:
        late = [one for one in again(rest) if not _doubtful(one)]
        words += [_later(word, end_s) for one in late for word in one.words]
    kept = without_loops(words)
    dropped = Counter({"invented": invented, "loop": len(words) - len(kept)})
    return Believed(kept, +dropped)


def _best(heard: Heard, window: Sound, again: HearAgain) -> list[Heard]:
    """What was heard, or what is heard the second time where that is to be believed more."""
    if _doubtful(heard):
        return list(again(window))
    if _longest_word_s([heard]) < _SKIPPED_S:
        return [heard]
    second = list(again(window))
    better = not any(_doubtful(one) for one in second)
    return second if better and _longest_word_s(second) < _longest_word_s([heard]) else [heard]


def _longest_word_s(heard: Sequence[Heard]) -> float:
    """The longest time from the start of one word to the start of the next, seconds."""
    starts = [word.start_s for one in heard for word in one.words]
    return max((right - left for left, right in pairwise(starts)), default=0.0)


def _doubtful(heard: Heard) -> bool:
    return heard.compression > _REPEATS or heard.log_probability < _GUESSED


def _invented(heard: Heard) -> bool:
    """Whether the model heard no speech and guessed; a repetition alone may be true."""
    return heard.no_speech > _NO_SPEECH and heard.log_probability < _GUESSED


def _later(word: Word, shift_s: float) -> Word:
    return replace(word, start_s=word.start_s + shift_s, end_s=word.end_s + shift_s)
