"""Which language is spoken, window by window."""

from collections.abc import Mapping
from dataclasses import dataclass

Probabilities = Mapping[str, float]

# A window goes its own way only when it is this sure, over at least this much speech.
_SURE = 0.9
_ENOUGH_S = 5.0


@dataclass(frozen=True)
class HeardLanguages:
    """How likely each language is in a window of `speech_s` seconds of speech."""

    probabilities: Probabilities
    speech_s: float

    def best(self) -> tuple[str, float]:
        """The likeliest language and its probability."""
        return max(sorted(self.probabilities.items()), key=lambda item: item[1])


class CallLanguage:
    """The languages of a call, learnt from all windows heard so far.

    People in a call mostly speak one language, and a few seconds of telephone sound are easily
    mistaken: a window is in the likeliest language over all speech so far, except when it is long
    and clearly in another.
    """

    def __init__(self) -> None:
        self._speech_s: dict[str, float] = {}
        self._total_s = 0.0
        self.spoken: set[str] = set()
        """The languages that some window clearly is in."""

    def hear(self, heard: HeardLanguages) -> None:
        """Learn from a window."""
        self._total_s += heard.speech_s
        for language, probability in heard.probabilities.items():
            known_s = self._speech_s.get(language, 0.0)
            self._speech_s[language] = known_s + probability * heard.speech_s
        if _is_sure(heard):
            self.spoken.add(heard.best()[0])

    def of(self, heard: HeardLanguages) -> str:
        """The language of a window that was heard."""
        return heard.best()[0] if _is_sure(heard) else self.shared()[0]

    def shared(self) -> tuple[str, float]:
        """The likeliest language over all speech and its probability; ("", 0.0) before any."""
        if not self._total_s:
            return "", 0.0
        language, speech_s = max(sorted(self._speech_s.items()), key=lambda item: item[1])
        return language, speech_s / self._total_s

    def probability(self, language: str) -> float:
        """How likely a language is over all speech so far, 0..1."""
        return self._speech_s.get(language, 0.0) / self._total_s if self._total_s else 0.0


def _is_sure(heard: HeardLanguages) -> bool:
    return heard.best()[1] >= _SURE and heard.speech_s >= _ENOUGH_S
