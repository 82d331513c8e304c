"""What the worker is asked to do, and what it answers. Everything here can cross processes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from callreview.analysis.settings import AnalysisSettings
from callreview.audio.prepared import PreparedAudio
from callreview.domain.call import CallMetadata
from callreview.domain.call_analysis import CallAnalysis
from callreview.domain.talk_metrics import Interval
from callreview.domain.transcript import Transcript
from callreview.speech.recognised import WindowWords

Stage = Literal["loading", "speech", "speakers", "analysis"]


@dataclass(frozen=True)
class ProcessJob:
    """Transcribe and analyse one call.

    `model` is the name or folder of a speech model (None: the one in use), `language` a code or ""
    to find it out (then the language of `metadata` is taken if the model knows it). `speakers` is
    how many share the only channel of a call (None: found out), `glossary` the names to listen for.
    """

    audio: PreparedAudio
    metadata: CallMetadata
    settings: AnalysisSettings
    model: str | None = None
    language: str = ""
    speakers: int | None = None
    glossary: tuple[str, ...] = ()
    finished: Mapping[int, WindowWords] = field(default_factory=dict)


@dataclass(frozen=True)
class AnalyseJob:
    """Analyse a transcript again: after a change of roles, of its text or of settings.

    `speech` is the voice activity of each speaker by id, `duration_s` the length of the call in
    seconds.
    """

    transcript: Transcript
    speech: Mapping[str, tuple[Interval, ...]]
    duration_s: float
    settings: AnalysisSettings


Job = ProcessJob | AnalyseJob


@dataclass(frozen=True)
class ProcessResult:
    """The transcript with personal data masked, sentiment and hits marked, and what was found.

    `analysis.models` names every model that was used, the speech model included.
    """

    transcript: Transcript
    analysis: CallAnalysis


@dataclass(frozen=True)
class StageProgress:
    """Where a job is: seconds of speech done and in total (0 and 0 where a stage cannot tell)."""

    stage: Stage
    done_s: float = 0.0
    total_s: float = 0.0

    @property
    def fraction(self) -> float:
        """Part of the stage that is done, 0..1."""
        return self.done_s / self.total_s if self.total_s > 0 else 0.0


@dataclass(frozen=True)
class WindowsDone:
    """Windows of a call that are recognised, by number: they need not be done again."""

    windows: Mapping[int, WindowWords]
