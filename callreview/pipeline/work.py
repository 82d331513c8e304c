"""The work itself, as it is done in the child process: speech, then analysis."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from callreview.pipeline.costs import Costs
from callreview.pipeline.jobs import (
    AnalyseJob,
    Job,
    ProcessJob,
    ProcessResult,
    StageProgress,
    WindowsDone,
)
from callreview.speech.models import model_folder

if TYPE_CHECKING:
    from callreview.analysis.sentiment.classifier import SentimentClassifier
    from callreview.speech.recognise import Recogniser

Report = Callable[[StageProgress | WindowsDone], None]
"""Is told where a job is, and what of it is done for good."""


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
        from callreview.analysis.sentiment.classifier import load_sentiment

        if self._classifier is None or self._classifier[0] != setting:
            self._classifier = (setting, load_sentiment(setting))
        return self._classifier[1]


def do(job: Job, models: Models, report: Report) -> ProcessResult:
    """Do a job; raises UserError and EnvironmentProblem."""
    if isinstance(job, AnalyseJob):
        return _analyse(job, models, report)
    return _process(job, models, report)


def _process(job: ProcessJob, models: Models, report: Report) -> ProcessResult:
    from callreview.pipeline.transcribe import transcribe

    report(StageProgress("loading"))
    folder = model_folder(job.model)
    costs = Costs()
    with costs.of("loading", folder.name):
        recogniser = models.recogniser(folder)
    done = transcribe(job, recogniser, folder, report, costs)
    again = AnalyseJob(done.transcript, done.speech, job.audio.duration_s, job.settings)
    with costs.of("analysis", models.classifier(job.settings.sentiment).name):
        result = _analyse(again, models, report)
    return replace(result, transcript=replace(result.transcript, stages=costs.stages))


def _analyse(job: AnalyseJob, models: Models, report: Report) -> ProcessResult:
    from callreview.analysis.analyse import analyse

    report(StageProgress("analysis"))
    settings = job.settings
    classifier = models.classifier(settings.sentiment)
    done = analyse(job.transcript, job.speech, job.duration_s, settings, classifier)
    return ProcessResult(done.transcript, done.call)
