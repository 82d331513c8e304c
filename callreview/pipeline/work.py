"""The work itself, as it is done in the child process: speech, then analysis."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from callreview.domain.call_analysis import CallAnalysis
from callreview.domain.talk_metrics import Interval
from callreview.domain.transcript import Transcript
from callreview.pipeline.jobs import AnalyseJob, Job, ProcessJob, ProcessResult, StageProgress
from callreview.speech.models import model_folder
from callreview.speech.recognised import ChannelWords

if TYPE_CHECKING:
    from callreview.analysis.sentiment import SentimentClassifier
    from callreview.speech.recognise import Recogniser

OnProgress = Callable[[StageProgress], None]


class Models:
    """The models of the last job, kept for the next one."""

    def __init__(self) -> None:
        self._recogniser: tuple[Path, Recogniser] | None = None
        self._classifier: tuple[str | None, SentimentClassifier] | None = None

    def recogniser(self, folder: Path) -> "Recogniser":
        """The recogniser of a model folder."""
        from callreview.speech.recognise import Recogniser

        if self._recogniser is None or self._recogniser[0] != folder:
            # The old model goes before the new one comes: two large ones may not fit.
            self._recogniser = None
            self._recogniser = (folder, Recogniser(folder))
        return self._recogniser[1]

    def classifier(self, setting: str | None) -> "SentimentClassifier":
        """The sentiment classifier of a setting."""
        from callreview.analysis.sentiment import load_sentiment

        if self._classifier is None or self._classifier[0] != setting:
            self._classifier = (setting, load_sentiment(setting))
        return self._classifier[1]


def do(job: Job, models: Models, progress: OnProgress) -> ProcessResult:
    """Do a job; raises UserError and EnvironmentProblem."""
    if isinstance(job, AnalyseJob):
        return _analyse(job, models, progress)
    return _process(job, models, progress)


def _process(job: ProcessJob, models: Models, progress: OnProgress) -> ProcessResult:
    progress(StageProgress("loading"))
    folder = model_folder(job.model)
    recogniser = models.recogniser(folder)
    channels = recogniser.recognise(
        job.audio,
        language=job.language or recogniser.known_language(job.metadata.language),
        progress=lambda done_s, total_s: progress(StageProgress("speech", done_s, total_s)),
    )
    transcript, speech = _transcript(job, channels, folder.name)
    again = AnalyseJob(transcript, speech, job.audio.duration_s, job.lists, job.sentiment)
    return _analyse(again, models, progress)


def _transcript(
    job: ProcessJob, channels: Sequence[ChannelWords], model: str
) -> tuple[Transcript, Mapping[str, tuple[Interval, ...]]]:
    from callreview.speech.speakers import assign_roles
    from callreview.speech.turns import build_turns

    speakers = assign_roles(channels, job.metadata)
    transcript = Transcript(
        language=_main_language(channels),
        speakers=speakers,
        turns=build_turns(channels, speakers),
        models={"speech": model},
    )
    speech = {one.id: own.speech for one, own in zip(speakers, channels, strict=True)}
    return transcript, speech


def _main_language(channels: Sequence[ChannelWords]) -> str:
    """The language that most words are in; "" when nothing was said."""
    most = max(channels, key=lambda channel: len(channel.words))
    return most.language


def _analyse(job: AnalyseJob, models: Models, progress: OnProgress) -> ProcessResult:
    from callreview.analysis.analyse import analyse

    progress(StageProgress("analysis"))
    done = analyse(
        job.transcript, job.speech, job.duration_s, job.lists, models.classifier(job.sentiment)
    )
    analysis = CallAnalysis(done.sentiment, done.metrics, done.transcript.models, done.speech)
    return ProcessResult(done.transcript, analysis)
