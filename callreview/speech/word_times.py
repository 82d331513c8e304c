"""Word times of the recogniser brought back to the recording's clock and to where speech is."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from callreview.domain.talk_metrics import Interval
from callreview.domain.transcript import Word
from callreview.speech.sentences import ends_sentence
from callreview.speech.windows import Window

LONGEST_WORD_S = 2.0
# The recogniser hears words this much early (median over the sample calls, whose times are known).
_EARLY_S = 0.07
# A first word that starts before speech does, or soon after, starts with it; a last one that ends
# soon before or after it, ends there: voice activity starts with the first word (median 3 ms late)
# and ends a little after the last, which the recogniser tends to end early.
_SOON_S = 0.35
_LAST_S = 0.7
_TAIL_S = 0.07
_PAUSE_S = 0.8
_LOST_WORD_S = 0.3
_END_S = 0.1


def place_words(
    words: Iterable[Word], window: Window, speech: Sequence[Interval]
) -> tuple[Word, ...]:
    """Move words from the window's time to the recording's time (seconds), in order.

    Each word stays inside the stretch of sound that its end was heard in: the recogniser lets a
    word begin where the one before ended, also when a pause lies between. It stretches words over
    silence: a word above 2 s, or one that reaches over a pause, is cut to the
    speech it overlaps most.
    """
    moved = [_cut_to_speech(_moved(_later(word), window), speech) for word in words]
    snapped = _snapped(_with_lost_words_moved(_in_order(moved)), speech)
    return tuple(_in_order(snapped))


def _in_order(words: Iterable[Word]) -> list[Word]:
    """The words, none before the one that stands before it, none ending before it begins."""
    ordered: list[Word] = []
    earliest_s = 0.0
    for word in words:
        earliest_s = max(word.start_s, earliest_s)
        ordered.append(replace(word, start_s=earliest_s, end_s=max(word.end_s, earliest_s)))
    return ordered


def _later(word: Word) -> Word:
    return replace(word, start_s=word.start_s + _EARLY_S, end_s=word.end_s + _EARLY_S)


def _snapped(words: Sequence[Word], speech: Sequence[Interval]) -> list[Word]:
    """Let the first and the last word of each stretch of speech begin and end with it."""
    snapped = list(words)
    for stretch in speech:
        inside = [
            index
            for index, word in enumerate(snapped)
            if word.start_s < stretch.end_s and stretch.start_s < word.end_s
        ]
        if not inside:
            continue
        first = snapped[inside[0]]
        if first.start_s < stretch.start_s + _SOON_S:
            snapped[inside[0]] = replace(first, start_s=stretch.start_s)
        last = snapped[inside[-1]]
        if last.end_s > stretch.end_s - _LAST_S:
            snapped[inside[-1]] = replace(last, end_s=stretch.end_s - _TAIL_S)
    return snapped


def _with_lost_words_moved(words: Sequence[Word]) -> Sequence[Word]:
    """Move the first word of a sentence over a pause to the rest of its sentence.

    The recogniser often hears the start of a sentence at the end of the one before.
    """
    moved = list(words)
    for index in range(1, len(words) - 1):
        before, word, after = words[index - 1 : index + 2]
        begins = ends_sentence(before) and not ends_sentence(word)
        if begins and after.start_s - word.end_s >= _PAUSE_S > word.start_s - before.end_s:
            length_s = min(word.end_s - word.start_s, _LOST_WORD_S)
            moved[index] = replace(word, start_s=after.start_s - length_s, end_s=after.start_s)
    return moved


def _moved(word: Word, window: Window) -> Word:
    heard_s = max(word.start_s, word.end_s - _END_S)
    piece, offset_s = window.piece_at(heard_s)
    shift_s = piece.start_s - offset_s
    start_s = min(max(word.start_s + shift_s, piece.start_s), piece.end_s)
    end_s = min(max(word.end_s + shift_s, start_s), piece.end_s)
    return replace(word, start_s=start_s, end_s=end_s)


def _cut_to_speech(word: Word, speech: Sequence[Interval]) -> Word:
    heard = [
        Interval(max(word.start_s, stretch.start_s), min(word.end_s, stretch.end_s))
        for stretch in speech
        if stretch.start_s < word.end_s and word.start_s < stretch.end_s
    ]
    if len(heard) == 1 and word.end_s - word.start_s <= LONGEST_WORD_S:
        return word
    longest = max(heard, key=lambda part: part.length_s, default=Interval(word.start_s, word.end_s))
    end_s = min(longest.end_s, longest.start_s + LONGEST_WORD_S)
    return replace(word, start_s=longest.start_s, end_s=end_s)
