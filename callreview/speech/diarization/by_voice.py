"""Giving each recognised word to the voice that said it."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from callreview.domain.back_channels import is_back_channel
from callreview.speech.diarization.voices import Voices, VoiceStretch
from callreview.speech.recognised import ChannelWords, HeardWord
from callreview.speech.sentences import ends_sentence

# Where two voices cover a word about equally, what is said around it decides.
_CLEARLY_MORE = 1.25
# A single word of another voice inside a sentence, without a pause around it, is a slip of hearing.
_NO_PAUSE_S = 0.25
_SURE = 0.9


@dataclass(frozen=True)
class _Claim:
    """Which voice a word is given to, how sure that is, and whether others claim it as much."""

    voice: int
    confidence: float
    clear: bool


def split_by_voice(heard: ChannelWords, voices: Voices) -> tuple[ChannelWords, ...]:
    """The words of one channel as those of each voice that says any, in order of appearance.

    Each keeps its own speech and has no channel. A word goes to the voice that speaks for most of
    it, and takes the confidence of that. Counts of dropped words stay with the first.
    """
    if not heard.words:
        return (replace(heard, channel=None),)
    claims = _repaired(heard.words, _settled(heard.words, _claims(heard.words, voices)))
    speakers = sorted({claim.voice for claim in claims})
    return tuple(
        _of_voice(heard, claims, voices, voice, is_first=voice == speakers[0]) for voice in speakers
    )


def _of_voice(
    heard: ChannelWords, claims: Sequence[_Claim], voices: Voices, voice: int, *, is_first: bool
) -> ChannelWords:
    words = tuple(
        replace(word, speaker_confidence=claim.confidence)
        for word, claim in zip(heard.words, claims, strict=True)
        if claim.voice == voice
    )
    languages = Counter(word.language for word in words if word.language)
    language = languages.most_common(1)[0][0] if languages else heard.language
    return replace(
        heard,
        channel=None,
        language=language,
        words=words,
        speech=voices.speech(voice) or heard.speech,
        dropped=heard.dropped if is_first else {},
    )


def _claims(words: Sequence[HeardWord], voices: Voices) -> list[_Claim]:
    """Each word's voice by how long each voice speaks during it."""
    times = [_VoiceTimes(voices, voice) for voice in range(max(voices.count, 1))]
    return [_claim(word, times) for word in words]


def _claim(word: HeardWord, times: Sequence["_VoiceTimes"]) -> _Claim:
    shares = [time.during(word.start_s, word.end_s) for time in times]
    middle_s = (word.start_s + word.end_s) / 2
    voices = range(len(times))
    if max(shares) == 0:
        nearest = min(voices, key=lambda voice: times[voice].distance_s(middle_s))
        return _Claim(nearest, times[nearest].confidence(middle_s), clear=True)
    best, *others = sorted(voices, key=lambda voice: -shares[voice])
    rivals = [voice for voice in others if shares[best] <= _CLEARLY_MORE * shares[voice]]
    clear = not rivals
    if rivals and is_back_channel([word.text]):
        # Who only shows that they listen speaks for a moment while the other goes on.
        best = min([best, *rivals], key=lambda voice: times[voice].length_s(middle_s))
        clear = True
    return _Claim(best, times[best].confidence(middle_s) * shares[best] / sum(shares), clear)


class _VoiceTimes:
    """The stretches of one voice, to be asked about a time."""

    def __init__(self, voices: Voices, voice: int) -> None:
        self._stretches = [one for one in voices.stretches if one.voice == voice]
        self._ends = [one.end_s for one in self._stretches]

    def during(self, start_s: float, end_s: float) -> float:
        """For how many of these seconds the voice speaks."""
        total = 0.0
        for one in self._stretches[bisect_right(self._ends, start_s) :]:
            if one.start_s >= end_s:
                break
            total += min(one.end_s, end_s) - max(one.start_s, start_s)
        return total

    def distance_s(self, time_s: float) -> float:
        """How far it is to the nearest stretch."""
        nearest = self._nearest(time_s)
        return _distance_s(nearest, time_s) if nearest else float("inf")

    def length_s(self, time_s: float) -> float:
        """How long the nearest stretch is."""
        nearest = self._nearest(time_s)
        return nearest.end_s - nearest.start_s if nearest else float("inf")

    def confidence(self, time_s: float) -> float:
        """How sure the nearest stretch is, 1 where the voice has none."""
        nearest = self._nearest(time_s)
        return nearest.confidence if nearest else 1.0

    def _nearest(self, time_s: float) -> VoiceStretch | None:
        after = bisect_right(self._ends, time_s)
        near = self._stretches[max(after - 1, 0) : after + 1]
        return min(near, key=lambda one: _distance_s(one, time_s), default=None)


def _distance_s(stretch: VoiceStretch, time_s: float) -> float:
    return max(stretch.start_s - time_s, time_s - stretch.end_s, 0.0)


def _settled(words: Sequence[HeardWord], claims: Sequence[_Claim]) -> list[_Claim]:
    """Words that two voices claim go with the clear words before them, a new sentence with those after."""
    settled = list(claims)
    for clear, group in groupby(range(len(claims)), key=lambda index: claims[index].clear):
        indices = list(group)
        first, last = indices[0], indices[-1]
        if clear:
            continue
        new = next((at for at in indices if _starts_sentence(words, at)), last + 1)
        before = claims[first - 1].voice if first else None
        after = claims[last + 1].voice if last + 1 < len(claims) else None
        for at in indices:
            voice = (before if after is None else after) if at >= new else before
            settled[at] = claims[at] if voice is None else replace(claims[at], voice=voice)
    return settled


def _starts_sentence(words: Sequence[HeardWord], index: int) -> bool:
    """Whether a sentence starts with this word, by the mark before it or its own capital."""
    if index == 0 or ends_sentence(words[index - 1]):
        return True
    text = words[index].text
    return text[:1].isupper() and not text.startswith("I")


def _repaired(words: Sequence[HeardWord], claims: Sequence[_Claim]) -> list[_Claim]:
    """Give a stray word in the middle of another voice's sentence to that voice."""
    repaired = list(claims)
    for index in range(1, len(claims) - 1):
        before, claim, after = repaired[index - 1], claims[index], claims[index + 1]
        if before.voice == after.voice != claim.voice and _is_stray(words, claim, index):
            repaired[index] = replace(claim, voice=before.voice)
    return repaired


def _is_stray(words: Sequence[HeardWord], claim: _Claim, index: int) -> bool:
    before, word, after = words[index - 1 : index + 2]
    return (
        claim.confidence < _SURE
        and not is_back_channel([word.text])
        and not ends_sentence(before)
        and not ends_sentence(word)
        and word.start_s - before.end_s < _NO_PAUSE_S
        and after.start_s - word.end_s < _NO_PAUSE_S
    )
