"""What analysis found out about a whole call, beside what it marked in the turns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from callreview.domain.finding import Finding
from callreview.domain.sentiment import SpeakerSentiment
from callreview.domain.talk_metrics import Interval, TalkMetrics
from callreview.domain.transcript import Role, Speaker


@dataclass(frozen=True)
class CallAnalysis:
    """Sentiment of each role, the talk metrics, and the models that made them (kind -> id).

    `speech` is the voice activity (seconds) of each speaker by id: whatever is counted by role can
    be counted again from it when a speaker gets another role. `findings` are in the order of time.
    """

    sentiment: Mapping[Role, SpeakerSentiment]
    metrics: TalkMetrics
    models: Mapping[str, str]
    speech: Mapping[str, tuple[Interval, ...]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    def speech_of(self, speakers: Sequence[Speaker]) -> Mapping[str, tuple[Interval, ...]]:
        """The voice activity of each of the speakers by id; older analyses know it by role alone."""
        if self.speech:
            return self.speech
        first = {speaker.role: speaker.id for speaker in reversed(speakers)}
        return {one: self.metrics.speech.get(role, ()) for role, one in first.items()}
