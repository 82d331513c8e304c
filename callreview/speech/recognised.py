"""What recognition finds: the words of a window, of a channel, or of one voice on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from callreview.domain.talk_metrics import Interval
from callreview.domain.transcript import Word
from callreview.speech.call_language import HeardLanguages


@dataclass(frozen=True)
class HeardWord(Word):
    """A word with the language it was heard in and how sure it is (0..1) whose it is."""

    language: str = ""
    speaker_confidence: float = 1.0

    def plain(self) -> Word:
        """The word alone, as transcripts keep it."""
        return Word(self.text, self.start_s, self.end_s, self.confidence, self.space_before)


@dataclass(frozen=True)
class ChannelWords:
    """The words of one channel (0-based) in order, its language, and where somebody speaks.

    `channel` is None for a speaker who was told apart by voice. `language` is the code that most
    of it is in, such as "en", "" where nobody speaks. `language_probability` is 0..1; it is
    1 when the language was given. `speech` is voice activity with gaps under 0.3 s closed.
    `dropped` counts words that were left out, by reason (domain.transcript.Transcript).
    """

    channel: int | None
    language: str
    language_probability: float
    words: tuple[HeardWord, ...]
    speech: tuple[Interval, ...]
    dropped: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class WindowWords:
    """What was recognised in one window: words in the recording's clock, languages, left out."""

    words: tuple[HeardWord, ...]
    languages: HeardLanguages
    dropped: Mapping[str, int] = field(default_factory=dict)
