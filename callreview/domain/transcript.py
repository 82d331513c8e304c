"""What was said: words, speakers and turns. Times are seconds in the recording's own clock."""

from dataclasses import dataclass, field
from typing import Literal

from callreview.domain.sentiment import TurnSentiment

Role = Literal["agent", "customer", "ivr", "supervisor", "unknown"]


@dataclass(frozen=True)
class Word:
    """One recognised word with its confidence 0..1.

    `text` is the word as shown, without surrounding space; `space_before` tells whether a
    space stands before it.
    """

    text: str
    start_s: float
    end_s: float
    confidence: float
    space_before: bool = True


@dataclass(frozen=True)
class Speaker:
    """Who talks in a call; `channel` is 0-based and None when the channel is shared."""

    id: str
    role: Role
    channel: int | None = None


@dataclass(frozen=True)
class Hit:
    """A keyword or phrase of a list found in a turn; characters index the turn's text."""

    list: str
    phrase: str
    start_s: float
    end_s: float
    start_char: int
    end_char: int


@dataclass(frozen=True)
class MaskedSpan:
    """A stretch of sound and text that held personal data of `kind` and is masked."""

    kind: str
    start_s: float
    end_s: float


@dataclass(frozen=True)
class Turn:
    """One speaker's uninterrupted stretch of speech: the unit of the transcript view."""

    speaker: str
    role: Role
    start_s: float
    end_s: float
    words: tuple[Word, ...]
    language: str = ""
    sentiment: TurnSentiment | None = None
    hits: tuple[Hit, ...] = field(default=())

    @property
    def text(self) -> str:
        """The words as they are read."""
        return join_words(self.words)


@dataclass(frozen=True)
class Transcript:
    """All turns of a call in the order of the talk, and what made them."""

    language: str
    speakers: tuple[Speaker, ...]
    turns: tuple[Turn, ...]
    models: dict[str, str]
    masked: tuple[MaskedSpan, ...] = ()


def join_words(words: tuple[Word, ...]) -> str:
    """The text of words in a row, with the spaces the language uses."""
    text = "".join((" " if word.space_before else "") + word.text for word in words)
    return text.strip()
