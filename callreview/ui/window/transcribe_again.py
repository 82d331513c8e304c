"""Transcribing calls again: with which model, in which language, with how many speakers."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QVBoxLayout,
    QWidget,
)

from callreview.config.language import _, ngettext
from callreview.services.models import InstalledModel
from callreview.services.process_calls import ProcessOptions
from callreview.ui.review.labels import label
from callreview.ui.review.wording import language_name
from callreview.ui.settings.answer_box import answer_box
from callreview.ui.theme.spacing import LARGE, MEDIUM, SMALL

WIDTH = 460
MOST_SPEAKERS = 6
FIRST_LANGUAGES = ("en", "ko")


@dataclass(frozen=True)
class ModelChoice:
    """An installed speech model and the codes of the languages it knows."""

    model: InstalledModel
    languages: tuple[str, ...]


class TranscribeAgainDialog(QDialog):
    """Asks how to transcribe; `chosen` carries the ProcessOptions.

    `one_channel` says whether any of the calls has a single channel: only there can the number of
    speakers be given.
    """

    chosen = Signal(object)

    def __init__(
        self,
        models: Sequence[ModelChoice],
        count: int,
        *,
        one_channel: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Transcribe again"))
        self.setMinimumWidth(WIDTH)
        self._choices = tuple(models)
        self.model = QComboBox()
        for choice in models:
            in_use = _("{name} (in use)").format(name=choice.model.name)
            text = in_use if choice.model.in_use else choice.model.name
            self.model.addItem(text, choice.model.name)
        used = [choice.model.in_use for choice in models]
        self.model.setCurrentIndex(used.index(True) if True in used else 0)
        self.language = QComboBox()
        self.language.setMaxVisibleItems(16)
        self.speakers = QComboBox()
        self.speakers.addItem(_("Found out"), None)
        for number in range(1, MOST_SPEAKERS + 1):
            self.speakers.addItem(str(number), number)
        self.speakers.setEnabled(one_channel)
        if not one_channel:
            self.speakers.setToolTip(_("Each speaker has a channel of their own."))
        self._lay_out(count)
        self.model.currentIndexChanged.connect(lambda _row: self._show_languages())
        self._show_languages()

    @property
    def options(self) -> ProcessOptions:
        """What is chosen."""
        return ProcessOptions(
            model=self.model.currentData(),
            language=self.language.currentData() or None,
            speakers=self.speakers.currentData() if self.speakers.isEnabled() else None,
        )

    def _show_languages(self) -> None:
        """Offer the languages of the chosen model; the one chosen stays if the model knows it."""
        chosen = self.language.currentData()
        row = self.model.currentIndex()
        codes = self._choices[row].languages if row >= 0 else ()
        self.language.clear()
        self.language.addItem(_("Found out, for each stretch of speech"), "")
        first = [code for code in FIRST_LANGUAGES if code in codes]
        for code in (*first, *sorted(set(codes) - set(first), key=language_name)):
            self.language.addItem(language_name(code), code)
        self.language.setCurrentIndex(max(self.language.findData(chosen), 0))

    def _accept(self) -> None:
        self.chosen.emit(self.options)
        self.accept()

    def _lay_out(self, count: int) -> None:
        text = ngettext(
            "A new version of the transcript is added to {count} call. Comments and scores stay, "
            "and older versions can be compared and used again.",
            "A new version of the transcript is added to {count} calls. Comments and scores stay, "
            "and older versions can be compared and used again.",
            count,
        )
        form = QFormLayout()
        form.setSpacing(SMALL)
        form.addRow(_("&Model"), self.model)
        form.addRow(_("&Language"), self.language)
        form.addRow(_("&Speakers on one channel"), self.speakers)
        buttons = answer_box(self, _("Transcribe"), self._accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(LARGE, LARGE, LARGE, LARGE)
        layout.setSpacing(MEDIUM)
        layout.addWidget(label(text.format(count=count), "muted", self, wrap=True))
        layout.addLayout(form)
        layout.addWidget(buttons)
