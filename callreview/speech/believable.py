"""What to believe of what the model says about a window, and what to leave out.

Whisper repeats itself or guesses where it hears nothing, skips a sentence, and ends a text early,
above all where the language changes. Such windows are listened to again; what still is invented or
loops is left out.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Protocol

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
# Words that take no time were not said: the model went on where the sound had ended. One or two short
# ones in a row happen; more were invented wherever they came (docs/benchmarks.md, "Speech").
_NO_TIME_S = 0.02
_MOST_IN_NO_TIME = 2
# So much speech without a word was skipped too; in less, a second hearing found none (real call). A
# short piece is understood by itself, with a longer one the model may stop early again.
_UNHEARD_S = 1.2
_LONG_S = 4.0
_AROUND_S = 0.2


class HearAgain(Protocol):
    """Listens to parts of a window again, each by itself.

    At leisure costs several times as much and may find what else is not found. The words of a part
    are in its clock.
    """

    def __call__(
        self, parts: Sequence[Interval], *, at_leisure: bool = False
    ) -> Sequence[Sequence[Heard]]:
        """What is heard in each part."""


@dataclass(frozen=True)
class Believed:
    """The words of a window, in its clock, and how many were left out for which reason."""

    words: tuple[Word, ...]
    dropped: Mapping[str, int]


def believe(
    heard: Heard, length_s: float, speech: Sequence[Interval], again: HearAgain
) -> Believed:
    """The believable words of a window of `length_s` seconds with `speech`, in its clock.

    A window that repeats itself or skips something is heard again in halves, and at leisure where
    that did not help; one that is guessed, at leisure at once; one that goes on without sound, in
    halves alone. Speech without words is heard by itself, and if it is long, at leisure where that
    did not help.
    """
    found = _best(heard, length_s, speech, again)
    words = [word for one in found if not _invented(one) for word in _said(one.words)]
    invented = sum(len(one.words) for one in found) - len(words)
    words += _heard_alone(_unheard(words, speech), again)
    long = [stretch for stretch in _unheard(words, speech) if stretch.length_s >= _LONG_S]
    words += _heard_alone(long, again, at_leisure=True)
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


def _heard_alone(
    stretches: Sequence[Interval], again: HearAgain, *, at_leisure: bool = False
) -> list[Word]:
    """What is heard in parts of the window, in the window's clock; nothing that is doubtful."""
    if not stretches:
        return []
    parts = [
        Interval(max(stretch.start_s - _AROUND_S, 0.0), stretch.end_s + _AROUND_S)
        for stretch in stretches
    ]
    heard = again(parts, at_leisure=at_leisure)
    return [
        _in_window(word, part)
        for part, several in zip(parts, heard, strict=True)
        for one in several
        if _is_sure(one)
        for word in one.words
    ]


def _best(
    heard: Heard, length_s: float, speech: Sequence[Interval], again: HearAgain
) -> Sequence[Heard]:
    """What was heard, or what is heard again where that is to be believed more."""
    if _complete([heard]):
        return [heard]
    halves = () if _guessed(heard) else _heard_in_halves(length_s, speech, again)
    fewer = sum(len(one.words) for one in halves) < len(heard.words)
    if halves and _complete(halves) and (_is_unclear(heard) or not fewer):
        return halves
    if _goes_on(heard) and not _doubtful(heard):
        return [heard]
    (second,) = again([Interval(0.0, length_s)], at_leisure=True)
    if _doubtful(heard):
        return second
    sure = bool(second) and not any(map(_is_unclear, second))
    return second if sure and _longest_word_s(second) < _longest_word_s([heard]) else [heard]


def _heard_in_halves(
    length_s: float, speech: Sequence[Interval], again: HearAgain
) -> Sequence[Heard]:
    """What is heard in the window cut in two; () where it cannot be cut or a half is not clear.

    A short piece is understood where a long one is not.
    """
    halves = _halves(length_s, speech)
    heard = [one for several in again(halves) for one in several] if halves else []
    if not all(one.words and _is_sure(one) for one in heard):
        return ()
    return [
        replace(one, words=tuple(_in_window(word, half) for word in one.words))
        for half, one in zip(halves, heard, strict=True)
    ]


def _halves(length_s: float, speech: Sequence[Interval]) -> list[Interval]:
    """The window cut in the longest of the pauses that reach into its middle half; [] without any."""
    pauses = [Interval(one.end_s, other.start_s) for one, other in pairwise(speech)]
    inner = [one for one in pauses if length_s / 4 < one.end_s and one.start_s < length_s * 3 / 4]
    if not inner:
        return []
    longest = max(inner, key=lambda pause: pause.length_s)
    cut_s = (longest.start_s + longest.end_s) / 2
    return [Interval(0.0, cut_s), Interval(cut_s, length_s)]


def _complete(heard: Sequence[Heard]) -> bool:
    """Whether nothing is doubtful and nothing was skipped between words."""
    return not any(map(_is_unclear, heard)) and _longest_word_s(heard) < _SKIPPED_S


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


def _is_sure(heard: Heard) -> bool:
    return not _is_unclear(heard) and heard.no_speech < _NO_SPEECH


def _is_unclear(heard: Heard) -> bool:
    return _doubtful(heard) or _goes_on(heard)


def _doubtful(heard: Heard) -> bool:
    return heard.compression > _REPEATS or _guessed(heard)


def _goes_on(heard: Heard) -> bool:
    """Whether the text goes on where the sound had ended."""
    return _said(heard.words) != heard.words


def _said(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words without those that follow each other in no time."""
    said: list[Word] = []
    for in_no_time, run in groupby(words, key=_takes_no_time):
        several = list(run)
        if not in_no_time or len(several) <= _MOST_IN_NO_TIME:
            said += several
    return tuple(said)


def _takes_no_time(word: Word) -> bool:
    return word.end_s - word.start_s < _NO_TIME_S


def _guessed(heard: Heard) -> bool:
    return heard.log_probability < _GUESSED


def _invented(heard: Heard) -> bool:
    """Whether the model heard no speech and guessed; a repetition alone may be true."""
    return heard.no_speech > _NO_SPEECH and _guessed(heard)


def _in_window(word: Word, part: Interval) -> Word:
    """A word of a part in the window's clock; the model may put it past the end of what it heard."""
    start_s, end_s = (min(at + part.start_s, part.end_s) for at in (word.start_s, word.end_s))
    return replace(word, start_s=start_s, end_s=end_s)
