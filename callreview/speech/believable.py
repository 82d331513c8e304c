"""What to believe of what the model says about a window, and what to leave out.

Whisper repeats itself or guesses where it hears nothing, skips a sentence, and ends a text early,
above all where the language changes. Such windows are listened to again; what still is invented or
loops is left out.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from callreview.domain.talk_metrics import Interval
from callreview.domain.transcript import Word
from callreview.speech.repetition import without_loops
from callreview.speech.whisper import Heard

# Whisper's own limits (its paper, section 4.5): above, a text repeats itself; below, it is guessed.
_REPEATS = 2.4
_GUESSED = -1.0
_NO_SPEECH = 0.6
# So long from the start of one word to the next, in a window that is all speech, the model skipped
# something; a number that is read out takes longer.
_SKIPPED_S = 2.5
_DIGIT_S = 0.35
# Speech without a word of this length was skipped too. A short piece is understood by itself, with a
# longer one the model may stop early again.
_UNHEARD_S = 0.8
_LONG_S = 4.0
_AROUND_S = 0.2

HearAgain = Callable[[Interval], Sequence[Heard]]
"""Listens to a part of a window again; the words are in the clock of that part."""


@dataclass(frozen=True)
class Believed:
    """The words of a window, in its clock, and how many were left out for which reason."""

    words: tuple[Word, ...]
    dropped: Mapping[str, int]


def believe(
    heard: Heard,
    length_s: float,
    speech: Sequence[Interval],
    again: HearAgain,
    at_leisure: HearAgain,
) -> Believed:
    """The believable words of a window of `length_s` seconds with `speech`, in its clock.

    What is doubtful is heard `at_leisure`; speech without words is heard `again`, by itself, and at
    leisure where that did not help.
    """
    found = _best(heard, Interval(0.0, length_s), at_leisure)
    words = [word for one in found if not _invented(one) for word in one.words]
    invented = sum(len(one.words) for one in found if _invented(one))
    for stretch in _unheard(words, speech):
        words += _heard_alone(stretch, again)
    for stretch in _unheard(words, speech):
        if stretch.length_s >= _LONG_S:
            words += _heard_alone(stretch, at_leisure)
    kept = without_loops(sorted(words, key=lambda word: word.start_s))
    dropped = Counter({"invented": invented, "loop": len(words) - len(kept)})
    return Believed(kept, +dropped)


def _unheard(words: Sequence[Word], speech: Sequence[Interval]) -> list[Interval]:
    """The stretches of speech in which no word lies; what follows each other is one."""
    middles = [(word.start_s + word.end_s) / 2 for word in words]
    found: list[Interval] = []
    for stretch in speech:
        if any(stretch.start_s <= middle <= stretch.end_s for middle in middles):
            continue
        joined = found and not any(found[-1].end_s < m < stretch.start_s for m in middles)
        first = found.pop() if joined else stretch
        found.append(Interval(first.start_s, stretch.end_s))
    return [stretch for stretch in found if stretch.length_s >= _UNHEARD_S]


def _heard_alone(stretch: Interval, listen: HearAgain) -> list[Word]:
    """What is heard in a part of the window, in the window's clock; nothing that is doubtful."""
    start_s = max(stretch.start_s - _AROUND_S, 0.0)
    around = Interval(start_s, stretch.end_s + _AROUND_S)
    sure = [one for one in listen(around) if not _doubtful(one) and one.no_speech < _NO_SPEECH]
    return [_later(word, start_s) for one in sure for word in one.words]


def _best(heard: Heard, window: Interval, again: HearAgain) -> list[Heard]:
    """What was heard, or what is heard the second time where that is to be believed more."""
    if _doubtful(heard):
        return list(again(window))
    if _longest_word_s([heard]) < _SKIPPED_S:
        return [heard]
    second = list(again(window))
    sure = bool(second) and not any(_doubtful(one) for one in second)
    return second if sure and _longest_word_s(second) < _longest_word_s([heard]) else [heard]


def _longest_word_s(heard: Sequence[Heard]) -> float:
    """The longest time from the start of one word to the start of the next, seconds.

    The digits of a number take their time.
    """
    words = [word for one in heard for word in one.words]
    return max(
        (
            following.start_s - word.start_s - _DIGIT_S * sum(map(str.isdigit, word.text))
            for word, following in pairwise(words)
        ),
        default=0.0,
    )


def _doubtful(heard: Heard) -> bool:
    return heard.compression > _REPEATS or heard.log_probability < _GUESSED


def _invented(heard: Heard) -> bool:
    """Whether the model heard no speech and guessed; a repetition alone may be true."""
    return heard.no_speech > _NO_SPEECH and heard.log_probability < _GUESSED


def _later(word: Word, shift_s: float) -> Word:
    return replace(word, start_s=word.start_s + shift_s, end_s=word.end_s + shift_s)
