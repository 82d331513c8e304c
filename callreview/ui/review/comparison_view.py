"""Two versions of a transcript compared: which with which, how many words differ, and where."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from callreview.config.language import _
from callreview.domain.transcript_diff import Comparison
from callreview.services.versions import TranscriptVersion
from callreview.ui.review.comparison_list import ComparisonList
from callreview.ui.review.labels import label
from callreview.ui.theme.icons import IconButton
from callreview.ui.theme.spacing import LARGE, SMALL

POPUP_WIDTH = 440


class ComparisonView(QWidget):
    """Shows what the active version says differently from another one.

    `versionChosen` asks to compare with a version, `useRequested` to make it the active one (both
    by number), `playRequested` to hear a difference (seconds), `closed` to go back to the words.
    """

    versionChosen = Signal(int)
    useRequested = Signal(int)
    playRequested = Signal(float, float)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._compared: Comparison | None = None
        self._names: dict[str, str] = {}
        self._fits: set[int] = set()
        self.title = label("", "strong", self)
        self.versions = QComboBox(self)
        self.versions.setAccessibleName(_("Compare with version"))
        self.use = QPushButton(_("Use this version"), self)
        self.close_button = IconButton("close", _("Back to the transcript"), self, keys="Esc")
        self.counts = label("", "muted", self, wrap=True)
        self.only_differing = QCheckBox(_("Only turns that differ"), self)
        self.only_differing.setChecked(True)
        self.previous = IconButton("up", _("Previous difference"), self, keys="P")
        self.next = IconButton("down", _("Next difference"), self, keys="N")
        self.list = ComparisonList(self)
        self.setFocusProxy(self.list)
        self._arrange()
        self._connect()

    @property
    def version(self) -> int | None:
        """The number of the version that is compared with the active one."""
        number = self.versions.currentData()
        return number if isinstance(number, int) else None

    def show_versions(self, versions: Sequence[TranscriptVersion]) -> None:
        """Offer these versions; the one chosen stays chosen, else the newest that is not active."""
        chosen = self.version
        active = next((version for version in versions if version.active), None)
        others = [version for version in versions if not version.active]
        self.versions.blockSignals(True)
        self.versions.clear()
        for version in others:
            self.versions.addItem(_described(version), version.number)
        self.versions.setCurrentIndex(max(self.versions.findData(chosen), 0 if others else -1))
        self.versions.blockSignals(False)
        text = _("Version {number} against")
        self.title.setText(text.format(number=active.number) if active else "")
        self._fits = {version.number for version in others if version.fits}
        self._show_whether_possible()

    def show_comparison(self, compared: Comparison, names: dict[str, str]) -> None:
        """Show the differences; `names` are the speakers' names by speaker id."""
        self._compared, self._names = compared, names
        self.counts.setText(_counted(compared))
        self._show_turns()

    def show_message(self, text: str) -> None:
        """Say why there is nothing to compare."""
        self._compared = None
        self.counts.setText(text)
        self._show_turns()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the transcript with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _show_turns(self) -> None:
        turns = self._compared.turns if self._compared else ()
        if self.only_differing.isChecked():
            turns = tuple(turn for turn in turns if turn.differs)
        self.list.show_turns(turns, self._names)
        for button in (self.previous, self.next):
            button.setEnabled(any(turn.differs for turn in turns))

    def _show_whether_possible(self) -> None:
        self.versions.setVisible(self.versions.count() > 0)
        self.use.setVisible(self.version in self._fits)

    def _choose(self) -> None:
        self._show_whether_possible()
        if self.version is not None:
            self.versionChosen.emit(self.version)

    def _use(self) -> None:
        if self.version is not None:
            self.useRequested.emit(self.version)

    def _arrange(self) -> None:
        self.versions.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.versions.setMinimumContentsLength(16)
        self.versions.view().setMinimumWidth(POPUP_WIDTH)
        head = QHBoxLayout()
        head.setSpacing(SMALL)
        head.addWidget(self.title)
        head.addWidget(self.versions, 1)
        head.addWidget(self.use)
        head.addWidget(self.close_button)
        below = QHBoxLayout()
        below.setSpacing(SMALL)
        below.addWidget(self.counts, 1)
        below.addWidget(self.only_differing)
        below.addWidget(self.previous)
        below.addWidget(self.next)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(LARGE, SMALL, LARGE, 0)
        layout.setSpacing(SMALL)
        layout.addLayout(head)
        layout.addLayout(below)
        layout.addWidget(self.list, 1)

    def _connect(self) -> None:
        self.versions.currentIndexChanged.connect(lambda _row: self._choose())
        self.use.clicked.connect(self._use)
        self.close_button.clicked.connect(self.closed)
        self.only_differing.toggled.connect(lambda _checked: self._show_turns())
        self.previous.clicked.connect(lambda: self.list.step(-1))
        self.next.clicked.connect(lambda: self.list.step(1))
        self.list.playRequested.connect(self.playRequested)


def _described(version: TranscriptVersion) -> str:
    made = version.created_at[:16].replace("T", " ")
    words = _("{count} words").format(count=version.words)
    parts = [version.models.get("speech", ""), version.language, words]
    if glossary := version.models.get("glossary", ""):
        parts.append(_("with glossary ({count})").format(count=glossary.split()[0]))
    parts.append(made)
    about = ", ".join(part for part in parts if part)
    return _("Version {number}: {about}").format(number=version.number, about=about)


def _counted(compared: Comparison) -> str:
    """How many words are of each kind; kinds without a word are left out."""
    parts = [
        _("{count} words the same").format(count=compared.same),
        _("{count} changed").format(count=compared.changed) if compared.changed else "",
        _("{count} added").format(count=compared.added) if compared.added else "",
        _("{count} removed").format(count=compared.removed) if compared.removed else "",
    ]
    return "  ·  ".join(part for part in parts if part)
