"""What recognition finds on one channel."""

from dataclasses import dataclass

from callreview.domain.talk_metrics import Interval
from callreview.domain.transcript import Word


@dataclass(frozen=True)
class ChannelWords:
    """The words of one channel (0-based) in order, its language, and where somebody speaks.

    `language` is a code such as "en", "" where nobody speaks. `language_probability` is 0..1; it is
    1 when the language was given. `speech` is voice activity with gaps under 0.3 s closed.
    """

    channel: int
    language: str
    language_probability: float
    words: tuple[Word, ...]
    speech: tuple[Interval, ...]
