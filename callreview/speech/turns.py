"""Dialogue turns from the words of all speakers: the one place where a transcript gets its shape.

A speaker's words stay together as one turn until

- the speaker is silent for more than 2 s,
- another speaker says something in a pause of at least 0.8 s, or after a finished sentence,
- or the turn would grow over 30 s: then it is cut after a sentence, else in its longest pause.

A back-channel of the other ("mm-hm", "네") is a turn of its own and does not break the talker's,
unless it answers a question. Nobody's words are moved in time: turns may overlap. Where only one
speaker is known (both people may be on one channel), a turn ends with a question followed by 0.3 s
of silence, or with any sentence followed by 0.8 s.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

from callreview.domain.back_channels import is_back_channel
from callreview.domain.intervals import intersect, total_s, union
from callreview.domain.talk_metrics import Interval
from callreview.domain.transcript import Speaker, Turn, Word
from callreview.speech.recognised import ChannelWords, HeardWord
from callreview.speech.sentences import ends_question, ends_sentence

LONGEST_TURN_S = 30.0
SILENCE_S = 2.0
PAUSE_S = 0.8
ANSWER_PAUSE_S = 0.3

Words = Sequence[HeardWord]


def build_turns(channels: Sequence[ChannelWords], speakers: Sequence[Speaker]) -> tuple[Turn, ...]:
    """Turns of all speakers, ordered by their start.

    `speakers` are those of the channels, in the same order. Every word is in exactly one turn;
    each speaker's words keep their order.
    """
    others = _Others(tuple(channel.words for channel in channels))
    turns = [
        _turn(speaker, words, _speech_of_others(channels, index))
        for index, (channel, speaker) in enumerate(zip(channels, speakers, strict=True))
        for whole in _split(channel.words, index, others)
        for words in _not_too_long(whole)
    ]
    return tuple(sorted(turns, key=lambda turn: (turn.start_s, turn.end_s)))


def _speech_of_others(channels: Sequence[ChannelWords], speaker: int) -> tuple[Interval, ...]:
    return union(*(one.speech for index, one in enumerate(channels) if index != speaker))


def _turn(speaker: Speaker, words: Words, others: Sequence[Interval]) -> Turn:
    spoken = [Interval(word.start_s, word.end_s) for word in words]
    languages = Counter(word.language for word in words)
    return Turn(
        speaker.id,
        speaker.role,
        min(word.start_s for word in words),
        max(word.end_s for word in words),
        tuple(word.plain() for word in words),
        max(languages, key=lambda language: languages[language]),
        speaker_confidence=fmean(word.speaker_confidence for word in words),
        overlap_s=total_s(intersect(spoken, others)),
    )


@dataclass(frozen=True)
class _Remark:
    """What one speaker said in one go, reduced to when it was and what it can break."""

    middle_s: float
    back_channel: bool


class _Others:
    """When the other speakers said something."""

    def __init__(self, voices: Sequence[Words]) -> None:
        self.alone = sum(1 for words in voices if words) < 2
        self._remarks = [
            sorted(_remarks(words), key=lambda remark: remark.middle_s) for words in voices
        ]

    def said_between(self, speaker: int, start_s: float, end_s: float) -> list[_Remark]:
        """The words of others whose middle lies between two times, as remarks."""
        return [
            remark
            for index, remarks in enumerate(self._remarks)
            if index != speaker
            for remark in _between(remarks, start_s, end_s)
        ]


def _remarks(words: Words) -> Iterator[_Remark]:
    """One remark a word; all words that were said in one go are a back-channel or none is."""
    for together in _split_where(words, lambda left, right: _pause_s(left, right) >= PAUSE_S):
        back_channel = is_back_channel(word.text for word in together)
        for word in together:
            yield _Remark((word.start_s + word.end_s) / 2, back_channel)


def _between(remarks: list[_Remark], start_s: float, end_s: float) -> list[_Remark]:
    first = bisect_right(remarks, start_s, key=lambda remark: remark.middle_s)
    last = bisect_right(remarks, end_s, key=lambda remark: remark.middle_s)
    return remarks[first:last]


def _split(words: Words, speaker: int, others: _Others) -> Iterator[Words]:
    def breaks(left: Word, right: Word) -> bool:
        pause_s = _pause_s(left, right)
        if pause_s > SILENCE_S:
            return True
        if others.alone:
            enough_s = ANSWER_PAUSE_S if ends_question(left) else PAUSE_S
            return pause_s >= enough_s and ends_sentence(left)
        if pause_s < PAUSE_S and not ends_sentence(left):
            return False
        said = others.said_between(speaker, left.end_s, right.start_s)
        answered = bool(said) and ends_question(left)
        return answered or any(not remark.back_channel for remark in said)

    return _split_where(words, breaks)


def _not_too_long(words: Words) -> Iterator[Words]:
    """The words in parts of at most 30 s (a single longer word stays as it is)."""
    while len(words) > 1 and words[-1].end_s - words[0].start_s > LONGEST_TURN_S:
        latest_s = words[0].start_s + LONGEST_TURN_S
        fitting = next(
            (index for index, word in enumerate(words) if index and word.end_s > latest_s), 1
        )
        cut = _best_cut(words[: fitting + 1])
        yield words[:cut]
        words = words[cut:]
    yield words


def _best_cut(words: Words) -> int:
    """How many of the words to take, at most all but the last: a sentence, else a pause."""
    pauses = [_pause_s(left, right) for left, right in pairwise(words)]
    half_s = words[0].start_s + LONGEST_TURN_S / 2
    late = [index for index in range(len(pauses)) if words[index].end_s >= half_s]
    sentences = [index for index in late if ends_sentence(words[index])]
    candidates = sentences or late or range(len(pauses))
    return 1 + max(candidates, key=lambda index: (pauses[index], index))


def _split_where(words: Words, breaks: Callable[[Word, Word], bool]) -> Iterator[Words]:
    start = 0
    for index, (left, right) in enumerate(pairwise(words), start=1):
        if breaks(left, right):
            yield words[start:index]
            start = index
    if words:
        yield words[start:]


def _pause_s(left: Word, right: Word) -> float:
    return right.start_s - left.end_s
