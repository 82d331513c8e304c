"""Choosing the model that judges sentiment: CallReview's own, or any of Hugging Face."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from callreview.config.language import _
from callreview.services.sentiment_model import sentiment_model, use_sentiment_model
from callreview.ui.bridge import Bridge
from callreview.ui.review.labels import label
from callreview.ui.settings.answer_box import answer_box
from callreview.ui.theme.spacing import LARGE, MEDIUM, SMALL

WIDTH = 560


class SentimentDialog(QDialog):
    """`use` is called with the folder or name of the model, None for CallReview's own.

    The caller accepts the dialog, or shows in it why the model cannot be used.
    """

    def __init__(
        self,
        chosen: str | None,
        use: Callable[[str | None], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Sentiment model"))
        self.resize(WIDTH, 0)
        self._use = use
        self.own = QRadioButton(_("&CallReview's own, for English and Korean"))
        self.other = QRadioButton(_("&Another model"))
        self.name = QLineEdit(chosen or "")
        self.name.setAccessibleName(_("Folder or name of the model"))
        self.name.setPlaceholderText(_("A folder, or a name such as owner/model"))
        self.browse = QPushButton(_("Choose a &folder…"))
        self.browse.setAutoDefault(False)
        self.browse.clicked.connect(self.choose_folder)
        self.problem = label("", "problem", self, wrap=True)
        self.problem.hide()
        (self.other if chosen else self.own).setChecked(True)
        self.other.toggled.connect(self._offer_name)
        self._lay_out()
        self._offer_name(bool(chosen))

    @property
    def chosen(self) -> str | None:
        """The model as it stands in the dialog."""
        return self.name.text().strip() or None if self.other.isChecked() else None

    def choose_folder(self) -> None:
        """Ask for the folder of a model."""
        folder = QFileDialog.getExistingDirectory(self, _("Folder of a sentiment model"))
        if folder:
            self.name.setText(str(Path(folder)))

    def save(self) -> None:
        """Hand over the choice; the buttons wait until it was tried."""
        if self.other.isChecked() and self.chosen is None:
            self.show_problem(_("Give the folder or the name of a model."))
            return
        self.problem.hide()
        self.buttons.setEnabled(False)
        self._use(self.chosen)

    def show_problem(self, message: str) -> None:
        """Say why the model cannot be used."""
        self.problem.setText(message)
        self.problem.show()
        self.buttons.setEnabled(True)

    def _offer_name(self, offered: bool) -> None:
        self.name.setEnabled(offered)
        self.browse.setEnabled(offered)
        if offered:
            self.name.setFocus()

    def _lay_out(self) -> None:
        text = _(
            "It counts for calls that are processed from now on. Another model must be one for "
            "sequence classification whose labels are negative, neutral and positive; it needs the "
            "package torch. A name of the hub is fetched only where CallReview may use the network."
        )
        row = QHBoxLayout()
        row.setSpacing(SMALL)
        row.addSpacing(LARGE)
        row.addWidget(self.name, 1)
        row.addWidget(self.browse)
        self.buttons = answer_box(self, _("Use this model"), self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(LARGE, LARGE, LARGE, LARGE)
        layout.setSpacing(MEDIUM)
        layout.addWidget(self.own)
        layout.addWidget(self.other)
        layout.addLayout(row)
        layout.addWidget(label(text, "muted", self, wrap=True))
        layout.addWidget(self.problem)
        layout.addStretch(1)
        layout.addWidget(self.buttons)


class SentimentController(QObject):
    """Opens the choice of the model; a model is tried beside the main thread before it counts."""

    def __init__(self, bridge: Bridge, window: QWidget) -> None:
        super().__init__(window)
        self.bridge = bridge
        self.window = window
        self.dialog: SentimentDialog | None = None

    def open(self) -> None:
        """Show the model in use and offer another."""
        dialog = self.dialog = SentimentDialog(sentiment_model(), self._use, self.window)
        dialog.finished.connect(self._closed)
        dialog.open()

    def _use(self, model: str | None) -> None:
        self.bridge.run(lambda: use_sentiment_model(model), self._used, self._refused)

    def _used(self, _name: str) -> None:
        if self.dialog is not None:
            self.dialog.accept()

    def _refused(self, message: str) -> None:
        if self.dialog is not None:
            self.dialog.show_problem(message)

    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
