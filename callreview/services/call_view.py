"""Everything the review screen shows of one call, read in one snapshot."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from callreview.audio.prepared import PreparedAudio
from callreview.domain.annotation import Comment
from callreview.domain.call import CallMetadata, Status
from callreview.domain.evaluation import Evaluation
from callreview.domain.sentiment import SpeakerSentiment
from callreview.domain.talk_metrics import TalkMetrics
from callreview.domain.transcript import Role, Transcript


@dataclass(frozen=True)
class CallView:
    """One call with its sound, words, findings, comments and evaluations.

    `transcript`, `metrics` are None and `sentiment` is empty until the call was processed;
    `problem` says why processing failed. `evaluations` are newest first.
    """

    id: int
    metadata: CallMetadata
    status: Status
    problem: str
    audio: PreparedAudio
    peaks_path: Path
    transcript: Transcript | None
    sentiment: Mapping[Role, SpeakerSentiment]
    metrics: TalkMetrics | None
    comments: tuple[Comment, ...]
    evaluations: tuple[Evaluation, ...]
