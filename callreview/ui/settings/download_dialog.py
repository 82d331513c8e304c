"""Asking for a model by name: first its size, then the download."""

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from callreview.config.language import _
from callreview.domain.file_size import size_text
from callreview.services.models import KNOWN_MODELS, SPEAKERS, SPEAKERS_SIZE, HubModel
from callreview.ui.review.labels import label
from callreview.ui.theme.spacing import LARGE, MEDIUM, SMALL

WIDTH = 520


class DownloadDialog(QDialog):
    """Nothing is fetched before its size was seen; `chosen` carries a HubModel or "speakers"."""

    sizeRequested = Signal(str)
    chosen = Signal(object)

    def __init__(self, here: Collection[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Download a model"))
        self.setMinimumWidth(WIDTH)
        self._model: HubModel | str | None = None
        self.name = QComboBox()
        self.name.setEditable(True)
        self.name.addItems([name for name in (*KNOWN_MODELS, SPEAKERS) if name not in here])
        self.name.setAccessibleName(_("Model"))
        self.explanation = label("", "muted", self, wrap=True)
        self.explanation.setText(
            _(
                "Choose one, or type owner/repository of a Whisper model converted for CTranslate2 on the "
                "Hugging Face hub. Names with .en know English only; speakers tells the speakers of mono "
                "calls apart. Nothing of your calls is sent."
            )
        )
        self.said = label("", "", self, wrap=True)
        self.size_button = QPushButton(_("&Show size"))
        self.download = QPushButton(_("&Download"))
        self.download.setProperty("kind", "primary")
        self.cancel = QPushButton(_("Cancel"))
        self._lay_out()
        self.name.editTextChanged.connect(lambda _text: self._begin_again())
        self.size_button.clicked.connect(self._ask)
        self.download.clicked.connect(self._choose)
        self.cancel.clicked.connect(self.reject)
        self._begin_again()

    @property
    def wanted(self) -> str:
        """The name as it was typed or chosen."""
        return self.name.currentText().strip()

    def show_size(self, model: HubModel) -> None:
        """Show how large a model is; now it can be downloaded."""
        if model.name != self.wanted:
            return
        text = _("{size} from {repository}").format(
            size=size_text(model.size), repository=model.repository
        )
        if model.here:
            here = _("{size} of it are here already.").format(size=size_text(model.here))
            text = f"{text}. {here}"
        self._offer(model, text)

    def warn(self, message: str) -> None:
        """Say what is wrong with the name or the network."""
        self._say(message, "problem")
        self.size_button.setEnabled(bool(self.wanted))

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setSpacing(SMALL)
        form.addRow(_("Model"), self.name)
        buttons = QHBoxLayout()
        buttons.setSpacing(SMALL)
        buttons.addStretch(1)
        for button in (self.size_button, self.download, self.cancel):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(LARGE, LARGE, LARGE, LARGE)
        layout.setSpacing(MEDIUM)
        layout.addLayout(form)
        layout.addWidget(self.explanation)
        layout.addWidget(self.said)
        layout.addLayout(buttons)

    def _begin_again(self) -> None:
        """Another name: its size is not known."""
        self._model = None
        self._say(_("The size is shown before anything is downloaded."), "muted")
        self.download.setEnabled(False)
        self.size_button.setEnabled(bool(self.wanted))
        self._lead(self.size_button)

    def _ask(self) -> None:
        if self.wanted == SPEAKERS:
            self._offer(SPEAKERS, size_text(SPEAKERS_SIZE))
            return
        self.size_button.setEnabled(False)
        self._say(_("Asking the hub…"), "muted")
        self.sizeRequested.emit(self.wanted)

    def _offer(self, model: HubModel | str, text: str) -> None:
        self._model = model
        self._say(text, "strong")
        self.size_button.setEnabled(True)
        self.download.setEnabled(True)
        self._lead(self.download)
        self.download.setFocus()

    def _choose(self) -> None:
        if self._model is not None:
            self.chosen.emit(self._model)
            self.accept()

    def _lead(self, button: QPushButton) -> None:
        """Let Enter press this button."""
        self.cancel.setAutoDefault(False)
        button.setDefault(True)

    def _say(self, message: str, tone: str) -> None:
        self.said.setProperty("tone", tone)
        self.said.style().polish(self.said)
        self.said.setText(message)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Show every line of the texts, now that their font is known."""
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        layout = self.layout()
        if layout is not None and self.isVisible():
            layout.activate()
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))
