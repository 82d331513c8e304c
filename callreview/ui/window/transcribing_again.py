"""Asks how to transcribe calls again, and starts it."""

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from callreview.domain.call import CallSummary
from callreview.services import models
from callreview.ui.bridge import Bridge
from callreview.ui.library.library_controller import LibraryController
from callreview.ui.window.transcribe_again import ModelChoice, TranscribeAgainDialog


class TranscribingAgain(QObject):
    """Opens the dialog with the models of this computer, which are read beside the main thread."""

    def __init__(self, bridge: Bridge, calls: LibraryController, window: QWidget) -> None:
        super().__init__(window)
        self.bridge = bridge
        self.calls = calls
        self.window = window
        self.dialog: TranscribeAgainDialog | None = None

    def ask(self, chosen: Sequence[CallSummary]) -> None:
        """Ask how to transcribe these calls again."""
        self.bridge.run(_choices, lambda choices: self._open(choices, chosen))

    def _open(self, choices: Sequence[ModelChoice], chosen: Sequence[CallSummary]) -> None:
        one_channel = any(call.channels == 1 for call in chosen)
        dialog = TranscribeAgainDialog(
            choices, len(chosen), one_channel=one_channel, parent=self.window
        )
        references = [str(call.id) for call in chosen]
        dialog.chosen.connect(lambda options: self.calls.process(references, options))
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()


def _choices() -> list[ModelChoice]:
    found = models.list_models().models
    speech = [model for model in found if model.kind == "speech"]
    return [ModelChoice(model, models.known_languages(model.path)) for model in speech]
