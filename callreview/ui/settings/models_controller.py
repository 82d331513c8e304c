"""Brings the screen of the speech models, the services and long work together."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from callreview.config.language import _
from callreview.services import models
from callreview.services.progress import Progress
from callreview.ui.bridge import Bridge, Job
from callreview.ui.settings.download_dialog import DownloadDialog
from callreview.ui.settings.models_dialog import ModelsDialog
from callreview.ui.window.job_bar import JobBar
from callreview.ui.window.notice_bar import NoticeBar


class ModelsController(QObject):
    """Opens the screen; a download goes on at the foot of the window when the screen is closed."""

    def __init__(self, bridge: Bridge, jobs: JobBar, notices: NoticeBar, window: QWidget) -> None:
        super().__init__(window)
        self.bridge = bridge
        self.jobs = jobs
        self.notices = notices
        self.window = window
        self.dialog: ModelsDialog | None = None
        self._asking: DownloadDialog | None = None
        self._job: Job | None = None
        self._lookup: Job | None = None
        self._names: frozenset[str] = frozenset()

    def open(self) -> None:
        """Show the models of this computer."""
        dialog = self.dialog = ModelsDialog(self.window)
        dialog.useRequested.connect(self._use)
        dialog.addRequested.connect(self._add)
        dialog.removeRequested.connect(self._remove)
        dialog.downloadRequested.connect(self._ask_name)
        dialog.finished.connect(self._closed)
        if self._job is not None:
            dialog.show_job(self._job)
        self.bridge.run(models.gpu_count, self._show_gpus, self._warn)
        self._refresh()
        dialog.open()

    def _show_gpus(self, count: int) -> None:
        if self.dialog is not None:
            self.dialog.show_gpus(count)

    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def _refresh(self, choose: str = "") -> None:
        def show(found: models.ModelList) -> None:
            self._names = frozenset(model.name for model in found.models)
            if self.dialog is not None:
                self.dialog.show_models(found)
                self.dialog.table.choose(choose)

        self.bridge.run(models.list_models, show, self._warn)

    def _use(self, name: str) -> None:
        self._change(lambda: models.use_model(name), _("{name} transcribes from now on."), name)

    def _remove(self, name: str) -> None:
        self._change(lambda: models.remove_model(name), _("{name} was removed."), name)

    def _change(self, work: Callable[[], None], done: str, name: str) -> None:
        def then(_none: None) -> None:
            self._say(done.format(name=name))
            self._refresh()

        self.bridge.run(work, then, self._warn)

    def _add(self, folder: Path) -> None:
        self._start(
            _("Adding {name}…").format(name=folder.name),
            lambda job: models.add(folder, _reporting(job), job.is_cancelled),
        )

    def _ask_name(self) -> None:
        asking = self._asking = DownloadDialog(self._names, self.dialog)
        asking.sizeRequested.connect(self._look_up)
        asking.chosen.connect(self._download)
        asking.finished.connect(self._asked)
        asking.open()

    def _asked(self) -> None:
        if self._lookup is not None:
            self._lookup.cancel()
        if self._asking is not None:
            self._asking.deleteLater()
            self._asking = None

    def _look_up(self, name: str) -> None:
        def answer(show: Callable[[DownloadDialog], None]) -> None:
            # It may have been closed, or another name typed, while the hub was asked.
            if self._asking is not None and self._asking.wanted == name:
                show(self._asking)

        if self._lookup is not None:
            self._lookup.cancel()
        self._lookup = self.bridge.start(
            "model size",
            _("Asking the hub…"),
            lambda job: models.find_on_hub(name, job.is_cancelled),
            lambda model: answer(lambda asking: asking.show_size(model)),
            lambda message: answer(lambda asking: asking.warn(message)),
        )

    def _download(self, model: models.HubModel | str) -> None:
        if isinstance(model, str):
            self._start(_("Preparing the networks that tell speakers apart…"), _prepare_speakers)
        else:
            self._start(
                _("Downloading {name}…").format(name=model.name),
                lambda job: models.get(model, _reporting(job), job.is_cancelled),
            )

    def _start(self, title: str, work: Callable[[Job], str]) -> None:
        job = self.bridge.start("models", title, work, self._arrived, self._warn)
        self._job = job
        job.ended.connect(self._forget_job)
        self.jobs.watch(job)
        if self.dialog is not None:
            self.dialog.show_job(job)

    def _forget_job(self) -> None:
        self._job = None

    def _arrived(self, name: str) -> None:
        text = _("{name} is on this computer now. To transcribe with it, use this model.")
        if name == models.SPEAKERS:
            text = _("Speakers on one channel can be told apart now.")
        self._say(text.format(name=name))
        self._refresh(choose=name)

    def _say(self, message: str) -> None:
        (self.notices.say if self.dialog is None else self.dialog.say)(message)

    def _warn(self, message: str) -> None:
        (self.notices.warn if self.dialog is None else self.dialog.warn)(message)


def _prepare_speakers(job: Job) -> str:
    models.prepare_speakers(job.is_cancelled)
    return models.SPEAKERS


def _reporting(job: Job) -> Callable[[Progress], None]:
    def report(progress: Progress) -> None:
        job.progressed.emit(f"{progress.name}: {progress.stage}", progress.fraction)

    return report
