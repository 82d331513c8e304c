"""What talk metrics are made of; the arithmetic follows docs/definitions.md, "Talk metrics"."""

from dataclasses import dataclass, field

from callreview.domain.transcript import Role


@dataclass(frozen=True, order=True)
class Interval:
    """A stretch of time in seconds."""

    start_s: float
    end_s: float

    @property
    def length_s(self) -> float:
        """Length in seconds."""
        return self.end_s - self.start_s


@dataclass(frozen=True)
class Stretches:
    """A count of stretches, their total and longest length (seconds), and each of them."""

    count: int
    total_s: float
    longest_s: float
    instances: tuple[Interval, ...]


@dataclass(frozen=True)
class TalkMetrics:
    """Talk metrics of a call by role; seconds, shares 0..1, words per minute.

    `estimated` is true when the speakers were told apart on one channel.
    """

    talk_s: dict[Role, float]
    talk_share: dict[Role, float]
    talk_share_of_call: dict[Role, float]
    dead_air: Stretches
    overtalk: Stretches
    interruptions: dict[Role, tuple[Interval, ...]]
    words_per_minute: dict[Role, float]
    response_time_s: float | None
    longest_monologue_s: dict[Role, float]
    questions: dict[Role, int]
    turns_per_minute: float
    estimated: bool = False
    definition: str = "talk-1"
    speech: dict[Role, tuple[Interval, ...]] = field(default_factory=dict)
