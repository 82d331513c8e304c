"""What was said: words, speakers and turns. Times are seconds in the recording's own clock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from callreview.domain.sentiment import TurnSentiment

Role = Literal["agent", "customer", "ivr", "supervisor", "unknown"]

LIKELY = 0.75
"""Roles that are less sure than this are shown as unsure."""


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
    """Who talks in a call; `channel` is 0-based and None when the channel is shared.

    `confidence` (0..1) says how sure the role is; it is 1 when a person or the import named it.
    """

    id: str
    role: Role
    channel: int | None = None
    confidence: float = 1.0

    @property
    def estimated(self) -> bool:
        """Whether the speaker was told apart by voice, not by channel."""
        return self.channel is None


@dataclass(frozen=True)
class Hit:
    """A keyword or phrase of a list found in a turn; characters index the turn's text.

    `near` says that the words are only nearly those of the phrase: a likely error of the recogniser.
    """

    list: str
    phrase: str
    start_s: float
    end_s: float
    start_char: int
    end_char: int
    near: bool = False


@dataclass(frozen=True)
class MaskedSpan:
    """A stretch of sound and text that held personal data of `kind` and is masked."""

    kind: str
    start_s: float
    end_s: float


@dataclass(frozen=True)
class Turn:
    """One speaker's uninterrupted stretch of speech: the unit of the transcript view.

    `speaker_confidence` (0..1) says how sure it is that this speaker said it: 1 where speakers have
    channels of their own. `overlap_s` are the seconds of it in which somebody else speaks too.
    """

    speaker: str
    role: Role
    start_s: float
    end_s: float
    words: tuple[Word, ...]
    language: str = ""
    sentiment: TurnSentiment | None = None
    hits: tuple[Hit, ...] = field(default=())
    speaker_confidence: float = 1.0
    overlap_s: float = 0.0

    @property
    def confidence(self) -> float:
        """How sure the turn is, 0..1: its words on average, or its speaker when that is less."""
        words = [word.confidence for word in self.words]
        heard = sum(words) / len(words) if words else 1.0
        return min(heard, self.speaker_confidence)

    @property
    def text(self) -> str:
        """The words as they are read."""
        return join_words(self.words)


@dataclass(frozen=True)
class SoundNote:
    """What a reviewer should know of the sound of a call before trusting the transcript.

    `kind` is "silent" (nothing is on the channel), "no_speech" (sound, but nobody speaks) or
    "swapped" (from `at_s` seconds on, the channels hold each other's speakers; the transcript has
    that put right). `channel` is 0-based, None for all of them; `at_s` is None but for "swapped".
    """

    kind: Literal["silent", "no_speech", "swapped"]
    channel: int | None = None
    at_s: float | None = None


@dataclass(frozen=True)
class StageCost:
    """What a stage of processing cost: its model, seconds of wall clock and of processor."""

    stage: str
    model: str
    wall_s: float
    cpu_s: float


@dataclass(frozen=True)
class Transcript:
    """All turns of a call in the order of the talk, and what made them.

    `dropped` counts words that were recognised and left out, by reason: "loop" (said again and
    again by the recogniser), "invented" (guessed where nobody speaks), "bleed" (heard over from
    another channel). `voices_alike` warns that voices on one channel are hard to tell apart;
    `sound_notes` warn of what is odd about the sound.
    """

    language: str
    speakers: tuple[Speaker, ...]
    turns: tuple[Turn, ...]
    models: dict[str, str]
    masked: tuple[MaskedSpan, ...] = ()
    dropped: Mapping[str, int] = field(default_factory=dict)
    stages: tuple[StageCost, ...] = ()
    voices_alike: bool = False
    sound_notes: tuple[SoundNote, ...] = ()

    @property
    def roles_unsure(self) -> bool:
        """Whether nobody can be sure who is the agent: no role is named, and none is likely."""
        return bool(self.turns) and not any(
            speaker.confidence >= (LIKELY if speaker.role in ("agent", "customer") else 1.0)
            for speaker in self.speakers
        )


def join_words(words: tuple[Word, ...]) -> str:
    """The text of words in a row, with the spaces the language uses."""
    text = "".join((" " if word.space_before else "") + word.text for word in words)
    return text.strip()
