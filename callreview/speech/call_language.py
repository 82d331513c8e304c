"""Which language is spoken on each channel of a call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Probabilities = Mapping[str, float]

# A channel goes its own way only when it is this sure, over at least this much speech.
_SURE = 0.8
_ENOUGH_S = 5.0


@dataclass(frozen=True)
class HeardLanguages:
    """How likely each language is on a channel, heard in `speech_s` seconds of speech."""

    probabilities: Probabilities
    speech_s: float

    def best(self) -> tuple[str, float]:
        """The likeliest language and its probability."""
        return max(self.probabilities.items(), key=lambda item: item[1])


def choose_languages(heard: Sequence[HeardLanguages | None]) -> list[tuple[str, float]]:
    """The language of each channel and its probability; ("", 0.0) where nobody speaks (None).

    People in a call mostly speak one language, and a few seconds of telephone sound are easily
    mistaken: the channels share the likeliest language over all speech, except one that is clearly
    in another.
    """
    spoken = [channel for channel in heard if channel is not None]
    if not spoken:
        return [("", 0.0)] * len(heard)
    shared = _shared(spoken)
    return [("", 0.0) if channel is None else _of(channel, shared) for channel in heard]


def _shared(spoken: Sequence[HeardLanguages]) -> tuple[str, float]:
    total_s = sum(channel.speech_s for channel in spoken)
    languages = {language for channel in spoken for language in channel.probabilities}
    together = {
        language: sum(c.probabilities.get(language, 0.0) * c.speech_s for c in spoken) / total_s
        for language in languages
    }
    return max(sorted(together.items()), key=lambda item: item[1])


def _of(channel: HeardLanguages, shared: tuple[str, float]) -> tuple[str, float]:
    own, probability = channel.best()
    if probability >= _SURE and channel.speech_s >= _ENOUGH_S:
        return own, probability
    return shared
